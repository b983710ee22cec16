using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Jobs;
using OsDeploy.Tests.Hosts;
using OsDeploy.Tests.Jobs;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>Hosts of a strict configuration are given nothing before an operator has compared their words.</summary>
public sealed class StrictTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_strict_host_gets_its_job_after_its_words_were_compared_and_not_before()
    {
        await using var daemon = await StrictAsync();
        var agent = await daemon.MeetAsync(1);
        Assert.Equal((AgentState.Idle, false), await agent.PollAsync() is var none ? (none.State, none.ShowsWords) : default);
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");

        var orders = await agent.PollAsync();
        Assert.Equal((AgentState.Idle, null, true), (orders.State, orders.Job, orders.ShowsWords));
        var start = Assert.Single((await ViewAsync(daemon, job)).Unpaired!);
        Assert.Equal(PairingWords.Of(agent.Nonce, daemon.Key), start.Words);
        Assert.Contains(start.Words, (await ViewAsync(daemon, job)).Awaits, StringComparison.Ordinal);

        await PairAsync(daemon.Admin, job, start.Words.ToUpperInvariant().Replace(' ', '-'));
        Assert.Equal(job, (await agent.TakeJobAsync()).Id);
        Assert.Null((await ViewAsync(daemon, job)).Unpaired);
        var audit = await daemon.Admin.CallAsync(AccountApi.Audit, Cancel);
        Assert.Contains(audit.Lines, line => line is { Actor: "operator:anna", Action: "host-pair", Subject: "pc01" });
    }

    [Fact]
    public async Task Words_that_differ_change_nothing_and_are_written_down()
    {
        await using var daemon = await StrictAsync();
        var agent = await daemon.MeetAsync(1);
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        await TestRegistry.RefusedAsync("pairing-nobody", () => PairAsync(daemon.Admin, job, "lusab babad gutih tugad"));
        await agent.PollAsync();

        await TestRegistry.RefusedAsync("pairing-words", () => PairAsync(daemon.Admin, job, "lusab babad gutih tugad"));

        Assert.True((await agent.PollAsync()).ShowsWords);
        var audit = await daemon.Admin.CallAsync(AccountApi.Audit, Cancel);
        Assert.Contains(audit.Lines, line => line is { Action: "host-pair-refused", Subject: "pc01" });
    }

    [Fact]
    public async Task Of_two_that_say_they_are_the_host_only_the_one_that_was_read_gets_the_job()
    {
        await using var daemon = await StrictAsync();
        var (right, wrong) = (await daemon.MeetAsync(1), await daemon.MeetAsync(1));
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        await wrong.PollAsync();
        await right.PollAsync();
        Assert.Equal(2, (await ViewAsync(daemon, job)).Unpaired!.Count);

        await PairAsync(daemon.Admin, job, PairingWords.Of(right.Nonce, daemon.Key));

        Assert.Null((await wrong.PollAsync()).Job);
        Assert.Equal(job, (await right.TakeJobAsync()).Id);
    }

    [Fact]
    public async Task A_token_from_a_boot_script_does_not_stand_in_for_the_words()
    {
        var clock = new DaemonClock();
        await using var daemon = await StrictAsync(clock);
        var first = await daemon.MeetAsync(1);
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        await first.PollAsync();
        await PairAsync(daemon.Admin, job, PairingWords.Of(first.Nonce, daemon.Key));
        var order = await first.TakeJobAsync();

        clock.Pass(TimeSpan.FromSeconds(31));
        var again = await daemon.MeetAsync(1, order.Claim);
        Assert.True((await again.PollAsync()).ShowsWords);
        Assert.Equal(JobState.Waiting, (await daemon.JobAsync(job)).State);
        await TestRegistry.RefusedAsync("lease-lost", () => first.ReportAsync(order));

        await PairAsync(daemon.Admin, job, PairingWords.Of(again.Nonce, daemon.Key));
        Assert.True((await again.TakeJobAsync()).Fence > order.Fence);
    }

    [Fact]
    public async Task Who_shows_that_token_while_the_first_is_heard_freezes_the_job()
    {
        await using var daemon = await StrictAsync();
        var first = await daemon.MeetAsync(1);
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        await first.PollAsync();
        await PairAsync(daemon.Admin, job, PairingWords.Of(first.Nonce, daemon.Key));
        var order = await first.TakeJobAsync();

        await daemon.MeetAsync(1, order.Claim);

        Assert.Equal(JobState.Frozen, (await daemon.JobAsync(job)).State);
        var status = await daemon.Admin.CallAsync(ApplianceApi.Status, Cancel);
        Assert.Contains(status.Alarms, alarm => alarm.Code == "second-claimant");
    }

    [Fact]
    public void A_job_that_waits_for_words_until_its_window_is_over_says_so()
    {
        var job = JobRules.Expire(SampleJobs.Of(JobState.Waiting), SampleJobs.Now, isUncompared: true);

        Assert.Equal((JobOutcome.Skipped, "host-not-compared"), (job.Outcome, job.Fault!.Code));
        Assert.Equal(JobOutcome.Failed, JobRules.Expire(SampleJobs.Of(JobState.Waiting) with { StartedAt = SampleJobs.Now }, SampleJobs.Now, isUncompared: true).Outcome);
    }

    [Fact]
    public async Task A_configuration_is_not_open_to_everybody_and_strict()
    {
        await using var daemon = await StrictAsync();

        await TestRegistry.RefusedAsync("configuration-open-strict", () => daemon.Admin.CallAsync(ConfigurationApi.Change, new ConfigurationChange(OpenRestore: true), Cancel, "office"));
        await TestRegistry.RefusedAsync("configuration-open-strict", () => daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("x", OpenRestore: true, IsStrict: true), Cancel));
    }

    [Fact]
    public async Task An_old_job_of_the_host_does_not_stand_for_the_one_that_waits()
    {
        await using var daemon = await StrictAsync();
        var agent = await daemon.MeetAsync(1);
        var old = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        await daemon.Admin.CallAsync(JobApi.Cancel, Cancel, old);
        await daemon.StartJobAsync(JobKind.Hold, "pc01");
        await agent.PollAsync();

        await TestRegistry.RefusedAsync("pairing-nobody", () => PairAsync(daemon.Admin, old, PairingWords.Of(agent.Nonce, daemon.Key)));
        Assert.True((await agent.PollAsync()).ShowsWords);
    }

    [Fact]
    public async Task What_was_compared_holds_for_that_start_through_a_restart_of_the_appliance()
    {
        await using var daemon = await StrictAsync();
        var agent = await daemon.MeetAsync(1);
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        await agent.PollAsync();
        await PairAsync(daemon.Admin, job, PairingWords.Of(agent.Nonce, daemon.Key));
        await daemon.RestartAsync();
        daemon.Relogin(await daemon.LoginAsync(TestDaemon.Anna));
        await agent.HelloAsync();
        await agent.DoneAsync(await agent.TakeJobAsync());

        var next = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        Assert.Equal(next, (await agent.TakeJobAsync()).Id);
        await agent.DoneAsync(await agent.TakeJobAsync());
        var later = await daemon.MeetAsync(1);
        await daemon.StartJobAsync(JobKind.Hold, "pc01");
        Assert.True((await later.PollAsync()).ShowsWords);
    }

    [Fact]
    public async Task Operators_of_other_rooms_do_not_pair()
    {
        await using var daemon = await StrictAsync();
        await daemon.AddRoomAsync("r102");
        var agent = await daemon.MeetAsync(1);
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        await agent.PollAsync();
        var other = await daemon.AddOperatorAsync("otto", Role.RoomOperator, "r102");

        await TestRegistry.RefusedAsync("outside-your-rooms", () => PairAsync(daemon.As(other), job, PairingWords.Of(agent.Nonce, daemon.Key)));
    }

    private static async Task<TestDaemon> StrictAsync(TimeProvider? clock = null)
    {
        var daemon = await TestDaemon.StartAsync(clock);
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("office", IsStrict: true), Cancel);
        await daemon.AddHostAsync(1, "pc01", configuration: "office");
        return daemon;
    }

    private static Task<JobView> ViewAsync(TestDaemon daemon, string job) => daemon.Admin.CallAsync(JobApi.Show, Cancel, job);

    private static Task<JobView> PairAsync(ApiClient by, string job, string words) => by.CallAsync(JobApi.Pair, new Pairing(words), Cancel, job);
}
