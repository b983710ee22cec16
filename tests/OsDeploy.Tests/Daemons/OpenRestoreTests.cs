using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Tests.Hosts;
using OsDeploy.Tests.Images;
using OsDeploy.Tests.Jobs;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>What a computer learns about itself without anybody logged in, and what it may start.</summary>
public sealed class OpenRestoreTests
{
    private const string ProductId = "CANARY-PRODUCT-4711";

    private static readonly SampleImage s_image = SampleImage.Of([1, 2, 3]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_computer_learns_what_it_is_and_what_a_restore_would_bring()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var agent = await MetAsync(daemon, isOpen: true);
        await daemon.Admin.CallAsync(ConfigurationApi.SetMaster, new MasterChange("pc02"), Cancel, "lab");

        var facts = await FactsAsync(daemon, agent);

        Assert.Equal(("pc01", "lab", "pc02", false, true, null), (facts.Name, facts.Configuration, facts.Master, facts.IsMaster, facts.MayRestore, facts.Pending));
        Assert.Equal(s_image.Version, facts.Image!.Version);
        Assert.Equal((1, 1), (Assert.Single(facts.Image.Partitions).Disk, facts.Image.Partitions[0].Number));
        Assert.Equal(("System", null), (Assert.Single(facts.Partitions).Description, facts.Partitions[0].ProductId));
        Assert.True((await FactsAsync(daemon, await daemon.MeetAsync(2))).IsMaster);
    }

    [Fact]
    public async Task A_pending_computer_learns_under_which_id_it_is_registered()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var agent = await daemon.MeetAsync(1);
        var facts = await FactsAsync(daemon, agent);
        Assert.Equal((null, null, false, null), (facts.Name, facts.Configuration, facts.MayRestore, facts.Image));

        await daemon.Admin.CallAsync(HostApi.Approve, new Approval(Name: "pc01"), Cancel, facts.Pending!);
        await agent.PollAsync();

        Assert.Equal(("pc01", null), await FactsAsync(daemon, agent) is var known ? (known.Name, known.Pending) : default);
    }

    [Fact]
    public async Task A_host_restores_itself_where_its_configuration_allows_that()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var agent = await MetAsync(daemon, isOpen: true);

        await RestoreAsync(daemon, agent, new string('7', 32));
        await RestoreAsync(daemon, agent, new string('7', 32));

        var job = Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel)).Job;
        Assert.Equal((JobState.Running, agent.Id, "pc01", s_image.Version), (job.State, job.Agent, job.CreatedBy, job.Version!.Value));
        Assert.Equal("DISK1", Assert.Single(job.Disks).Serial);
        Assert.Equal(job.Id, (await agent.TakeJobAsync()).Id);
        var audit = await daemon.Admin.CallAsync(AccountApi.Audit, Cancel);
        Assert.Contains(audit.Lines, line => line is { Actor: "host:pc01", Action: "job-start" });
    }

    [Fact]
    public async Task Nobody_else_comes_into_a_restore_that_a_host_started_itself()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var asked = await MetAsync(daemon, isOpen: true);
        var other = await daemon.MeetAsync(1);

        await RestoreAsync(daemon, asked, new string('7', 32));

        Assert.Null((await other.PollAsync()).Job);
        Assert.Equal(JobState.Frozen, Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel)).Job.State);
    }

    [Fact]
    public async Task Without_that_setting_and_while_blocked_a_host_starts_nothing()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var agent = await MetAsync(daemon, isOpen: false);
        await TestRegistry.RefusedAsync("restore-not-open", () => RestoreAsync(daemon, agent, new string('7', 32)));
        var stranger = await daemon.MeetAsync(9);
        await TestRegistry.RefusedAsync("restore-not-open", () => RestoreAsync(daemon, stranger, new string('8', 32)));

        await daemon.Admin.CallAsync(ConfigurationApi.Change, new ConfigurationChange(OpenRestore: true), Cancel, "lab");
        await daemon.Admin.CallAsync(HostApi.Change, new HostChange(IsBlocked: true), Cancel, "pc01");
        await TestRegistry.RefusedAsync("restore-not-open", () => RestoreAsync(daemon, agent, new string('7', 32)));

        Assert.Empty(await daemon.Admin.CallAsync(JobApi.List, Cancel));
    }

    [Fact]
    public async Task A_host_with_two_disks_that_could_be_meant_asks_for_a_person()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await MetAsync(daemon, isOpen: true);
        await daemon.AddHostAsync(3, "pc03", configuration: "lab");
        var agent = new TestAgent(daemon, TestRegistry.Laptop(3, 3), SampleJobs.Inventory(SampleJobs.Disk("A"), SampleJobs.Disk("B")));
        await agent.HelloAsync();

        await TestRegistry.RefusedAsync("disk-choice-needed", () => RestoreAsync(daemon, agent, new string('7', 32)));

        Assert.Empty(await daemon.Admin.CallAsync(JobApi.List, Cancel));
    }

    private static async Task<TestAgent> MetAsync(TestDaemon daemon, bool isOpen)
    {
        await daemon.Admin.CallAsync(
            ConfigurationApi.Add, new NewConfiguration("lab", Partitions: [new PartitionPlan(1, 1, "System", ProductId: ProductId)], OpenRestore: isOpen), Cancel);
        await daemon.StoreAsync(s_image);
        await daemon.AddHostAsync(1, "pc01", configuration: "lab");
        await daemon.AddHostAsync(2, "pc02", configuration: "lab");
        return await daemon.MeetAsync(1);
    }

    private static Task<MachineFacts> FactsAsync(TestDaemon daemon, TestAgent agent) => daemon.As(agent.Token).CallAsync(AgentApi.Facts, Cancel);

    private static Task<Nothing> RestoreAsync(TestDaemon daemon, TestAgent agent, string request) =>
        daemon.As(agent.Token).CallAsync(AgentApi.RestoreSelf, new OwnRestore(request), Cancel);
}
