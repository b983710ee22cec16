using Microsoft.Extensions.Logging;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Hosting;
using OsDeploy.Server.Hosts;

namespace OsDeploy.Server.Jobs;

/// <summary>Opens jobs whose time has come, ends those whose window is over. So no job is left without a named state.</summary>
/// <param name="isUncompared">Whether a computer that says it is a host, by id, waits for its words to be compared.</param>
internal sealed class JobClock(JobBoard board, HostRegistry hosts, WakeOnLan wake, JobRetries retries, Func<string, bool> isUncompared, Alarms alarms, TimeProvider time, ILogger<JobClock> log)
    : PeriodicWork(s_tick, time, log)
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(5);
    private const int TicksPerKeeping = 60;

    private readonly TimeProvider _time = time;
    private int _ticks;

    /// <summary>One look at every active job.</summary>
    public void Tick()
    {
        var due = new List<Job>();
        foreach (var job in board.Active())
        {
            if (job.State == JobState.Scheduled)
            {
                if (IsDue(job))
                {
                    due.Add(board.Change(job.Id, Open));
                }
            }
            else if (board.Live.LeftOf(job) <= TimeSpan.Zero)
            {
                Expire(job);
            }
        }

        foreach (var batch in due.Where(JobRules.IsActive).GroupBy(job => job.Batch))
        {
            if (board.FindBatch(batch.Key) is { Wake: true })
            {
                wake.Begin(batch.Key, batch.Select(job => hosts.FindById(job.Host)).OfType<OsDeploy.Api.Hosts.Host>());
            }
        }
    }

    protected override Task RunAsync(CancellationToken stopping)
    {
        Tick();
        if (++_ticks % TicksPerKeeping == 0)
        {
            board.KeepWindows();
        }

        return Task.CompletedTask;
    }

    /// <summary>A rule for a job whose time has come. It may have been cancelled since the list was read: then it stays so.</summary>
    internal static Job? OpenIfScheduled(Job job, bool isMet) => job.State == JobState.Scheduled ? JobRules.Open(job, isMet) : null;

    // A set clock moves no retry.
    private bool IsDue(Job job) => JobRules.WaitsToRetry(job) ? board.Live.LeftOf(job) <= TimeSpan.Zero : job.StartAt is not { } at || at <= _time.GetUtcNow();

    private Job? Open(Job job) => OpenIfScheduled(job, isMet: hosts.FindById(job.Host)?.Inventory is not null);

    private void Expire(Job job)
    {
        // A report may have come since: the rule looks again, inside the transaction.
        var ended = board.Change(job.Id, known => board.Live.LeftOf(known) <= TimeSpan.Zero ? retries.Decide(JobRules.Expire(known, _time.GetUtcNow(), isUncompared(known.Host))) : null);
        retries.Tell(ended);
        if ((ended.State == JobState.Ended ? ended.Fault : JobRules.WaitsToRetry(ended) ? ended.LastFault : null) is { } fault && job.State == JobState.Running)
        {
            alarms.Raise(fault.Code, $"{job.HostName}: {fault.Message}", fault.Hint, job.Host, job.Id);
        }
    }
}
