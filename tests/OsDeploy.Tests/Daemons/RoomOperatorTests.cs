using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Tests.Hosts;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>A teacher with two rooms.</summary>
public sealed class RoomOperatorTests
{
    private static readonly JobKind[] s_kinds = [JobKind.Restore, JobKind.Reboot, JobKind.Hold];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restores_restarts_and_holds_hosts_of_its_own_rooms_and_nothing_else()
    {
        await using var daemon = await ThreeRoomsAsync();
        var rosa = daemon.As(await daemon.AddOperatorAsync("rosa", Role.RoomOperator, "r101", "R102"));
        foreach (var kind in Enum.GetValues<JobKind>().Except(s_kinds))
        {
            await TestRegistry.RefusedAsync("not-allowed", () => TestDaemon.StartJobsAsync(rosa, kind, "pc01"));
        }

        foreach (var kind in s_kinds)
        {
            await TestRegistry.RefusedAsync("outside-your-rooms", () => TestDaemon.StartJobsAsync(rosa, kind, "pc03"));
            await TestRegistry.RefusedAsync("outside-your-rooms", () => TestDaemon.StartJobsAsync(rosa, kind, "pc04"));
            await TestRegistry.RefusedAsync("outside-your-rooms", () => TestDaemon.StartJobsAsync(rosa, kind, "pc0*"));
        }

        Assert.Empty(await daemon.Admin.CallAsync(JobApi.List, Cancel));
        var answer = await TestDaemon.StartJobsAsync(rosa, JobKind.Hold, "pc01", "pc02");
        Assert.All(answer.Hosts, host => Assert.Null(host.Obstacle));
    }

    [Fact]
    public async Task Cancels_and_retries_only_jobs_that_it_could_have_started()
    {
        await using var daemon = await ThreeRoomsAsync();
        var rosa = daemon.As(await daemon.AddOperatorAsync("rosa", Role.RoomOperator, "r101"));
        await daemon.MeetAsync(2);
        var (own, foreign, erase) = (await daemon.StartJobAsync(JobKind.Hold, "pc01"), await daemon.StartJobAsync(JobKind.Hold, "pc03"), await daemon.StartJobAsync(JobKind.Erase, "pc02"));
        await daemon.Admin.CallAsync(HostApi.Change, new HostChange(Room: "r101"), Cancel, "pc02");
        await TestRegistry.RefusedAsync("outside-your-rooms", () => rosa.CallAsync(JobApi.Cancel, Cancel, foreign));
        await TestRegistry.RefusedAsync("not-allowed", () => rosa.CallAsync(JobApi.Cancel, Cancel, erase));
        await TestRegistry.RefusedAsync("not-allowed", () => rosa.CallAsync(JobApi.ChooseDisks, new DiskChoice([new DiskBinding(1, "DISK2", null, null, 0)]), Cancel, erase));
        await daemon.Admin.CallAsync(JobApi.Cancel, Cancel, foreign);
        await TestRegistry.RefusedAsync("outside-your-rooms", () => rosa.CallAsync(JobApi.Retry, Cancel, foreign));
        await rosa.CallAsync(JobApi.Cancel, Cancel, own);
        await rosa.CallAsync(JobApi.Retry, Cancel, own);

        // A host that has moved is the business of whoever has its room now.
        await daemon.Admin.CallAsync(HostApi.Change, new HostChange(Room: "r103"), Cancel, "pc01");
        await TestRegistry.RefusedAsync("outside-your-rooms", () => rosa.CallAsync(JobApi.Cancel, Cancel, own));
    }

    [Fact]
    public async Task Keeps_its_right_when_a_room_is_renamed_and_loses_it_when_the_room_is_gone()
    {
        await using var daemon = await ThreeRoomsAsync();
        var rosa = daemon.As(await daemon.AddOperatorAsync("rosa", Role.RoomOperator, "r101"));
        await daemon.Admin.CallAsync(HostApi.ChangeRoom, new RoomChange(Name: "Physik"), Cancel, "r101");
        await daemon.Admin.CallAsync(HostApi.ChangeRoom, new RoomChange(Name: "r101"), Cancel, "r103");
        Assert.Equal(["Physik"], (await rosa.CallAsync(AccountApi.Self, Cancel)).Rooms);
        Assert.NotNull((await TestDaemon.StartJobsAsync(rosa, JobKind.Hold, "pc01")).Batch);
        await TestRegistry.RefusedAsync("outside-your-rooms", () => TestDaemon.StartJobsAsync(rosa, JobKind.Hold, "pc03"));

        await daemon.Admin.CallAsync(HostApi.DeleteRoom, Cancel, "Physik");
        await daemon.AddRoomAsync("Physik");
        await daemon.Admin.CallAsync(HostApi.Change, new HostChange(Room: "Physik"), Cancel, "pc02");
        await TestRegistry.RefusedAsync("outside-your-rooms", () => TestDaemon.StartJobsAsync(rosa, JobKind.Hold, "pc02"));
    }

    private static async Task<TestDaemon> ThreeRoomsAsync()
    {
        var daemon = await TestDaemon.StartAsync();
        for (var number = 1; number <= 3; number++)
        {
            await daemon.AddRoomAsync($"r10{number}");
            await daemon.AddHostAsync(number, $"pc0{number}", $"r10{number}");
        }

        await daemon.AddHostAsync(4, "pc04");
        return daemon;
    }
}
