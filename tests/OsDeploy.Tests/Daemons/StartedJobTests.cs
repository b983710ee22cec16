using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Tests.Hosts;
using OsDeploy.Tests.Images;
using OsDeploy.Tests.Jobs;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>What is restored is what the operator saw when it was started, whatever happens to configurations and versions meanwhile.</summary>
public sealed class StartedJobTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pending_computer_keeps_its_disks_through_its_polls_and_brings_them_along()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var agent = new TestAgent(daemon, TestRegistry.Laptop(1, 1), SampleJobs.Inventory(SampleJobs.Disk("DISK1")));
        await agent.HelloAsync();
        await agent.PollAsync();
        await daemon.AddHostAsync(7, "pc07");
        Assert.Equal(AgentState.Pending, (await agent.PollAsync()).State);
        var pending = Assert.Single(await daemon.Admin.CallAsync(HostApi.ListPending, Cancel));
        Assert.Equal("DISK1", Assert.Single(pending.Inventory.Disks).Serial);
        Assert.Equal(PairingWords.Of(agent.Nonce, daemon.Key), pending.Words);

        var host = await daemon.Admin.CallAsync(HostApi.Approve, new Approval(Name: "pc01"), Cancel, pending.Id);
        Assert.Equal("DISK1", Assert.Single(host.Host.Inventory!.Disks).Serial);
        Assert.Equal((AgentState.Idle, "pc01"), await agent.PollAsync() is var orders ? (orders.State, orders.Name) : default);
    }

    [Fact]
    public async Task A_plan_that_is_changed_after_the_start_does_not_change_the_job()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var agent = await RestorableAsync(daemon, new PartitionPlan(1, 4, Use: PartitionUse.Leave));
        await daemon.StartJobsAsync(JobKind.Restore, "pc01");

        await daemon.Admin.CallAsync(ConfigurationApi.Change, new ConfigurationChange(Partitions: [new PartitionPlan(1, 4)]), Cancel, "lab");
        var order = await agent.TakeJobAsync();

        Assert.Equal(PartitionUse.Leave, Assert.Single(order.Partitions).Use);
    }

    [Fact]
    public async Task What_would_start_now_must_be_what_the_operator_has_seen()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await RestorableAsync(daemon);
        await daemon.AddHostAsync(2, "pc02", configuration: "lab");
        BatchRequest Request() => new(Guid.NewGuid().ToString("N"), JobKind.Restore, new HostSelection(["pc0?"]), new JobOptions(), Confirm: 1);
        await daemon.StartJobAsync(JobKind.Hold, "pc02");
        var seen = await daemon.Admin.CallAsync(JobApi.Start, Request() with { Preview = true }, Cancel);

        // The same number of hosts, and another one of them.
        await daemon.StartJobAsync(JobKind.Hold, "pc01");
        await CancelAsync(daemon, "1");
        await TestRegistry.RefusedAsync("preview-outdated", () => daemon.Admin.CallAsync(JobApi.Start, Request() with { Seen = seen.Seen }, Cancel));

        var again = await daemon.Admin.CallAsync(JobApi.Start, Request() with { Preview = true }, Cancel);
        Assert.NotNull((await daemon.Admin.CallAsync(JobApi.Start, Request() with { Seen = again.Seen }, Cancel)).Batch);
    }

    [Fact]
    public async Task The_disk_of_one_host_can_be_named_at_the_start()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await RestorableAsync(daemon);
        await daemon.AddHostAsync(3, "pc03", configuration: "lab");
        var disks = SampleJobs.Inventory(SampleJobs.Disk("A"), SampleJobs.Disk("B"), SampleJobs.Disk("stick", isRemovable: true));
        await new TestAgent(daemon, TestRegistry.Laptop(3, 3), disks).HelloAsync();
        BatchRequest Request(string disk, params string[] hosts) => new(
            Guid.NewGuid().ToString("N"), JobKind.Restore, new HostSelection(hosts), new JobOptions(), Confirm: hosts.Length, Disks: [new DiskBinding(1, disk, null, null, 0)]);

        await TestRegistry.RefusedAsync("disk-unknown", () => daemon.Admin.CallAsync(JobApi.Start, Request("C", "pc03"), Cancel));
        await TestRegistry.RefusedAsync("job-options", () => daemon.Admin.CallAsync(JobApi.Start, Request("B", "pc03", "pc01"), Cancel));
        var stick = await daemon.Admin.CallAsync(JobApi.Start, Request("stick", "pc03") with { Preview = true }, Cancel);
        Assert.Equal("disk-removable", Assert.Single(stick.Hosts).Obstacle?.Code);
        await daemon.Admin.CallAsync(JobApi.Start, Request("B", "pc03"), Cancel);

        var job = Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel)).Job;
        Assert.Equal((JobState.Waiting, "B"), (job.State, Assert.Single(job.Disks).Serial));
        await CancelAsync(daemon, job.Id);
        await daemon.Admin.CallAsync(JobApi.Retry, Cancel, job.Id);
        Assert.Equal("B", Assert.Single(Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel)).Job.Disks).Serial);
    }

    [Fact]
    public async Task A_version_that_a_job_needs_is_neither_deleted_nor_pruned_away()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var agent = await RestorableAsync(daemon);
        await daemon.StartJobsAsync(JobKind.Restore, "pc01");
        await using var store = new HttpImageStore(daemon.Address, TimeProvider.System, new ConnectionOptions { ServerKey = daemon.Key, Token = daemon.Token }.Once());

        await TestRegistry.RefusedAsync("version-in-use", () => store.DeleteAsync(s_image.Version, Cancel));
        var order = await agent.TakeJobAsync();
        await TestRegistry.RefusedAsync("store-in-use", () => store.PruneAsync(new PruneOptions(Now: true, DryRun: false), Cancel));
        await agent.DoneAsync(order);
        await store.PruneAsync(new PruneOptions(Now: true, DryRun: false), Cancel);
        await store.DeleteAsync(s_image.Version, Cancel);
    }

    [Fact]
    public async Task A_running_job_whose_host_is_not_heard_is_over_when_it_is_cancelled()
    {
        var clock = new DaemonClock();
        await using var daemon = await TestDaemon.StartAsync(clock);
        await daemon.AddHostAsync(1, "pc01");
        var agent = await daemon.MeetAsync(1);
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        var order = await agent.TakeJobAsync();
        await agent.ReportAsync(order);

        Assert.Equal(JobState.Running, (await CancelAsync(daemon, job)).State);
        var ended = await CancelAsync(daemon, job);

        Assert.Equal((JobState.Ended, JobOutcome.Failed, "cancelled"), (ended.State, ended.Outcome!.Value, ended.Fault!.Code));
        await TestRegistry.RefusedAsync("lease-lost", () => agent.DoneAsync(order));
    }

    [Fact]
    public async Task Hosts_that_were_called_and_did_not_come_are_listed_after_five_minutes()
    {
        var clock = new DaemonClock();
        await using var daemon = await TestDaemon.StartAsync(clock);
        await daemon.AddHostAsync(1, "pc01");
        await daemon.AddHostAsync(2, "pc02");
        var request = new BatchRequest(Guid.NewGuid().ToString("N"), JobKind.Hold, new HostSelection(["pc0?"]), new JobOptions(), Wake: true);
        await daemon.Admin.CallAsync(JobApi.Start, request, Cancel);
        clock.Pass(TimeSpan.FromMinutes(1));
        await daemon.MeetAsync(2);
        Assert.Empty(Assert.Single(await daemon.Admin.CallAsync(JobApi.ListBatches, Cancel)).NotSeen);

        clock.Pass(TimeSpan.FromMinutes(5));

        Assert.Equal(["pc01"], Assert.Single(await daemon.Admin.CallAsync(JobApi.ListBatches, Cancel)).NotSeen);
    }

    private static readonly SampleImage s_image = SampleImage.Of([1, 2, 3]);

    private static async Task<TestAgent> RestorableAsync(TestDaemon daemon, params PartitionPlan[] plans)
    {
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("lab", Partitions: plans), Cancel);
        await daemon.StoreAsync(s_image);
        await daemon.AddHostAsync(1, "pc01", configuration: "lab");
        return await daemon.MeetAsync(1);
    }

    private static async Task<Job> CancelAsync(TestDaemon daemon, string job) =>
        (await daemon.Admin.CallAsync(JobApi.Cancel, Cancel, job)).Job;
}
