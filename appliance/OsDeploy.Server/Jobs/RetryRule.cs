using System.Collections.Frozen;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Server.Jobs;

/// <summary>Which failures may pass by themselves, and how long to wait for that. Pure.</summary>
internal static class RetryRule
{
    // Longer each time: a server that restarts is back in seconds, a switch in minutes, a class that pulls a cable at the end of the lesson.
    private static readonly TimeSpan[] s_delays = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)];

    // What is not here needs a person: a disk that fails, changed or does not fit, a second computer, an image that lacks something, or somebody who wanted it to stop.
    private static readonly FrozenSet<string> s_passing = FrozenSet.Create(
        StringComparer.Ordinal,
        "store-unreachable", // the network was lost, or the server was away for too long
        "store-read-failed", // a chunk could not be fetched
        "server-fault",
        "request-too-slow",
        "store-busy", // somebody else's work there ends by itself
        "store-pruning",
        "too-many-captures",
        "lease-unknown", // the server was restarted in the middle of a capture
        "agent-silent");

    private static readonly FrozenSet<string> s_wanted = FrozenSet.Create(StringComparer.Ordinal, "cancelled", "job-cancelled", "job-stopped", "job-declined");

    /// <summary>The same job may well succeed in a while.</summary>
    public static bool MayPass(string code) => s_passing.Contains(code);

    /// <param name="job">As it ended.</param>
    /// <param name="most">How often the setting allows.</param>
    /// <returns>How long to wait before it is tried again; null: it stays as it ended.</returns>
    public static TimeSpan? DelayOf(Job job, int most) =>
        job is { State: JobState.Ended, Outcome: JobOutcome.Failed, IsCancelling: false, Kind: JobKind.Restore or JobKind.Capture, Fault: { } fault } && MayPass(fault.Code) && job.Retries < Math.Min(most, s_delays.Length)
            ? s_delays[job.Retries]
            : null;

    /// <summary>Two failures look like one cause. What a person wanted is none.</summary>
    public static bool AreAlike(JobFault one, JobFault other) => (one.Step, one.Code) == (other.Step, other.Code) && !s_wanted.Contains(one.Code);
}
