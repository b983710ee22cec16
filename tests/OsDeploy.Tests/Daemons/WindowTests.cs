using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Tests.Hosts;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>How long a started job waits, by the clock that nobody can set.</summary>
public sealed class WindowTests
{
    private const int Looks = 200;

    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_that_does_not_come_is_skipped_and_one_that_falls_silent_has_failed()
    {
        var clock = new DaemonClock();
        await using var daemon = await TestDaemon.StartAsync(clock);
        await daemon.AddHostAsync(1, "pc01");
        await daemon.AddHostAsync(2, "pc02");
        var agent = await daemon.MeetAsync(2);
        var (absent, silent) = (await daemon.StartJobAsync(JobKind.Hold, "pc01"), await daemon.StartJobAsync(JobKind.Hold, "pc02"));
        var order = await agent.TakeJobAsync();
        await PassAsync(daemon, clock, TimeSpan.FromMinutes(59));
        await agent.ReportAsync(order);
        var skipped = await EndAsync(daemon, clock, absent);
        Assert.Equal((JobOutcome.Skipped, "host-not-met"), (skipped.Outcome, skipped.Fault?.Code));
        Assert.Equal(JobState.Running, (await daemon.JobAsync(silent)).State);

        await PassAsync(daemon, clock, TimeSpan.FromMinutes(59));
        var failed = await EndAsync(daemon, clock, silent);
        Assert.Equal((JobOutcome.Failed, "agent-silent"), (failed.Outcome, failed.Fault?.Code));
        await TestRegistry.RefusedAsync("lease-lost", () => agent.ReportAsync(order));
        Assert.Contains("agent-silent", (await daemon.Admin.CallAsync(ApplianceApi.Status, Cancel)).Alarms.Select(alarm => alarm.Code));

        await daemon.Admin.CallAsync(JobApi.Retry, Cancel, silent);
        Assert.True((await agent.TakeJobAsync()).Fence > order.Fence);
    }

    [Fact]
    public async Task A_clock_on_the_wall_that_jumps_ten_years_moves_no_window_and_ends_no_session()
    {
        var clock = new DaemonClock();
        await using var daemon = await TestDaemon.StartAsync(clock);
        await daemon.AddHostAsync(1, "pc01");
        await daemon.AddHostAsync(2, "pc02");
        var witness = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        await PassAsync(daemon, clock, TimeSpan.FromMinutes(10));
        clock.SetWall(clock.GetUtcNow().AddYears(10));
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc02");
        clock.SetWall(clock.GetUtcNow().AddYears(-20));
        await PassAsync(daemon, clock, TimeSpan.FromMinutes(49));
        Assert.Equal(JobState.Waiting, (await daemon.JobAsync(witness)).State);

        // The look that ended the witness has seen the other too.
        Assert.Equal("host-not-met", (await EndAsync(daemon, clock, witness)).Fault?.Code);
        Assert.Equal(JobState.Waiting, (await daemon.JobAsync(job)).State);
        clock.SetWall(clock.GetUtcNow().AddYears(20));
        var agent = await daemon.MeetAsync(2);
        await agent.DoneAsync(await agent.TakeJobAsync());
        Assert.Equal(JobOutcome.Verified, (await daemon.JobAsync(job)).Outcome);
        Assert.Null((await daemon.Admin.AskAsync(AccountApi.Audit, "check=true", Cancel)).BrokenAt);
    }

    // In steps that keep Anna's session from being idle.
    private static async Task PassAsync(TestDaemon daemon, DaemonClock clock, TimeSpan time)
    {
        for (; time > TimeSpan.Zero; time -= TimeSpan.FromMinutes(7))
        {
            clock.Pass(time < TimeSpan.FromMinutes(7) ? time : TimeSpan.FromMinutes(7));
            await daemon.Admin.CallAsync(AccountApi.Self, Cancel);
        }
    }

    // The appliance looks at its jobs in its own thread: each question here gives it another tick to do so.
    private static async Task<Job> EndAsync(TestDaemon daemon, DaemonClock clock, string id)
    {
        for (var look = 0; look < Looks; look++)
        {
            clock.Pass(s_tick);
            if (await daemon.JobAsync(id) is { State: JobState.Ended } job)
            {
                return job;
            }
        }

        throw new InvalidOperationException($"Job {id} did not end.");
    }
}
