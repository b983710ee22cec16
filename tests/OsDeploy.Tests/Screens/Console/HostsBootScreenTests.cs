using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Tests;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

/// <summary>How marked hosts start, from the table of hosts.</summary>
public sealed class HostsBootScreenTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Marked_hosts_get_options_together_and_a_preview_names_them()
    {
        await using var run = await StartAsync();
        run.UntilShown("pc03");
        run.Press(Key.Space, Key.CursorDown, Key.Space, Key.F12);
        run.UntilShown("Options of all their starts");
        run.Press(Key.Enter);
        run.UntilShown("Starts of 2 hosts (1/2)");
        run.Look(screen => Golden.Check(screen, "HostsBoot"));
        run.Press(Key.CursorRight, Key.CursorRight);
        run.Alt('n');
        run.UntilShown("What would change (2/2)");
        run.Look(screen => Golden.Check(screen, "HostsBootPreview"));
        run.Alt('s');
        run.UntilShown("The starts are set.");
        run.Run(at => new HostsScreen(at));

        Assert.Equal(
            [new BootOptions(Menu: BootMenu.OnKey), new BootOptions(Menu: BootMenu.OnKey, Language: "fr"), null],
            (await run.Daemon.Admin.CallAsync(HostApi.List, Cancel)).Select(view => view.Host.Boot));
    }

    [Fact]
    public async Task Marked_hosts_start_something_else_once()
    {
        await using var run = await StartAsync();
        run.UntilShown("pc03");
        run.Press(Key.F6, Key.F12);
        run.UntilShown("Their next start, once");
        run.Press(Key.CursorDown, Key.Enter);
        run.UntilShown("Next start of 3 hosts");
        run.Look(screen => Golden.Check(screen, "HostsNext"));
        run.Alt('s');
        run.UntilShown("The next start is set.");
        run.Run(at => new HostsScreen(at));

        Assert.Equal(["pc01", "pc02", "pc03"], (await run.Daemon.Admin.CallAsync(BootApi.ListNext, Cancel)).Select(next => next.Name));
    }

    [Fact]
    public async Task One_host_is_asked_about_as_on_its_own_page_and_lists_have_a_key()
    {
        await using var run = await StartAsync();
        run.UntilShown("pc03");
        run.Press(Key.F12);
        run.UntilShown("Options of all their starts");
        run.Press(Key.Enter);
        run.UntilShown("Starts of pc01");
        run.Press(Key.Esc);
        run.UntilGone("Starts of pc01");
        run.Press(Key.F11);
        run.UntilShown("Export all hosts");
        run.Press(Key.CursorDown, Key.Enter);
        run.UntilShown("hosts-");
        run.Press(Key.Esc);
        run.Run(at => new HostsScreen(at));
    }

    private static Task<ScreenRun> StartAsync() => ScreenRun.StartAsync(async daemon =>
    {
        await daemon.AddHostAsync(1, "pc01");
        await daemon.AddHostAsync(2, "pc02");
        await daemon.AddHostAsync(3, "pc03");
        await daemon.Admin.CallAsync(HostApi.Change, new HostChange(Boot: new BootOptions(Menu: BootMenu.Never, Language: "fr")), Cancel, "pc02");
    });
}
