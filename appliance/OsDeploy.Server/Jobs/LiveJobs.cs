using System.Collections.Concurrent;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Server.Jobs;

/// <summary>
/// What changes every second and is not worth a write: how far running jobs are, when they were heard, and how long each window still is
/// by the server's own monotonic clock, which no set clock moves.
/// </summary>
internal sealed class LiveJobs(TimeProvider time)
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Entry> _entries = new();

    /// <summary>Starts the window of a job with what it has left.</summary>
    public void Open(Job job) => _entries[job.Id] = new Entry(time.GetTimestamp(), TimeSpan.FromSeconds(job.WindowLeft), null, null);

    /// <summary>An agent spoke for it: the window is whole again.</summary>
    public void Heard(string job, JobProgressView? progress) => _entries.AddOrUpdate(
        job,
        _ => new Entry(time.GetTimestamp(), JobRules.Window, progress, time.GetUtcNow()),
        (_, entry) => new Entry(time.GetTimestamp(), JobRules.Window, progress ?? entry.Progress, time.GetUtcNow()));

    public void Close(string job) => _entries.TryRemove(job, out _);

    public TimeSpan LeftOf(Job job) =>
        _entries.TryGetValue(job.Id, out var entry) ? entry.Left - time.GetElapsedTime(entry.Since) : TimeSpan.FromSeconds(job.WindowLeft);

    public (JobProgressView? Progress, DateTimeOffset? HeardAt) Of(string job) =>
        _entries.TryGetValue(job, out var entry) ? (entry.Progress, entry.HeardAt) : (null, null);

    /// <summary>An agent that works reports every second: one that was not heard for so long is switched off.</summary>
    public bool IsSilent(string job) => !(time.GetUtcNow() - Of(job).HeardAt < s_silence);

    private sealed record Entry(long Since, TimeSpan Left, JobProgressView? Progress, DateTimeOffset? HeardAt);
}
