using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Machine;

/// <summary>The same menu and the same questions as on the screens, line by line: for screen readers and typewriters.</summary>
internal sealed class PlainMachine(MachineSession session, PlainLines lines)
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_arrival = TimeSpan.FromSeconds(10);

    private readonly PlainPrompt _prompt = new(lines);
    private string? _words;

    /// <summary>Until there is nothing more to read, or the agent ends. A job that begins breaks off the question that is open.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var (stage, words) = (session.Stage, session.State.PairingWords);
            SayWords(words);
            void Look(object? sender, EventArgs e)
            {
                if (session.Stage != stage || session.State.PairingWords != words)
                {
                    over.Cancel();
                }
            }

            session.Changed += Look;
            try
            {
                Look(null, EventArgs.Empty);
                if (!await TurnAsync(stage, over.Token))
                {
                    return;
                }
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                // Something else is to be shown now.
            }
            catch (UserErrorException e)
            {
                lines.Say(e);
            }
            finally
            {
                session.Changed -= Look;
            }
        }
    }

    private void SayWords(string? words)
    {
        if (words is not null && words != _words)
        {
            lines.Say(Language.Fill(session.State.Orders is { ShowsWords: true } ? Words.Machine.CompareWords : Words.Machine.PairingWords, words));
        }

        _words = words;
    }

    /// <returns>False: nobody answers any more.</returns>
    private async Task<bool> TurnAsync(MachineStage stage, CancellationToken cancel) => stage switch
    {
        MachineStage.Login => await AskAsync(LoginFlow.Login(session), cancel),
        MachineStage.Register => Goes(await _prompt.RunAsync((await RegisterFlow.PrepareAsync(session, cancel)).Wizard, cancel)),
        MachineStage.Menu => await MenuAsync(cancel),
        MachineStage.Work => await WorkAsync(cancel),
        _ => await WaitAsync(cancel),
    };

    private string? RetryText => session.State.RetryText(session.Time.LocalTimeZone);

    private async Task<bool> MenuAsync(CancellationToken cancel)
    {
        var menu = new MachineMenu(session.State, session.Options);
        var entries = menu.Entries;
        var choice = new ChoiceEntry("task", Words.Machine.MainPrompt, [.. entries.Select(entry => new Choice(entry.Tag, $"{entry.Tag}: {entry.Text}", entry.WhyNot))]) { Help = Words.Machine.HelpMenu };
        var form = new FormModel(Words.Machine.MainTitle, [new InfoEntry("warning", () => menu.Warning) { Applies = () => menu.Warning.Length > 0 }, new InfoEntry("retry", () => RetryText ?? "") { Applies = () => RetryText is not null }, choice], FormAction.Take(Words.Common.Ok)) { Help = Words.Machine.HelpMenu };
        if (!Goes(await _prompt.RunAsync(form, cancel)))
        {
            return false;
        }

        if (entries.FirstOrDefault(entry => entry.Tag == choice.Value) is not { } chosen)
        {
            return true;
        }

        if (!chosen.IsEnabled)
        {
            lines.Say(chosen.WhyNot);
            return true;
        }

        return (!chosen.NeedsLogin || await AskAsync(LoginFlow.Login(session), cancel)) && await StartAsync(chosen.Task, cancel);
    }

    private async Task<bool> StartAsync(MachineTask task, CancellationToken cancel) => task switch
    {
        MachineTask.Restore => await BegunAsync(await RestoreFlow.StartAsync(session, cancel) is { } form ? await _prompt.RunAsync(form, cancel) : new FormResult(FormEnd.Done), cancel),
        MachineTask.Partition => await BegunAsync(await _prompt.RunAsync(await PartitionFlow.PartitionsAsync(session, cancel), cancel), cancel),
        MachineTask.Clone => await BegunAsync(await _prompt.RunAsync((await CloneFlow.PrepareAsync(session, cancel)).Wizard, cancel), cancel),
        MachineTask.Mbr => await BegunAsync(await _prompt.RunAsync(await PartitionFlow.BootRecordAsync(session, cancel), cancel), cancel),
        MachineTask.Manual => await BegunAsync(await _prompt.RunAsync((await ManualFlow.PrepareAsync(session, cancel)).Wizard, cancel), cancel),
        MachineTask.Clean => await BegunAsync(await _prompt.RunAsync(await CleanFlow.PrepareAsync(session, cancel), cancel), cancel),
        MachineTask.Quit => await AskAsync(QuitFlow.Of(session), cancel),
        MachineTask.Bash => Say(Words.Machine.NoShellHere),
        _ => await AskAsync(await AboutFlow.PrepareAsync(session, cancel), cancel),
    };

    // The job breaks this off when it comes; the menu is not asked again in between.
    private async Task<bool> BegunAsync(FormResult result, CancellationToken cancel)
    {
        if (result.End == FormEnd.Done)
        {
            await Task.Delay(s_arrival, session.Time, cancel);
        }

        return Goes(result);
    }

    private async Task<bool> WorkAsync(CancellationToken cancel)
    {
        var said = 0;
        var isDoomSaid = false;
        var isEndSaid = false;
        lines.Say(session.State.Work?.Title ?? "");
        while (session.State is { } state && (state.Work is not null || state.Restart is not null))
        {
            if (state.Work?.Result is { } result && !isEndSaid)
            {
                isEndSaid = true;
                lines.Say(string.Join('\n', result.Lines.Prepend(result.Headline).Append(result.Advice)));
            }

            if (state.Restart is { } restart)
            {
                await ChooseAsync(restart, Words.Machine.PlainRestart, cancel);
                await restart.WaitAsync(cancel);
                session.Dismiss();
                return true;
            }

            if (isEndSaid)
            {
                session.ForgetResult();
                return true;
            }

            var work = state.Work!;
            if (session.State.LastMoment is { } moment && !isDoomSaid)
            {
                isDoomSaid = true;
                lines.Say(Words.Machine.DoomTitle + ":");
                moment.Disks.ToList().ForEach(disk => lines.Say($"{disk.Name}: {disk.Content}"));
                await ChooseAsync(moment, Words.Machine.PlainDoom, cancel);
            }

            session.State.Held?.Continue();
            var reading = work.Read();
            var percent = (int)((reading.Fraction ?? 0) * 10);
            if (percent != said)
            {
                said = percent;
                lines.Say($"{reading.Phase}: {reading.Figures}");
            }

            await Task.Delay(s_look, session.Time, cancel);
        }

        return true;
    }

    // Time goes on without an answer.
    private async Task ChooseAsync(Countdown moment, string question, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        over.CancelAfter(moment.Left);
        try
        {
            var answer = await lines.AskAsync(Language.Fill(question, (int)moment.Left.TotalSeconds), over.Token);
            if (answer?.Trim() is { Length: 0 })
            {
                moment.Begin();
            }
            else if (answer is not null)
            {
                moment.Stop(); // a word was meant to say something, and "go on" needs none
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Nobody has stopped it.
        }
    }

    private async Task<bool> WaitAsync(CancellationToken cancel)
    {
        lines.Say(session.State.Orders is null ? Words.Machine.Connecting : Language.Fill(Words.Machine.WaitingForJob, Printable.Of(session.State.Facts?.Name)));
        if (RetryText is { } retry)
        {
            lines.Say(retry);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
        return true;
    }

    private async Task<bool> AskAsync(FormModel form, CancellationToken cancel) => Goes(await _prompt.RunAsync(form, cancel));

    private bool Say(string text)
    {
        lines.Say(text);
        return true;
    }

    private static bool Goes(FormResult result) => result.End != FormEnd.Left;
}
