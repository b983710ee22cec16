using Microsoft.Extensions.Hosting;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Hosts;

namespace OsDeploy.Server.Jobs;

/// <summary>Opens jobs whose time has come, ends those whose window is over. So no job is left without a named state.</summary>
internal sealed class JobClock(JobBoard board, HostRegistry hosts, WakeOnLan wake, Alarms alarms, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(5);
    private const int TicksPerKeeping = 60;

    /// <summary>One look at every active job.</summary>
    public void Tick()
    {
        var due = new List<Job>();
        foreach (var job in board.Active())
        {
            if (job.State == JobState.Scheduled)
            {
                if (job.StartAt is not { } at || at <= time.GetUtcNow())
                {
                    due.Add(board.Change(job.Id, known => JobRules.Open(known, isMet: hosts.FindById(known.Host)?.Inventory is not null)));
                }
            }
            else if (board.Live.LeftOf(job) <= TimeSpan.Zero)
            {
                Expire(job);
            }
        }

        foreach (var batch in due.GroupBy(job => job.Batch))
        {
            if (board.FindBatch(batch.Key) is { Wake: true })
            {
                wake.Begin(batch.Key, batch.Select(job => hosts.FindById(job.Host)).OfType<OsDeploy.Api.Hosts.Host>());
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_tick, time);
        for (var ticks = 1; await timer.WaitForNextTickAsync(stoppingToken); ticks++)
        {
            Tick();
            if (ticks % TicksPerKeeping == 0)
            {
                board.KeepWindows();
            }
        }
    }

    private void Expire(Job job)
    {
        // A report may have come since: the rule looks again, inside the transaction.
        var ended = board.Change(job.Id, known => board.Live.LeftOf(known) <= TimeSpan.Zero ? JobRules.Expire(known, time.GetUtcNow()) : null);
        if (ended is { State: JobState.Ended, Fault: { } fault } && job.State == JobState.Running)
        {
            alarms.Raise(fault.Code, $"{job.HostName}: {fault.Message}", fault.Hint, job.Host, job.Id);
        }
    }
}
