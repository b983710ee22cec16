using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Images;
using Xunit;

namespace OsDeploy.Tests.Screens.Session;

public sealed class ApplianceFeedTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_there_is_is_read_once_and_changes_follow()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.AddRoomAsync("r101");
        var first = await daemon.AddHostAsync(1, "pc01", "r101");
        await using var console = await TestConsole.OpenAsync(daemon);
        Assert.Equal("pc01", console.Now.Hosts[first.Host.Id].Host.Name.ToString());
        Assert.Equal("r101", console.Now.Room("R101")?.Room.Name);
        Assert.NotNull(console.Now.Status);

        await daemon.Admin.CallAsync(HostApi.Change, new HostChange(Notes: "window"), Cancel, "pc01");
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("win11"), Cancel);
        await console.UntilAsync(now => now.Hosts[first.Host.Id].Host.Notes == "window" && now.Configuration("win11") is not null);

        await daemon.MeetAsync(9);
        await daemon.StoreAsync(SampleImage.Of([1, 2, 3], "win11"));
        await console.UntilAsync(now => now.Pending.Count == 1 && now.Versions.Count == 1 && now.Status?.Pending == 1);

        await daemon.Admin.CallAsync(HostApi.Delete, Cancel, "pc01");
        await console.UntilAsync(now => now.Hosts.Count == 0);
    }

    [Fact]
    public async Task A_job_is_followed_from_its_start_to_its_end()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var host = await daemon.AddHostAsync(1, "pc01");
        var agent = await daemon.MeetAsync(1);
        await using var console = await TestConsole.OpenAsync(daemon);

        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        await console.UntilAsync(now => now.ActiveJobOf(host.Host.Id)?.Job.State == JobState.Waiting);
        var order = await agent.TakeJobAsync();
        await agent.ReportAsync(order);
        await console.UntilAsync(now => now.Jobs[job].Progress == new JobProgressView("write", 1, 2, 3, "disk"));
        await agent.DoneAsync(order);

        var end = await console.UntilAsync(now => now.Jobs[job].Job.Outcome == JobOutcome.Verified && now.Batches is [{ Verified: 1 }]);
        Assert.Empty(end.ActiveJobs);
    }

    [Fact]
    public async Task Many_changes_at_once_are_read_together()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var console = await TestConsole.OpenAsync(daemon);
        var published = 0;
        console.Feed.Changed += (_, _) => published++;

        for (var i = 1; i <= 60; i++)
        {
            await daemon.AddHostAsync(i, $"pc{i}");
        }

        await daemon.StartJobsAsync(JobKind.Hold, [.. Enumerable.Range(1, 60).Select(i => $"pc{i}")]);
        var now = await console.UntilAsync(now => now.Hosts.Count == 60 && now.ActiveJobs.Count() == 60);

        Assert.True(published < 60, $"{published} snapshots");
        Assert.Equal(60, now.JobsOf(now.Batches[0].Batch.Id).Count);
    }

    [Fact]
    public async Task An_appliance_that_is_restarted_is_found_again_and_the_screen_stays()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.AddHostAsync(1, "pc01");
        await using var console = await TestConsole.OpenAsync(daemon);

        await daemon.RestartAsync();
        await daemon.AddHostAsync(2, "pc02");

        var now = await console.UntilAsync(now => now.Hosts.Count == 2);
        Assert.Null(now.LostSince);
        Assert.Equal(TestDaemon.Anna, console.Session.Operator?.Name);
    }

    [Fact]
    public async Task While_nobody_answers_the_last_picture_stays_and_says_since_when()
    {
        var daemon = await TestDaemon.StartAsync();
        await daemon.AddHostAsync(1, "pc01");
        await using var console = await TestConsole.OpenAsync(daemon);

        await daemon.DisposeAsync();

        var now = await console.UntilAsync(now => now.LostSince is not null);
        Assert.Single(now.Hosts);
    }

    [Fact]
    public async Task When_the_session_ends_the_feed_waits_for_the_next_login()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using var console = await TestConsole.OpenAsync(daemon);
        var ended = new TaskCompletionSource();
        console.Session.Changed += (_, _) => ended.TrySetResult();

        await console.Session.Api!.CallAsync(AccountApi.Logout, Cancel);
        await daemon.AddRoomAsync("r101"); // the next event is where the stream ends
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        Assert.Null(console.Session.Operator);

        await console.Session.LoginAsync(TestDaemon.Anna, TestDaemon.Password, Cancel);
        await console.UntilAsync(now => now.Rooms.Count == 1);
    }
}
