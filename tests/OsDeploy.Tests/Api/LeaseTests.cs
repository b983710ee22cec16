using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OsDeploy.Api;
using OsDeploy.Images;
using OsDeploy.Server.Api;
using Xunit;

namespace OsDeploy.Tests.Api;

public sealed class LeaseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_capture_that_is_given_up_ends_its_lease()
    {
        await using var appliance = await TestAppliance.StartAsync();
        await using var store = appliance.Connect();
        await using (await BeginAsync(store))
        {
            Assert.Equal(0, appliance.Store.Ended.CurrentCount);
        }

        Assert.Equal(1, appliance.Store.Ended.CurrentCount);
    }

    [Fact]
    public async Task A_capture_that_is_silent_for_a_day_is_ended()
    {
        var serverTime = new JumpingTime();
        await using var appliance = await TestAppliance.StartAsync(serverTime);
        await using var store = appliance.Connect();
        await using var silent = await BeginAsync(store);
        serverTime.Advance(StoreApi.LeaseLife - TimeSpan.FromMinutes(1));
        await using var fresh = await BeginAsync(store);
        Assert.Equal(0, appliance.Store.Ended.CurrentCount);
        serverTime.Advance(TimeSpan.FromMinutes(20));
        await appliance.Store.Ended.WaitAsync(Cancel);
        Assert.Equal(0, appliance.Store.Ended.CurrentCount);
    }

    [Fact]
    public async Task A_heartbeat_brings_the_lease_back_to_a_restarted_server()
    {
        var agentTime = new JumpingTime();
        await using var appliance = await TestAppliance.StartAsync();
        await using var store = appliance.Connect(agentTime);
        await using var lease = await BeginAsync(store);
        await appliance.KillAsync();
        await appliance.StartAgainAsync();
        agentTime.Advance(StoreApi.HeartbeatEvery);
        await appliance.Store.Begun.WaitAsync(Cancel);
    }

    [Fact]
    public async Task A_heartbeat_that_was_refused_is_followed_by_the_next()
    {
        using var beats = new SemaphoreSlim(0);
        var heard = 0;
        await using var appliance = await TestAppliance.StartAsync(before: app => app.Use(async (context, next) =>
        {
            if (HttpMethods.IsPut(context.Request.Method) && ++heard == 2)
            {
                await Problems.WriteAsync(context, Errors.StoreBusy("/srv/store", "it is being pruned"));
            }
            else
            {
                await next(context);
            }

            beats.Release();
        }));
        var agentTime = new JumpingTime();
        await using var store = appliance.Connect(agentTime);
        await using var lease = await BeginAsync(store);
        await beats.WaitAsync(Cancel);
        for (var beat = 2; beat <= 3; beat++)
        {
            agentTime.Advance(StoreApi.HeartbeatEvery);
            Assert.True(await beats.WaitAsync(TimeSpan.FromMinutes(1), Cancel), $"beat {beat} was not heard");
        }
    }

    [Fact]
    public async Task A_prune_now_ends_only_captures_whose_agent_must_have_given_up()
    {
        var serverTime = new JumpingTime();
        await using var appliance = await TestAppliance.StartAsync(serverTime);
        await using var store = appliance.Connect();
        await using var silent = await BeginAsync(store);
        Assert.Equal("store-busy", await RefusalOfPruneAsync(store, now: true));
        serverTime.Advance(StoreApi.AgentGivesUpAfter + StoreApi.HeartbeatEvery);
        Assert.Equal("store-busy", await RefusalOfPruneAsync(store, now: false));
        Assert.Null(await RefusalOfPruneAsync(store, now: true));
        Assert.Equal(1, appliance.Store.Ended.CurrentCount);
    }

    [Fact]
    public async Task More_captures_than_the_server_takes_are_refused()
    {
        await using var appliance = await TestAppliance.StartAsync();
        await using var store = appliance.Connect();
        var leases = new List<ICaptureLease>();
        for (var i = 0; i < StoreApi.MaxLeases; i++)
        {
            leases.Add(await BeginAsync(store));
        }

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => BeginAsync(store));
        Assert.Equal("too-many-captures", refusal.Code);
        await leases[7].DisposeAsync();
        leases[7] = await BeginAsync(store);
        foreach (var lease in leases)
        {
            await lease.DisposeAsync();
        }
    }

    private static Task<ICaptureLease> BeginAsync(HttpImageStore store) => store.BeginCaptureAsync(ImageKind.Image, ImageName.Parse("lab"), Cancel);

    private static async Task<string?> RefusalOfPruneAsync(HttpImageStore store, bool now) =>
        (await Record.ExceptionAsync(() => store.PruneAsync(new PruneOptions(now, DryRun: false), Cancel)) as UserErrorException)?.Code;
}
