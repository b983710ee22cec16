using OsDeploy.Api.Agents;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Machine.Views;

/// <summary>A job: what it is about to overwrite, how far it is, and how it ended.</summary>
internal sealed class WorkView : MachineView
{
    private const int MostBars = 10;
    private const int NameColumns = 30;

    private readonly MachineScreens _screens;
    private readonly PlainText _subject = new() { X = 1, Y = 0, Width = Dim.Fill(1), Height = 1 };
    private readonly List<(PlainText Name, ProgressBar Bar)> _parts = [];
    private readonly PlainText _totalName = new() { X = 1, Width = NameColumns, Height = 1 };
    private readonly ProgressBar _total = new() { X = NameColumns + 2, Width = Dim.Fill(1), ProgressBarFormat = ProgressBarFormat.SimplePlusPercentage };
    private readonly PlainText _figures = new() { X = 1, Width = Dim.Fill(1), Height = 1 };
    private readonly PlainText _notes = new() { X = 1, Width = Dim.Fill(1), Height = Dim.Fill() };

    public WorkView(MachineScreens screens)
    {
        _screens = screens;
        for (var row = 0; row < MostBars; row++)
        {
            _parts.Add((new PlainText { X = 1, Y = 2 + row, Width = NameColumns, Height = 1 }, new ProgressBar { X = NameColumns + 2, Y = 2 + row, Width = Dim.Fill(1), ProgressBarFormat = ProgressBarFormat.SimplePlusPercentage }));
        }

        Accepting += (_, e) =>
        {
            e.Handled = true;
            GoOn();
        };
        Add(_subject);
        _parts.ForEach(part => Add(part.Name, part.Bar));
        Add(_totalName, _total, _figures, _notes);
    }

    public override string Heading => _screens.Session.State.Work?.Title ?? Words.Machine.MainTitle;

    public override string Help => Words.Machine.HelpWork;

    public override IReadOnlyList<ScreenAction> Actions => _screens.Session.State switch
    {
        { LastMoment: { } moment } => [new ScreenAction(Key.F8, Words.Machine.DoomStop, moment.Stop), new ScreenAction(Key.F12, Words.Machine.DoomBegin, moment.Begin)],
        { Restart: { } restart } => [new ScreenAction(Key.F2, Words.Machine.KeyMenu, _screens.Session.Dismiss), new ScreenAction(Key.F8, Words.Machine.RestartStop, _screens.Session.Dismiss), new ScreenAction(Key.F9, Words.Machine.RestartNow, restart.Begin)],
        { Held: { } held } => [new ScreenAction(Key.F2, Words.Machine.HeldGo, held.Continue), StopAction],
        { Work.Result: { IsGood: false }, Operator: not null } state => [new ScreenAction(Key.F2, Words.Machine.KeyMenu, _screens.Session.Dismiss), new ScreenAction(Key.F5, Words.Machine.KeyRetry, () => Retry(state.Work.Order))],
        { Work.Result: { } result } => [new ScreenAction(Key.F2, Words.Machine.KeyMenu, _screens.Session.Dismiss), .. result.MayRestart ? (ScreenAction[])[new ScreenAction(Key.F9, Words.Machine.QuitRestart, _screens.Quit)] : []],
        _ => [StopAction],
    };

    private ScreenAction StopAction => new(Key.F8, Words.Machine.KeyStopJob, Stop);

    public override bool Back()
    {
        var state = _screens.Session.State;
        if (state.LastMoment is { } moment)
        {
            moment.Stop();
        }
        else if (state.Work is { Result: not null } || state.Restart is not null)
        {
            _screens.Session.Dismiss();
        }
        else
        {
            Stop();
        }

        return true;
    }

    public override void Show()
    {
        var state = _screens.Session.State;
        if (state.Work is not { } work)
        {
            _notes.Text = string.Join('\n', RestartLines(state));
            return;
        }

        _subject.Text = work.Subject;
        var reading = work.Read();
        var isBare = state.LastMoment is not null || work.Result is not null;
        var rows = ShowBars(isBare ? null : reading);
        _notes.Y = rows + 1;
        _notes.Role = state.LastMoment is not null || state.Restart is not null || work.Result is { IsGood: false } ? VisualRole.Highlight : VisualRole.Normal;
        _notes.Text = Wrapped(string.Join('\n', state.LastMoment is { } moment ? Doom(moment) : work.Result is { } result ? EndOf(result, state.RetryText(_screens.Session.Time.LocalTimeZone)).Concat(RestartLines(state)) : Running(state, work)));
    }

    // Enter never lets something be overwritten sooner.
    private void GoOn()
    {
        var state = _screens.Session.State;
        state.Held?.Continue();
        if (state.Work is { Result: not null } || state.Restart is not null)
        {
            _screens.Session.Dismiss();
        }
    }

    /// <returns>The row behind the last one.</returns>
    private int ShowBars(WorkReading? reading)
    {
        var shown = reading is null ? 0 : Math.Min(reading.Parts.Count, MostBars);
        foreach (var (row, (name, bar)) in _parts.Index())
        {
            (name.Visible, bar.Visible) = (row < shown, row < shown);
            if (row < shown)
            {
                (name.Text, bar.Fraction) = (Cut(reading!.Parts[row].Name), (float)reading.Parts[row].Fraction);
            }
        }

        var at = shown > 0 ? shown + 3 : 2;
        (_totalName.Y, _total.Y, _figures.Y) = (at, at, at + 1);
        (_totalName.Visible, _total.Visible, _figures.Visible) = (reading is not null, reading?.Fraction is not null, reading is not null);
        if (reading is null)
        {
            return 1;
        }

        (_totalName.Text, _figures.Text, _total.Fraction) = (Cut(reading.Phase), reading.Figures, (float)(reading.Fraction ?? 0));
        return at + 2;
    }

    private static string Cut(string name) => name.Length <= NameColumns ? name : name[..(NameColumns - 1)] + "~";

    private static IEnumerable<string> Doom(LastMoment moment)
    {
        yield return Words.Machine.DoomTitle + ":";
        foreach (var disk in moment.Disks)
        {
            yield return "";
            yield return disk.Name;
            yield return "  " + Language.Fill(Words.Machine.DoomHolds, disk.Content);
        }

        yield return "";
        yield return Language.Fill(Words.Machine.DoomLeft, Math.Ceiling(moment.Left.TotalSeconds));
    }

    private static IEnumerable<string> RestartLines(MachineState state)
    {
        if (state.Restart is { } restart)
        {
            yield return "";
            yield return Language.Fill(Words.Machine.RestartLeft, Math.Ceiling(restart.Left.TotalSeconds));
        }
    }

    private static IEnumerable<string> EndOf(WorkResult result, string? retry)
    {
        yield return result.IsGood ? result.Headline : "! " + result.Headline;
        if (!result.IsGood && retry is not null)
        {
            yield return retry;
        }

        yield return "";
        foreach (var line in result.Lines.Concat(result.Warnings.Select(warning => Language.Fill(Words.Machine.WarningLine, Printable.Of(warning)))))
        {
            yield return line;
        }

        yield return "";
        yield return result.Advice;
    }

    private static IEnumerable<string> Running(MachineState state, WorkScreen work)
    {
        if (state.Held is { } held)
        {
            yield return Language.Fill(Words.Machine.HeldTitle, WorkText.PhaseOf(held.Step));
            yield return held.Left is { } left ? Language.Fill(Words.Machine.HeldLeft, Math.Ceiling(left.TotalSeconds)) : Words.Machine.HeldKey;
            yield return "";
        }

        if (state.Away > TimeSpan.Zero)
        {
            yield return "! " + Language.Fill(Words.Machine.Reconnecting, Sizes.Of(state.Away));
            yield return "";
        }

        foreach (var warning in work.Warnings.TakeLast(3))
        {
            yield return Language.Fill(Words.Machine.WarningLine, Printable.Of(warning));
        }

        foreach (var line in state.Lines.TakeLast(4))
        {
            yield return Printable.Of(line);
        }
    }

    private void Retry(JobOrder order) => _screens.Dialogs.Try(() => _screens.Dialogs.Wait(Words.Machine.PhaseClaim, cancel => _screens.Session.RetryJobAsync(order, cancel)));

    private void Stop()
    {
        if (_screens.Dialogs.Confirm(Words.Machine.StopJobTitle, Words.Machine.StopJobText, Words.Machine.StopJobAction))
        {
            _screens.Session.StopJob();
        }
    }
}
