using OsDeploy.Api;
using OsDeploy.Screens.Words;
using OsDeploy.Tui.Input;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

/// <summary>What an admin does at the console, by keys alone, against a real daemon.</summary>
public sealed class ConsoleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_password_keeps_the_name_and_asks_again()
    {
        await using var run = await ConsoleRun.StartAsync();
        run.UntilShown("Log in");
        run.Type("anna");
        run.Press(Key.Tab);
        run.Type("wrong");
        run.Press(Key.Enter);
        run.UntilShown("the name or the password is wrong");
        run.Press(Key.Enter);
        run.Look(text => Assert.Contains("anna", text, StringComparison.Ordinal));
        for (var i = 0; i < "wrong".Length; i++)
        {
            run.Press(Key.Backspace);
        }

        run.Type(Daemons.TestDaemon.Password);
        run.Press(Key.Enter);
        run.UntilShown("0 hosts in all");
        run.Run();
    }

    [Fact]
    public async Task The_overview_says_what_needs_a_person_and_opens_it()
    {
        await using var run = await ConsoleRun.StartAsync();
        await run.Daemon.AddRoomAsync("r1");
        await run.Daemon.AddHostAsync(1, "r1-01", "r1");
        await run.Daemon.MeetAsync(7);
        run.Login();
        run.UntilShown("without a configuration");
        run.Golden("overview");
        run.Press(Key.Enter);
        run.UntilShown("wait to be registered");
        run.Golden("pending");
        run.Press(Key.Esc);
        run.UntilShown("Overview");
        run.Run();
    }

    [Fact]
    public async Task A_pending_computer_becomes_a_host_with_the_name_its_room_proposes()
    {
        await using var run = await ConsoleRun.StartAsync();
        await run.Daemon.AddRoomAsync("r1");
        await run.Daemon.MeetAsync(7);
        run.Login();
        run.UntilShown("1 computer");
        run.Press(Key.Enter);
        run.UntilShown("wait to be registered");
        run.Press(Key.F2);
        run.UntilShown("(1/2)");
        run.Press(Key.Tab, Key.Tab, Key.Tab, Key.Enter);
        run.UntilShown("(2/2)");
        run.Golden("register");
        run.Press(Key.Enter);
        run.UntilShown("1 host in all");
        run.Run();
        var host = Assert.Single(await run.Daemon.Admin.CallAsync(HostApi.List, Cancel));
        Assert.Equal(("r1-01", "r1"), (host.Host.Name.ToString(), host.Host.Room));
    }

    [Fact]
    public async Task Hosts_are_filtered_as_one_types_marked_and_edited_together()
    {
        await using var run = await ConsoleRun.StartAsync();
        await run.Daemon.AddRoomAsync("r1");
        await run.Daemon.AddRoomAsync("r2");
        foreach (var number in Enumerable.Range(1, 5))
        {
            await run.Daemon.AddHostAsync(number, $"r1-0{number}", "r1");
        }

        run.Login();
        run.UntilShown("5 hosts in all");
        OpenHosts(run);
        run.UntilShown("r1-05");
        run.Golden("hosts");
        run.Type("/");
        run.Type("-02");
        run.Look(text => Assert.DoesNotContain("r1-01", text, StringComparison.Ordinal));
        run.Press(Key.Enter, Key.Space, Key.Esc);
        run.UntilShown("1 marked, 5 of 5");
        run.Press(Key.End, Key.Space);
        run.UntilShown("2 marked, 5 of 5");
        run.Press(Key.F4);
        run.UntilShown("r1-02, r1-05");
        run.Press(Key.CursorRight, Key.CursorRight, Key.CursorRight);
        run.UntilShown("[ r2 v ]");
        run.Press(Key.Tab, Key.Tab, Key.Tab, Key.Tab, Key.Enter);
        run.Until(async () => (await run.Daemon.Admin.CallAsync(HostApi.List, Cancel)).Count(view => view.Host.Room == "r2") == 2);
        run.Run();
    }

    [Fact]
    public async Task A_restart_is_previewed_started_and_watched()
    {
        await using var run = await ConsoleRun.StartAsync();
        await run.Daemon.AddRoomAsync("r1");
        await run.Daemon.AddHostAsync(1, "r1-01", "r1");
        var agent = await run.Daemon.MeetAsync(1);
        await agent.PollAsync();
        run.Login();
        run.UntilShown("1 host in all");
        OpenHosts(run);
        run.UntilShown("r1-01");
        run.Press(Key.F2);
        run.UntilShown("(1/");
        run.Press(Key.Enter, Key.CursorDown, Key.CursorDown, Key.Enter);
        run.UntilShown("[ Restart v ]");
        run.Press(Key.Tab, Key.Tab, Key.Enter);
        run.UntilShown("(2/");
        run.Press(Key.Tab, Key.Tab, Key.Tab, Key.Tab, Key.Enter);
        run.UntilShown("(3/");
        run.Golden("job-preview");
        run.Press(new Key('s').WithAlt);
        run.UntilShown("Batch 1");
        run.Until(async () => (await run.Daemon.Admin.CallAsync(JobApi.List, Cancel)).Count == 1);
        run.UntilShown(". waiting");
        run.Golden("batch");
        run.Run();
    }

    [Fact]
    public async Task What_another_thread_speaks_leaves_the_screens_as_they_are()
    {
        await using var run = await ConsoleRun.StartAsync();
        await run.Daemon.AddHostAsync(1, "r1-01");
        run.Login();
        run.UntilShown("1 host in all");
        OpenHosts(run);
        run.UntilShown("r1-01");
        run.Look(_ =>
        {
            var other = new Thread(() => Language.Use(Language.French));
            other.Start();
            other.Join();
        });
        run.Press(Key.F2);
        run.UntilShown("(1/");
        run.Press(Key.Esc);
        run.Run();
    }

    [Theory]
    [InlineData("de", "Anmeld", "0 Rechner")]
    [InlineData("fr", "Connexion", "0 poste")]
    public async Task Other_languages_speak_throughout(string code, string login, string overview)
    {
        await using var run = await ConsoleRun.StartAsync(Language.Find(code));
        run.UntilShown(login);
        run.Login();
        run.UntilShown(overview);
        run.Run();
    }

    private static void OpenHosts(ConsoleRun run)
    {
        run.Press(Key.F9, Key.CursorDown, Key.Enter);
    }
}
