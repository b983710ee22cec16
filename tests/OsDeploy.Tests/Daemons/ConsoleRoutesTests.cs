using System.Collections.Concurrent;
using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Tests.Images;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>What a console asks again and again, and therefore must be cheap.</summary>
public sealed class ConsoleRoutesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_brief_list_has_every_host_without_what_is_large()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.AddHostAsync(2, "pc02");
        var host = await daemon.AddHostAsync(1, "pc01");
        await daemon.MeetAsync(1);

        var brief = await daemon.Admin.AskAsync(HostApi.List, "brief=true", Cancel);
        var whole = await daemon.Admin.CallAsync(HostApi.List, Cancel);

        Assert.Equal(["pc01", "pc02"], brief.Select(view => view.Host.Name.ToString()));
        Assert.Equal((host.Host.Id, whole[0].Rev, whole[0].LastSeen), (brief[0].Host.Id, brief[0].Rev, brief[0].LastSeen));
        Assert.Null(brief[0].Host.Inventory);
        Assert.NotNull(whole[0].Host.Inventory);
    }

    [Fact]
    public async Task Who_was_heard_after_a_time_is_listed_alone()
    {
        var clock = new DaemonClock();
        await using var daemon = await TestDaemon.StartAsync(clock);
        await daemon.AddHostAsync(1, "pc01");
        var later = await daemon.AddHostAsync(2, "pc02");
        await daemon.MeetAsync(1);
        var between = clock.GetUtcNow();
        clock.Pass(TimeSpan.FromSeconds(1));
        await daemon.MeetAsync(2);

        Assert.Equal(2, (await daemon.Admin.CallAsync(HostApi.ListHeard, Cancel)).Count);
        var heard = Assert.Single(await daemon.Admin.AskAsync(HostApi.ListHeard, $"after={Uri.EscapeDataString(between.ToString("O"))}", Cancel));
        Assert.Equal(later.Host.Id, heard.Id);
        Assert.True(heard.At > between);
    }

    [Fact]
    public async Task A_room_proposes_the_names_nobody_has_in_their_order()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.Admin.CallAsync(HostApi.AddRoom, new NewRoom("r101", NamePattern: "r1-pc#"), Cancel);
        await daemon.AddHostAsync(1, "R1-PC2", "r101");

        Assert.Equal(["r1-pc1", "r1-pc3", "r1-pc4"], (await daemon.Admin.AskAsync(HostApi.ListFreeNames, "count=3", Cancel, "r101")).Select(name => name.ToString()));
        Assert.Equal("r1-pc1", Assert.Single(await daemon.Admin.CallAsync(HostApi.ListFreeNames, Cancel, "r101")).ToString());
        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => daemon.Admin.CallAsync(HostApi.ListFreeNames, Cancel, "r999"));
        Assert.Equal("room-missing", refusal.Code);
    }

    [Fact]
    public async Task Progress_is_that_of_the_running_jobs()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.AddHostAsync(1, "pc01");
        await daemon.AddHostAsync(2, "pc02");
        var agent = await daemon.MeetAsync(1);
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        await daemon.StartJobAsync(JobKind.Hold, "pc02");
        Assert.Empty(await daemon.Admin.CallAsync(JobApi.ListProgress, Cancel));

        var order = await agent.TakeJobAsync();
        await agent.ReportAsync(order);

        var pulse = Assert.Single(await daemon.Admin.CallAsync(JobApi.ListProgress, Cancel));
        Assert.Equal((job, new JobProgressView("write", 1, 2, 3, "disk")), (pulse.Job, pulse.Progress));
        await agent.DoneAsync(order);
        Assert.Empty(await daemon.Admin.CallAsync(JobApi.ListProgress, Cancel));
    }

    [Fact]
    public async Task Whoever_listens_hears_of_versions_that_come_and_go()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var image = SampleImage.Of([1, 2, 3], "win11");
        var heard = new BlockingCollection<Event>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var opened = new TaskCompletionSource();
        var listening = daemon.Admin.ListenAsync(opened.SetResult, heard.Add, stop.Token);
        await opened.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancel);

        await daemon.StoreAsync(image);
        await daemon.SendAsync(StoreApi.SetCurrent, daemon.Token, null, image.Version.ToString());
        await daemon.SendAsync(StoreApi.DeleteVersion, daemon.Token, null, image.Version.ToString());

        for (var i = 0; i < 3; i++)
        {
            Assert.True(heard.TryTake(out var one, TimeSpan.FromSeconds(10)));
            Assert.Equal(("version", image.Version.ToString()), (one.Kind, one.Id));
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);
    }

    [Fact]
    public async Task The_stream_of_a_server_that_stops_ends()
    {
        var daemon = await TestDaemon.StartAsync();
        var opened = new TaskCompletionSource();
        using var client = new ApiClient(daemon.Address, TimeProvider.System, new ConnectionOptions { ServerKey = daemon.Key, Token = daemon.Token }.Once());
        var listening = client.ListenAsync(opened.SetResult, _ => { }, Cancel);
        await opened.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancel);

        await daemon.DisposeAsync();

        await listening.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
    }
}
