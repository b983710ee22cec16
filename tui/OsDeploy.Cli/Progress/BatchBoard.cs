using OsDeploy.Api.Jobs;
using OsDeploy.Cli.Output;
using OsDeploy.Text;

namespace OsDeploy.Cli.Progress;

/// <summary>
/// The hosts of a batch while they work: a line each, painted over on a terminal; else a line for each step a host takes.
/// </summary>
internal sealed class BatchBoard(Terminal terminal, string batch)
{
    private const int NameWidth = 15;

    // ECMA-48: CUU goes up, EL clears to the end of the line.
    private const string ClearLine = "\u001b[K";

    private readonly Dictionary<string, string> _told = [];
    private int _painted;

    public void Show(IReadOnlyList<JobView> jobs)
    {
        if (terminal.CanRepaint)
        {
            Paint(jobs);
        }
        else
        {
            Tell(jobs);
        }
    }

    private void Paint(IReadOnlyList<JobView> jobs)
    {
        var room = Math.Max(1, terminal.Height - 3);
        var shown = jobs.OrderBy(RankOf).ThenBy(view => view.Job.HostName, StringComparer.OrdinalIgnoreCase).Take(jobs.Count > room ? room - 1 : room).ToList();
        var lines = shown.Select(LineOf).ToList();
        if (shown.Count < jobs.Count)
        {
            lines.Add($"... and {jobs.Count - shown.Count} more");
        }

        lines.Add(BatchText.SummaryOf(batch, jobs));
        var up = _painted > 0 ? $"\u001b[{_painted}A" : "";
        var rest = string.Concat(Enumerable.Repeat(ClearLine + "\n", Math.Max(0, _painted - lines.Count)));
        terminal.Talk.Write(up + string.Concat(lines.Select(line => $"\r{Cut(line)}{ClearLine}\n")) + rest);
        terminal.Talk.Flush();
        _painted = Math.Max(_painted, lines.Count);
    }

    private void Tell(IReadOnlyList<JobView> jobs)
    {
        foreach (var view in jobs)
        {
            var step = StepOf(view);
            if (!_told.TryGetValue(view.Job.Id, out var before) || before != step)
            {
                _told[view.Job.Id] = step;
                terminal.Talk.WriteLine($"{Printable.Of(view.Job.HostName)}: {step}");
            }
        }
    }

    private string LineOf(JobView view)
    {
        var name = Printable.Of(view.Job.HostName, NameWidth).PadRight(NameWidth);
        return view.Progress is { } progress
            ? $"{name}  {ProgressText.ForTerminal(JobText.ReadingOf(progress), Math.Max(1, terminal.Width - NameWidth - 2))}"
            : $"{name}  {StepOf(view)}";
    }

    private string Cut(string line) => line.Length < terminal.Width ? line : line[..Math.Max(0, terminal.Width - 1)];

    private static string StepOf(JobView view)
    {
        var job = view.Job;
        var detail = job.Fault?.Message ?? (job.State == JobState.Running ? view.Progress?.Phase ?? job.Phase : view.Awaits);
        return JobText.StateOf(job) + (string.IsNullOrEmpty(detail) ? "" : ": " + Printable.Of(detail));
    }

    /// <summary>What a person must see comes first.</summary>
    private static int RankOf(JobView view) => view.Job switch
    {
        { State: JobState.Running } => 0,
        { State: JobState.NeedsDisk or JobState.Frozen } => 1,
        { Outcome: JobOutcome.Failed or JobOutcome.Skipped } => 2,
        { Outcome: null } => 3,
        _ => 4,
    };
}
