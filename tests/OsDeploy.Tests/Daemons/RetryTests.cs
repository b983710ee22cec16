using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Jobs;
using OsDeploy.Tests.Hosts;
using OsDeploy.Tests.Images;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>Jobs that failed for a reason which may pass, and begin again by themselves.</summary>
public sealed class RetryTests
{
    private const int Looks = 400;

    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(5);
    private static readonly JobFault s_passing = new("write", "store-unreachable", "The store did not answer.", "Look at the cable.");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restore_that_lost_its_network_begins_again_by_itself_with_a_new_fence()
    {
        var clock = new DaemonClock();
        await using var daemon = await TestDaemon.StartAsync(clock);
        var agent = await RestorableAsync(daemon);
        var job = await daemon.StartJobAsync(JobKind.Restore, "pc01");
        var order = await agent.TakeJobAsync();
        await FailAsync(agent, order, s_passing);

        var waiting = await daemon.Admin.CallAsync(JobApi.Show, Cancel, job);
        Assert.Equal((JobState.Scheduled, 1, 1), (waiting.Job.State, waiting.Job.Retries, waiting.Job.MostRetries));
        Assert.Equal("attempt 2 of 2 in 30 s; before: The store did not answer.", waiting.Awaits);
        Assert.Contains((await daemon.Admin.CallAsync(JobApi.Log, Cancel, job)).Select(line => line.Text), text => text.Contains("Attempt 2 of 2 begins by itself in 30 s.", StringComparison.Ordinal));
        var orders = await agent.PollAsync();
        Assert.Equal((AgentState.Idle, new ComingRetry(job, 2, 2, 30)), (orders.State, orders.Retry));
        await FailAsync(agent, order, s_passing); // its answer was lost: said again, it is heard again
        Assert.Equal("host-has-job", (await PreviewAsync(daemon)).Obstacle?.Code);
        Assert.Null((await daemon.Admin.CallAsync(JobApi.ListBatches, Cancel)).Single().Batch.EndedAt);

        await UntilAsync(daemon, clock, job, known => known.State == JobState.Waiting);
        var again = await agent.TakeJobAsync();
        Assert.Equal((job, true), (again.Id, again.Fence > order.Fence));
        await TestRegistry.RefusedAsync("lease-lost", () => agent.ReportAsync(order));
        await agent.DoneAsync(again);
        Assert.Equal(JobOutcome.Verified, (await daemon.JobAsync(job)).Outcome);
        Assert.Empty((await daemon.Admin.CallAsync(ApplianceApi.Status, Cancel)).Alarms);
    }

    [Fact]
    public async Task It_ends_after_as_many_tries_as_are_set_and_two_that_are_alike_raise_an_alarm()
    {
        var clock = new DaemonClock();
        await using var daemon = await TestDaemon.StartAsync(clock);
        Assert.Equal(new JobSettings(1), await daemon.Admin.CallAsync(JobApi.Settings, Cancel));
        await daemon.Admin.CallAsync(JobApi.ChangeSettings, new JobSettings(2), Cancel);
        Assert.Equal(2, (await daemon.Admin.CallAsync(ApplianceApi.Status, Cancel)).JobRetries);
        var agent = await RestorableAsync(daemon);
        var job = await daemon.StartJobAsync(JobKind.Restore, "pc01");
        await FailAsync(agent, await agent.TakeJobAsync(), s_passing);
        await UntilAsync(daemon, clock, job, known => known.State == JobState.Waiting);
        Assert.Empty(await AlarmsAsync(daemon));
        await FailAsync(agent, await agent.TakeJobAsync(), s_passing);
        Assert.Contains("2 times in a row at write", Assert.Single(await AlarmsAsync(daemon)).Message, StringComparison.Ordinal);
        Assert.Equal((2, 120d), (await daemon.JobAsync(job) is var third ? (third.Retries, third.WindowLeft) : default));

        await UntilAsync(daemon, clock, job, known => known.State == JobState.Waiting);
        await FailAsync(agent, await agent.TakeJobAsync(), s_passing);
        var ended = await daemon.JobAsync(job);
        Assert.Equal((JobState.Ended, JobOutcome.Failed, 3), (ended.State, ended.Outcome, ended.Alike));

        // Whoever tries again by hand begins to count anew.
        await daemon.Admin.CallAsync(JobApi.Retry, Cancel, job);
        await FailAsync(agent, await agent.TakeJobAsync(), s_passing with { Step = "compare" });
        Assert.Equal((JobState.Scheduled, 1, 1), await daemon.JobAsync(job) is var anew ? (anew.State, anew.Retries, anew.Alike) : default);
        await daemon.Admin.CallAsync(JobApi.Retry, Cancel, job);
        await agent.DoneAsync(await agent.TakeJobAsync());
        Assert.Empty(await AlarmsAsync(daemon));
    }

    [Theory]
    [InlineData("disk-write-failed")]
    [InlineData("no-reason")]
    public async Task What_needs_a_person_ends_at_once_and_the_next_job_alike_is_an_alarm(string code)
    {
        await using var daemon = await TestDaemon.StartAsync();
        var agent = await RestorableAsync(daemon);
        for (var job = 0; job < 2; job++)
        {
            Assert.Empty(await AlarmsAsync(daemon));
            var started = await daemon.StartJobAsync(JobKind.Restore, "pc01");
            await FailAsync(agent, await agent.TakeJobAsync(), s_passing with { Code = code });
            Assert.Equal(JobOutcome.Failed, (await daemon.JobAsync(started)).Outcome);
        }

        Assert.Single(await AlarmsAsync(daemon));
    }

    [Fact]
    public async Task Never_is_a_setting_too_and_a_job_that_is_not_wanted_any_more_is_cancelled_while_it_waits()
    {
        var clock = new DaemonClock();
        await using var daemon = await TestDaemon.StartAsync(clock);
        var agent = await RestorableAsync(daemon);
        var job = await daemon.StartJobAsync(JobKind.Restore, "pc01");
        await FailAsync(agent, await agent.TakeJobAsync(), s_passing);
        var cancelled = (await daemon.Admin.CallAsync(JobApi.Cancel, Cancel, job)).Job;
        Assert.Equal((JobState.Ended, JobOutcome.Failed, "cancelled"), (cancelled.State, cancelled.Outcome, cancelled.Fault!.Code));
        Assert.Null((await agent.PollAsync()).Retry);

        await daemon.Admin.CallAsync(JobApi.ChangeSettings, new JobSettings(0), Cancel);
        job = await daemon.StartJobAsync(JobKind.Restore, "pc01");
        await FailAsync(agent, await agent.TakeJobAsync(), s_passing);
        Assert.Equal(JobOutcome.Failed, (await daemon.JobAsync(job)).Outcome);
        foreach (var wrong in new[] { -1, 4 })
        {
            Assert.Equal("job-retries-invalid", (await Assert.ThrowsAsync<UserErrorException>(() => daemon.Admin.CallAsync(JobApi.ChangeSettings, new JobSettings(wrong), Cancel))).Code);
        }
    }

    [Fact]
    public async Task Somebody_who_does_not_want_to_wait_tries_again_now_and_a_restart_forgets_nothing()
    {
        var clock = new DaemonClock();
        await using var daemon = await TestDaemon.StartAsync(clock);
        var agent = await RestorableAsync(daemon);
        var job = await daemon.StartJobAsync(JobKind.Restore, "pc01");
        await FailAsync(agent, await agent.TakeJobAsync(), s_passing);
        await daemon.RestartAsync();
        clock.SetWall(clock.GetUtcNow().AddYears(-1)); // a set clock moves no retry
        daemon.Relogin(await daemon.LoginAsync(TestDaemon.Anna));
        await UntilAsync(daemon, clock, job, known => known.State == JobState.Waiting);
        await daemon.Admin.CallAsync(JobApi.Cancel, Cancel, job);

        await daemon.Admin.CallAsync(JobApi.Retry, Cancel, job);
        agent = await daemon.MeetAsync(1);
        await FailAsync(agent, await agent.TakeJobAsync(), s_passing with { Step = "compare" });
        Assert.Equal(JobState.Scheduled, (await daemon.JobAsync(job)).State);
        Assert.Equal(JobState.Waiting, (await daemon.Admin.CallAsync(JobApi.Retry, Cancel, job)).Job.State);
    }

    [Fact]
    public async Task A_host_that_fell_silent_is_waited_for_once_more_and_is_led_to_its_job_meanwhile()
    {
        var clock = new DaemonClock();
        await using var daemon = await TestDaemon.StartAsync(clock, isBooting: true);
        await daemon.Admin.CallAsync(BootApi.AddBuild, new NewBootBuild(await OsDeploy.Tests.Boot.SampleBuild.MakeAsync(Path.Combine(daemon.Folder, "..", "build"), 1, Cancel)), Cancel);
        var agent = await RestorableAsync(daemon);
        var job = await daemon.StartJobAsync(JobKind.Restore, "pc01");
        var order = await agent.TakeJobAsync();
        await UntilAsync(daemon, clock, job, known => known.State == JobState.Scheduled, Looks * 3);

        Assert.Equal("agent-silent", (await daemon.JobAsync(job)).LastFault!.Code);
        Assert.All(await daemon.Admin.CallAsync(BootApi.Look, Cancel, "pc01"), outlook => Assert.Equal(("agent", BootReason.JobApproved), (outlook.Action, outlook.Because)));
        await TestRegistry.RefusedAsync("lease-lost", () => agent.ReportAsync(order));
    }

    private static async Task<TestAgent> RestorableAsync(TestDaemon daemon)
    {
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("lab", Partitions: [new PartitionPlan(1, 1)]), Cancel);
        await daemon.StoreAsync(SampleImage.Of([1, 2, 3], "lab"));
        await daemon.AddHostAsync(1, "pc01", configuration: "lab");
        return await daemon.MeetAsync(1);
    }

    private static Task<ReportAnswer> FailAsync(TestAgent agent, JobOrder order, JobFault fault) => agent.ReportAsync(order, new JobEnd(JobOutcome.Failed, fault, null, null));

    private static async Task<HostOutlook> PreviewAsync(TestDaemon daemon) => (await daemon.Admin.CallAsync(
        JobApi.Start, new BatchRequest(Guid.NewGuid().ToString("N"), JobKind.Restore, new HostSelection(["pc01"]), new JobOptions(), Preview: true), Cancel)).Hosts.Single();

    private static async Task<IReadOnlyList<Alarm>> AlarmsAsync(TestDaemon daemon) =>
        [.. (await daemon.Admin.CallAsync(ApplianceApi.Status, Cancel)).Alarms.Where(alarm => alarm.Code == "job-fails-alike")];

    // The appliance looks at its jobs in its own thread: each question here gives it another tick to do so.
    private static async Task UntilAsync(TestDaemon daemon, DaemonClock clock, string id, Func<Job, bool> isSo, int looks = Looks)
    {
        for (var look = 0; look < looks; look++)
        {
            if (isSo(await daemon.JobAsync(id)))
            {
                return;
            }

            clock.Pass(s_tick);
        }

        Assert.Fail($"Job {id} is {(await daemon.JobAsync(id)).State}.");
    }
}
