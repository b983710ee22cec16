using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Session;
using OsDeploy.Tests.Daemons;
using Xunit;

namespace OsDeploy.Tests.Screens.Session;

public sealed class ApplianceSessionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_logs_in_works_and_logs_out()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var session = new ApplianceSession(daemon.Address, daemon.Key, TimeProvider.System);
        var changes = 0;
        session.Changed += (_, _) => changes++;
        Assert.False(session.May(Right.View));

        await session.LoginAsync(TestDaemon.Anna, TestDaemon.Password, Cancel);
        await session.CallAsync(HostApi.AddRoom, new NewRoom("r101"), Cancel);

        Assert.Equal(("r101", Role.Admin, 1), (Assert.Single(await session.CallAsync(HostApi.ListRooms, Cancel)).Room.Name, session.Operator?.Role, changes));
        await session.LogoutAsync(Cancel);
        Assert.Equal((null, null, 2), (session.Operator, session.Api, changes));
        Assert.Equal("logged-out", (await Assert.ThrowsAsync<UserErrorException>(() => session.CallAsync(HostApi.ListRooms, Cancel))).Code);
    }

    [Fact]
    public async Task A_wrong_password_says_so_and_leaves_nobody_logged_in()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var session = new ApplianceSession(daemon.Address, daemon.Key, TimeProvider.System);

        Assert.Equal("login-failed", (await Assert.ThrowsAsync<UserErrorException>(() => session.LoginAsync(TestDaemon.Anna, "wrong", Cancel))).Code);
        Assert.Null(session.Operator);
    }

    [Fact]
    public async Task A_session_that_has_ended_is_renewed_once_and_every_request_goes_on()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var session = new ApplianceSession(daemon.Address, daemon.Key, TimeProvider.System);
        await session.LoginAsync(TestDaemon.Anna, TestDaemon.Password, Cancel);
        await daemon.AddRoomAsync("r101");
        var asked = 0;
        session.AskLogin = async cancel =>
        {
            asked++;
            await session.LoginAsync(TestDaemon.Anna, TestDaemon.Password, cancel);
            return true;
        };
        await session.Api!.CallAsync(AccountApi.Logout, Cancel); // as if by another's hand

        var answers = await Task.WhenAll(session.CallAsync(HostApi.ListRooms, Cancel), session.CallAsync(HostApi.ListRooms, Cancel));

        Assert.All(answers, rooms => Assert.Equal("r101", Assert.Single(rooms).Room.Name));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Whoever_would_rather_not_log_in_again_is_told_that_nothing_was_done()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var session = new ApplianceSession(daemon.Address, daemon.Key, TimeProvider.System) { AskLogin = _ => Task.FromResult(false) };
        await session.LoginAsync(TestDaemon.Anna, TestDaemon.Password, Cancel);
        await session.Api!.CallAsync(AccountApi.Logout, Cancel);

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => session.CallAsync(HostApi.AddRoom, new NewRoom("r101"), Cancel));

        Assert.Equal("logged-out", refusal.Code);
        Assert.Empty(await daemon.Admin.CallAsync(HostApi.ListRooms, Cancel));
    }

    [Fact]
    public async Task An_appliance_that_is_away_is_named_and_another_key_is_not_trusted()
    {
        var daemon = await TestDaemon.StartAsync();
        await using var other = await TestDaemon.StartAsync();
        using var impostor = new ApplianceSession(other.Address, daemon.Key, TimeProvider.System);
        using var session = new ApplianceSession(daemon.Address, daemon.Key, TimeProvider.System);
        await daemon.DisposeAsync();

        Assert.Equal("appliance-unreachable", (await Assert.ThrowsAsync<UserErrorException>(() => session.LoginAsync("a", "b", Cancel))).Code);
        Assert.Equal("store-not-trusted", (await Assert.ThrowsAsync<UserErrorException>(() => impostor.LoginAsync("a", "b", Cancel))).Code);
    }

    [Fact]
    public void A_console_nobody_touches_is_idle_after_a_quarter_of_an_hour()
    {
        var clock = new DaemonClock();
        using var session = new ApplianceSession("unix:/nowhere.sock", null, clock);
        clock.Pass(TimeSpan.FromMinutes(14));
        session.Touch();
        clock.Pass(TimeSpan.FromMinutes(14));
        Assert.False(session.IsIdle);
        clock.Pass(TimeSpan.FromMinutes(1));
        Assert.True(session.IsIdle);
    }
}
