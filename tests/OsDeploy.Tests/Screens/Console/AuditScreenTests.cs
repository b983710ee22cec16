using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Screens.Console;
using OsDeploy.Screens.Console.Audit;
using OsDeploy.Screens.Session;
using OsDeploy.Tests.Cli;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Tests;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

public sealed class AuditScreenTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_log_stands_newest_first_and_is_found_whole()
    {
        await using var run = await ScreenRun.StartAsync(AccountScreenTests.PrepareAsync);
        run.UntilShown("not checked yet");
        run.UntilShown("room-add");
        run.Look(screen => Golden.Check(Masked.Of(screen), "Audit"));
        run.Press(Key.F4);
        run.UntilShown("Every line follows from the one before");
        run.Press(Key.Enter);
        run.UntilShown("+ whole: nothing was changed");
        run.Type("/");
        run.Type("room r102");
        run.UntilGone("login");
        run.Press(Key.Enter, Key.Enter);
        run.UntilShown("Hash");
        run.Press(Key.Enter);
        run.Run(at => new AuditScreen(at));
    }

    [Fact]
    public async Task Older_lines_are_read_on_demand_and_new_ones_are_put_before_them()
    {
        await using var run = await ScreenRun.StartAsync();
        for (var i = 0; i < 250; i++)
        {
            await run.Daemon.AddRoomAsync($"r{i}");
        }

        var desk = new AuditDesk(run.Context, TimeZoneInfo.Utc);
        await desk.ReadAsync(Cancel);
        Assert.Equal((200, true), (desk.Lines.Count, desk.HasMore));
        await desk.ReadMoreAsync(Cancel);
        Assert.False(desk.HasMore);
        await run.Daemon.AddRoomAsync("last");
        await desk.ReadAsync(Cancel);

        Assert.Equal(Enumerable.Range(1, desk.Lines.Count).Reverse().Select(number => (long)number), desk.Lines.Select(line => line.Number));
        Assert.Equal(("last", false), (desk.Lines[0].Subject, desk.HasMore));
        Assert.Equal("osdeploy audit --count " + desk.Lines.Count, desk.Command.ToString());
    }

    [Fact]
    public async Task A_chain_that_is_broken_is_said_where_the_log_stands()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(AccountApi.Login, new LoginAnswer("token", new Operator("anna", Role.Admin, [], IsDisabled: false, []), StillClock.Now))
            .On(AccountApi.Audit, new AuditPage([new AuditLine(7, StillClock.Now, "operator:anna", "login", "anna", "", "0")], BrokenAt: 4));
        using var session = new ApplianceSession(server.Url, key: null, TimeProvider.System);
        await session.LoginAsync("anna", TestDaemon.Password, Cancel);
        var desk = new AuditDesk(new ConsoleContext(session, () => Snapshot.Empty), TimeZoneInfo.Utc);

        await desk.ReadAsync(Cancel);

        Assert.Equal("! BROKEN at line 4", desk.Verdict);
    }

    [Fact]
    public async Task Who_is_no_administrator_is_told_so()
    {
        await using var run = await ScreenRun.StartAsync(daemon => daemon.AddOperatorAsync("vera", Role.Viewer), "vera");
        run.UntilShown("Only an administrator may read the audit log.");
        run.Run(at => new AuditScreen(at));
    }
}
