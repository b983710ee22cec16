using OsDeploy.Agent;
using OsDeploy.Api.Agents;
using OsDeploy.Cli.Progress;

namespace OsDeploy.Cli.Machine;

/// <summary>A host's screen as lines on a terminal or in a log. Before disks are written, whoever sits there has ten seconds to stop it.</summary>
internal sealed class MachineScreen(Session session, bool isUnattended) : IAgentScreen
{
    private static readonly TimeSpan s_lastMoment = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private ProgressPrinter? _printer;
    private JobProgress? _progress;

    /// <summary>Warnings of the last job.</summary>
    public int Warnings { get; private set; }

    public void Show(Orders orders, string? words)
    {
        Say(MachineText.Of(orders));
        if (words is not null)
        {
            Say(MachineText.OfWords(words));
        }
    }

    public void Say(string line)
    {
        lock (_gate)
        {
            // The line of progress stands where this one goes.
            var start = session.Terminal.CanRepaint && _printer is not null ? "\r" : "";
            session.Terminal.Talk.WriteLine(start + (start.Length > 0 ? line.PadRight(session.Terminal.Width - 1) : line));
        }
    }

    public IDisposable Begin(JobOrder order, JobProgress progress)
    {
        Say(MachineText.OfBegin(order));
        _progress = progress;
        Paint(isOn: true);
        return new Painted(this);
    }

    public async Task<bool> MayWriteAsync(JobOrder order, IReadOnlyList<PresentDisk> disks, CancellationToken cancel)
    {
        if (isUnattended)
        {
            return true;
        }

        Paint(isOn: false);
        Say("What these disks hold is about to be overwritten:");
        foreach (var disk in disks)
        {
            Say(MachineText.Of(disk));
        }

        var typed = await session.Terminal.AskWithinAsync("It begins in 10 seconds. Type n and Enter to stop it; Enter begins at once.", s_lastMoment, session.Clock, cancel);
        Paint(isOn: true);
        return typed is null or "";
    }

    public async Task<bool> MayRestartAsync(JobOrder order, CancellationToken cancel) =>
        isUnattended
        || await session.Terminal.AskWithinAsync("This computer restarts in 10 seconds. Type n and Enter to stop it; Enter restarts at once.", s_lastMoment, session.Clock, cancel) is null or "";

    public Task PauseAfterAsync(JobOrder order, string step, CancellationToken cancel) => Task.CompletedTask;

    public void Away(TimeSpan away)
    {
        // The loop says it in words.
    }

    public void End(JobOrder order, JobEnd end, IReadOnlyList<string> warnings)
    {
        Warnings = warnings.Count;
        foreach (var warning in warnings)
        {
            Say("Warning: " + Text.Printable.Of(warning));
        }

        foreach (var line in MachineText.OfEnd(order, end, warnings.Count))
        {
            Say(line);
        }
    }

    private void Paint(bool isOn)
    {
        lock (_gate)
        {
            _printer?.Dispose();
            _printer = isOn && _progress is { } progress ? new ProgressPrinter(session, progress) : null;
        }
    }

    private sealed class Painted(MachineScreen screen) : IDisposable
    {
        public void Dispose() => screen.Paint(isOn: false);
    }
}
