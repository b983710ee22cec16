using OsDeploy.Api.Agents;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Server.Jobs;

/// <summary>How a job goes from state to state. Pure: what is kept and who is told is for <see cref="JobBoard"/>.</summary>
internal static class JobRules
{
    /// <summary>How long a started job waits for its host, and how long a host that has it may be silent.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(60);

    public static bool NeedsDisks(JobKind kind) => kind is not (JobKind.Reboot or JobKind.Hold);

    /// <summary>Writes to disks that hold something.</summary>
    public static bool IsDestructive(JobKind kind) => kind is JobKind.Restore or JobKind.ManualRestore or JobKind.Erase;

    public static bool IsActive(Job job) => job.State != JobState.Ended;

    /// <summary>It failed, and its next try begins by itself.</summary>
    public static bool WaitsToRetry(Job job) => job is { State: JobState.Scheduled, Retries: > 0 };

    /// <summary>What its last agent had of it is over, whether it is tried again or not.</summary>
    public static bool IsOver(Job job) => job is { State: JobState.Ended } or { State: JobState.Scheduled or JobState.Waiting, Agent: null, LastFault: not null };

    /// <summary>Its time has come: it waits for its host, or for somebody to name a disk.</summary>
    /// <param name="isMet">The host's disks are known: what is not bound now does not bind by itself later.</param>
    public static Job Open(Job job, bool isMet) => job with
    {
        State = NeedsDisks(job.Kind) && job.Disks.Count == 0 && isMet ? JobState.NeedsDisk : JobState.Waiting,
        WindowLeft = Window.TotalSeconds,
    };

    public static Job Bind(Job job, IReadOnlyList<DiskBinding> disks) =>
        job with { Disks = disks, State = job.State == JobState.NeedsDisk ? JobState.Waiting : job.State, WindowLeft = Window.TotalSeconds };

    /// <summary>An agent takes it. The fence grows, so that nothing an earlier agent still says counts.</summary>
    public static Job Claim(Job job, string agent, DateTimeOffset now) => job with
    {
        State = JobState.Running,
        Agent = agent,
        Fence = job.Fence + 1,
        Phase = job.Phase.Length == 0 ? "claim" : job.Phase,
        StartedAt = job.StartedAt ?? now,
        WindowLeft = Window.TotalSeconds,
    };

    /// <summary>Its host has started anew and is to take it again, once it may. One that an operator was stopping has stopped.</summary>
    public static Job GiveBack(Job job, DateTimeOffset now) => job.IsCancelling
        ? Fail(job, JobFaults.Cancelled(job.Phase, "an operator"), now) with { Fence = job.Fence + 1 }
        : job with { State = JobState.Waiting, Fence = job.Fence + 1, Agent = null, WindowLeft = Window.TotalSeconds };

    public static Job Freeze(Job job) => job with { State = JobState.Frozen, Fence = job.Fence + 1, Agent = null, WindowLeft = Window.TotalSeconds };

    /// <summary>
    /// What an operator stops: a running job goes on to its next safe point, any other never begins. One whose host is not heard, or that is
    /// cancelled again, ends at once; the fence keeps its agent out.
    /// </summary>
    public static Job Cancel(Job job, string by, DateTimeOffset now, bool isSilent = false) => job switch
    {
        { State: JobState.Ended } => job,
        { State: JobState.Running, IsCancelling: false } when !isSilent => job with { IsCancelling = true },
        { State: JobState.Running } => Fail(job, JobFaults.Cancelled(job.Phase, by), now) with { Fence = job.Fence + 1 },
        _ => Skip(job, JobFaults.Cancelled(job.StartedAt is null ? "start" : job.Phase, by), now),
    };

    public static Job End(Job job, JobEnd end, DateTimeOffset now) => job with
    {
        State = JobState.Ended,
        Outcome = end.Outcome == JobOutcome.Skipped && job.StartedAt is not null ? JobOutcome.Failed : end.Outcome,
        Fault = end.Outcome == JobOutcome.Verified ? null : end.Fault ?? JobFaults.NoReason(job.Phase),
        Figures = end.Figures,
        Made = end.Made,
        Agent = null,
        EndedAt = now,
    };

    /// <summary>It does not begin. What has begun before, and was to go on, has failed: its disk is not what it was.</summary>
    public static Job Skip(Job job, JobFault fault, DateTimeOffset now) => job.StartedAt is null
        ? job with { State = JobState.Ended, Outcome = JobOutcome.Skipped, Fault = fault, EndedAt = now }
        : Fail(job, fault, now);

    public static Job Fail(Job job, JobFault fault, DateTimeOffset now) =>
        job with { State = JobState.Ended, Outcome = JobOutcome.Failed, Fault = fault, Agent = null, EndedAt = now };

    /// <summary>Nobody came, or nobody was heard, for the whole window.</summary>
    /// <param name="isUncompared">A computer that says it is the host waits for somebody to compare its words.</param>
    public static Job Expire(Job job, DateTimeOffset now, bool isUncompared = false) => job switch
    {
        { State: JobState.Waiting } when isUncompared => Skip(job, JobFaults.NotCompared(job.HostName), now),
        { State: JobState.Running } or { StartedAt: not null } => Fail(job, JobFaults.Silent(job), now),
        { State: JobState.NeedsDisk } => Skip(job, JobFaults.DiskNotChosen(), now),
        _ => Skip(job, JobFaults.NotMet(job.HostName), now),
    };

    /// <summary>
    /// The window opens anew. The fence stays: an agent of the try before cannot speak for this one. What has not ended has begun all the same.
    /// </summary>
    public static Job Retry(Job job) => Open(job, isMet: true) with
    {
        Outcome = null,
        Fault = null,
        Phase = "",
        Warnings = [],
        Figures = null,
        Made = null,
        Agent = null,
        IsCancelling = false,
        Retries = 0,
        LastFault = job.Fault ?? job.LastFault,
        StartAt = null,
        StartedAt = job.State == JobState.Ended ? null : job.StartedAt,
        EndedAt = null,
    };

    /// <summary>The same after a while, by itself. It has begun all the same: what its disk is like now is known to nobody.</summary>
    public static Job RetryLater(Job job, TimeSpan delay, int most, DateTimeOffset now) => Retry(job) with
    {
        State = JobState.Scheduled,
        Retries = job.Retries + 1,
        MostRetries = most,
        Phase = job.Phase,
        StartAt = now + delay,
        StartedAt = job.StartedAt,
        WindowLeft = delay.TotalSeconds,
    };
}
