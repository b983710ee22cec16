using OsDeploy.Api.Agents;
using OsDeploy.Api.Jobs;
using OsDeploy.Text;

namespace OsDeploy.Server.Agents;

/// <summary>What an agent says becomes part of a job only through here: every string printable, every list short.</summary>
internal static class Reports
{
    private const int MaxWarnings = 100;
    private const int MaxText = 500;

    /// <summary>The job with what a report changes. The same if it changes nothing worth keeping.</summary>
    public static Job Of(Job job, JobReport report)
    {
        var phase = Printable.Of(report.Progress.Phase, 40);
        List<string> warnings = [.. report.Warnings.Take(MaxWarnings).Select(warning => Printable.Of(warning, MaxText))];
        return phase == job.Phase && warnings.SequenceEqual(job.Warnings) ? job : job with { Phase = phase, Warnings = warnings };
    }

    public static JobEnd Of(JobEnd end) => end with
    {
        Outcome = Enum.IsDefined(end.Outcome) ? end.Outcome : JobOutcome.Failed,
        Fault = end.Fault is { } fault
            ? new JobFault(Printable.Of(fault.Step, 40), Printable.Of(fault.Code, 60), Printable.Of(fault.Message, MaxText), Printable.Of(fault.Hint, MaxText))
            : null,
    };

    /// <summary>A rate no disk has is no rate.</summary>
    public static JobProgressView Of(JobProgressView progress) => progress with
    {
        Phase = Printable.Of(progress.Phase, 40),
        Bottleneck = progress.Bottleneck is "disk" or "cpu" or "wire" ? progress.Bottleneck : "",
        Done = Math.Max(0, progress.Done),
        Total = Math.Max(0, progress.Total),
        BytesPerSecond = double.IsFinite(progress.BytesPerSecond) ? Math.Clamp(progress.BytesPerSecond, 0, 1e12) : 0,
    };
}
