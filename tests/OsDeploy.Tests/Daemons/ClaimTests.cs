using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Tests.Hosts;
using OsDeploy.Tests.Images;
using OsDeploy.Tests.Jobs;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>Who gets a job, and who does not.</summary>
public sealed class ClaimTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Starting_a_job_is_the_approval_and_nothing_comes_before_it()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.AddHostAsync(1, "pc01");
        var agent = await daemon.MeetAsync(1);
        Assert.Equal(AgentState.Idle, (await agent.PollAsync()).State);
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        var order = await agent.TakeJobAsync();
        Assert.Equal((job, JobKind.Hold), (order.Id, order.Kind));
        await agent.DoneAsync(order);
        Assert.Equal(AgentState.Idle, (await agent.PollAsync()).State);
        Assert.Equal((JobState.Ended, JobOutcome.Verified), await StateAsync(daemon, job));
    }

    [Fact]
    public async Task A_computer_with_the_network_card_of_a_host_and_other_hardware_does_not_get_its_job()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.AddHostAsync(1, "pc01");
        var right = await daemon.MeetAsync(1);
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        var wrong = new TestAgent(daemon, TestRegistry.Laptop(2, 1), SampleJobs.Inventory(SampleJobs.Disk("DISK2")));
        await wrong.HelloAsync();
        Assert.Equal(AgentState.Pending, (await wrong.PollAsync()).State);
        Assert.Null((await daemon.JobAsync(job)).Agent);
        Assert.Equal(job, (await right.TakeJobAsync()).Id);
    }

    [Fact]
    public async Task A_second_claimant_freezes_the_job_until_an_operator_retries_it()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.AddHostAsync(1, "pc01");
        var first = await daemon.MeetAsync(1);
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        var order = await first.TakeJobAsync();
        var second = await daemon.MeetAsync(1);
        await FrozenAsync(daemon, job, "without the token of the first");
        await TestRegistry.RefusedAsync("lease-lost", () => first.ReportAsync(order));
        Assert.Equal(AgentState.Idle, (await first.PollAsync()).State);
        Assert.Equal(AgentState.Idle, (await second.PollAsync()).State);

        await daemon.Admin.CallAsync(JobApi.Retry, Cancel, job);
        var again = await first.TakeJobAsync();
        Assert.True(again.Fence > order.Fence);
        Assert.NotEqual(order.Claim, again.Claim);
        await TestRegistry.RefusedAsync("lease-lost", () => first.ReportAsync(order));
        await first.DoneAsync(again);
        Assert.Equal((JobState.Ended, JobOutcome.Verified), await StateAsync(daemon, job));
    }

    [Fact]
    public async Task An_agent_that_was_there_before_and_polls_for_a_running_job_freezes_it_too()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.AddHostAsync(1, "pc01");
        var (first, second) = (await daemon.MeetAsync(1), await daemon.MeetAsync(1));
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        var order = await first.TakeJobAsync();
        Assert.Equal(AgentState.Idle, (await second.PollAsync()).State);
        await FrozenAsync(daemon, job, "while the first works");
        await TestRegistry.RefusedAsync("lease-lost", () => first.ReportAsync(order));
    }

    [Fact]
    public async Task The_token_of_a_job_takes_it_over_once_and_freezes_it_the_second_time()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.AddHostAsync(1, "pc01");
        var before = await daemon.MeetAsync(1);
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        var order = await before.TakeJobAsync();
        var after = await daemon.MeetAsync(1, order.Claim);
        var again = await after.TakeJobAsync();
        Assert.Equal(job, again.Id);
        Assert.True(again.Fence > order.Fence);
        await TestRegistry.RefusedAsync("lease-lost", () => before.ReportAsync(order));
        await after.ReportAsync(again);

        await daemon.MeetAsync(1, order.Claim);
        await FrozenAsync(daemon, job, "with a token that was used before");
        await TestRegistry.RefusedAsync("lease-lost", () => after.ReportAsync(again));
    }

    [Fact]
    public async Task A_token_that_was_never_given_freezes_the_job()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.AddHostAsync(1, "pc01");
        var first = await daemon.MeetAsync(1);
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        await first.TakeJobAsync();
        await daemon.MeetAsync(1, new string('0', 32));
        await FrozenAsync(daemon, job, "with a wrong token");
    }

    [Fact]
    public async Task An_answer_that_was_lost_changes_nothing()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.AddHostAsync(1, "pc01");
        var agent = await daemon.MeetAsync(1);
        var (id, token) = (agent.Id, agent.Token);
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        var order = await agent.TakeJobAsync();
        await agent.HelloAsync();
        Assert.Equal(id, agent.Id);
        await TestRegistry.RefusedAsync("agent-unknown", () => daemon.As(token).CallAsync(AgentApi.Poll, new Poll(null), Cancel));
        var same = await agent.TakeJobAsync();
        Assert.Equal((order.Id, order.Fence, order.Claim), (same.Id, same.Fence, same.Claim));

        await agent.ReportAsync(order, null, "one", "two");
        await agent.ReportAsync(order, null, "one", "two", "three");
        await agent.DoneAsync(order);
        await agent.DoneAsync(order);
        Assert.Equal(["one", "two", "three"], (await daemon.Admin.CallAsync(JobApi.Log, Cancel, job)).Select(line => line.Text));
        Assert.Equal((JobState.Ended, JobOutcome.Verified), await StateAsync(daemon, job));
        Assert.Single(await ClaimsAsync(daemon));
    }

    [Fact]
    public async Task A_blocked_host_is_cut_off_from_its_job_and_the_store_at_once()
    {
        var image = SampleImage.Of([1, 2, 3], "win11");
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("win11"), Cancel);
        await daemon.StoreAsync(image);
        await daemon.AddHostAsync(1, "pc01", configuration: "win11");
        var agent = await daemon.MeetAsync(1);
        await daemon.StartJobAsync(JobKind.Restore, "pc01");
        var order = await agent.TakeJobAsync();
        Assert.Equal(200, (await daemon.SendAsync(StoreApi.ReadManifest, agent.Token, null, image.Version.ToString())).Status);
        await daemon.Admin.CallAsync(HostApi.Change, new HostChange(IsBlocked: true), Cancel, "pc01");
        Assert.Equal(AgentState.Blocked, (await agent.PollAsync()).State);
        Assert.Equal(403, (await daemon.SendAsync(StoreApi.ReadManifest, agent.Token, null, image.Version.ToString())).Status);
        Assert.Equal(403, (await daemon.SendAsync(StoreApi.ReadChunk, agent.Token, null, image.Chunks[0].Id.ToString())).Status);
        await TestRegistry.RefusedAsync("lease-lost", () => agent.ReportAsync(order));
        Assert.Equal(AgentState.Blocked, (await (await daemon.MeetAsync(1)).PollAsync()).State);
    }

    [Fact]
    public async Task A_deleted_host_is_cut_off_at_its_next_poll_and_is_nobody_afterwards()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.AddHostAsync(1, "pc01");
        var agent = await daemon.MeetAsync(1);
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        await TestRegistry.RefusedAsync("host-has-job", () => daemon.Admin.CallAsync(HostApi.Delete, Cancel, "pc01"));
        await daemon.Admin.CallAsync(JobApi.Cancel, Cancel, job);
        await daemon.Admin.CallAsync(HostApi.Delete, Cancel, "pc01");
        await TestRegistry.RefusedAsync("agent-unknown", () => agent.PollAsync());
        await agent.HelloAsync();
        Assert.Equal(AgentState.Pending, (await agent.PollAsync()).State);
        Assert.Single(await daemon.Admin.CallAsync(HostApi.ListPending, Cancel));
    }

    [Fact]
    public async Task A_restart_of_the_appliance_takes_nothing_from_anybody()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.AddHostAsync(1, "pc01");
        await daemon.AddHostAsync(2, "pc02");
        var (working, waiting) = (await daemon.MeetAsync(1), await daemon.MeetAsync(2));
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        var order = await working.TakeJobAsync();
        await working.ReportAsync(order, null, "one");
        await daemon.RestartAsync();
        Assert.Equal(TestDaemon.Anna, (await daemon.Admin.CallAsync(AccountApi.Self, Cancel)).Name);
        var same = await working.TakeJobAsync();
        Assert.Equal((order.Id, order.Fence, order.Claim), (same.Id, same.Fence, same.Claim));
        Assert.Equal(AgentState.Idle, (await waiting.PollAsync()).State);
        var after = await daemon.MeetAsync(1, order.Claim);
        await after.DoneAsync(await after.TakeJobAsync());
        Assert.Equal((JobState.Ended, JobOutcome.Verified), await StateAsync(daemon, job));
        Assert.Equal(2, (await ClaimsAsync(daemon)).Count);
    }

    private static async Task<(JobState State, JobOutcome? Outcome)> StateAsync(TestDaemon daemon, string id)
    {
        var job = await daemon.JobAsync(id);
        return (job.State, job.Outcome);
    }

    private static async Task FrozenAsync(TestDaemon daemon, string job, string how)
    {
        Assert.Equal(JobState.Frozen, (await daemon.JobAsync(job)).State);
        var status = await daemon.Admin.CallAsync(ApplianceApi.Status, Cancel);
        var alarm = Assert.Single(status.Alarms);
        Assert.Equal(("second-claimant", job), (alarm.Code, alarm.Job));
        Assert.Contains(how, alarm.Message, StringComparison.Ordinal);
        Assert.Equal(1, status.JobsFrozen);
        Assert.Contains("second-claimant", (await daemon.Admin.CallAsync(AccountApi.Audit, Cancel)).Lines.Select(line => line.Action));
    }

    private static async Task<List<AuditLine>> ClaimsAsync(TestDaemon daemon) =>
        [.. (await daemon.Admin.CallAsync(AccountApi.Audit, Cancel)).Lines.Where(line => line.Action is "job-claim" or "job-claim-again")];
}
