using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Helper;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Console.Network;
using OsDeploy.Tests.Boot;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Hosts;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Tests;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

public sealed class NetworkScreenTests
{
    // Of a key and a build that are new each time, of the ports, and of the cards this computer has.
    private const string OfThisRun = @"([a-z]{5} ){3}[a-z]{5}|https?://127\.0\.0\.1:\d+|\b[0-9a-f]{16}\b|/tmp/osdeploy-test-[^ ]*";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Starts_are_seen_as_they_happen_and_one_that_was_stopped_is_tried_again()
    {
        var clock = new DaemonClock();
        await using var run = await StartAsync(clock);
        run.UntilShown("Start by network");
        run.UntilShown("0 starts");
        run.Terminal.Then(() => AskFor(run, 2));
        run.UntilShown("nobody registered it");
        run.Terminal.Then(() => Loop(run, clock));
        run.UntilShown("3 starts, no word");
        run.Look(screen => Golden.Check(Masked.Of(screen, OfThisRun), "Network"));
        run.Press(Key.CursorDown, Key.F4);
        run.UntilShown("Its starts were not stopped.");
        run.Press(Key.Home, Key.Enter);
        run.UntilShown("Start of pc01");
        run.UntilShown("local-disk: it was started 3 times");
        run.Look(screen => Golden.Check(Masked.Of(screen, OfThisRun), "NetworkSteps"));
        run.Press(Key.F4);
        run.UntilShown("Start it for its job again?");
        run.Alt('t');
        run.UntilShown("pc01 is started for its job again.");
        run.Terminal.Then(() => AskFor(run, 1));
        run.Press(Key.Esc);
        run.UntilShown("> ");
        run.Run(at => new NetworkScreen(at));

        Assert.Empty((await run.Daemon.Admin.CallAsync(BootApi.State, Cancel)).Stopped);
    }

    [Fact]
    public async Task A_start_once_is_said_for_the_host_of_a_start_and_shown_until_it_is_used_up()
    {
        var clock = new DaemonClock();
        await using var run = await StartAsync(clock);
        run.UntilShown("0 starts");
        run.Terminal.Then(() => AskFor(run, 2));
        run.UntilShown("nobody registered it");
        run.Press(Key.F8);
        run.UntilShown("Nobody has registered this computer.");
        run.Terminal.Then(() => AskFor(run, 1));
        run.UntilShown("pc01");
        run.Press(Key.Home, Key.F8);
        run.UntilShown("Next start of 1 host");
        run.Press(Key.CursorRight);
        run.UntilShown("[ the own disk v ]");
        run.Alt('s');
        run.UntilShown("The next start is set.");
        run.UntilShown("pc01: the own disk (anna)");
        run.Terminal.Then(() =>
        {
            clock.Pass(TimeSpan.FromMinutes(2));
            AskFor(run, 1);
        });
        run.UntilShown("once, by anna, 08:");
        run.UntilGone("pc01: the own disk (anna)");
        run.Run(at => new NetworkScreen(at));
    }

    [Fact]
    public async Task The_steps_of_a_start_grow_while_somebody_looks()
    {
        await using var run = await StartAsync(new DaemonClock());
        run.UntilShown("0 starts");
        run.Terminal.Then(() => AskFor(run, 2));
        run.UntilShown("###... script");
        run.Press(Key.Enter);
        run.UntilShown("Steps");
        run.Terminal.Then(() => Speak(run));
        run.UntilShown("agent");
        run.UntilShown("nobody has registered it");
        run.Press(Key.Esc);
        run.UntilShown("#####. agent");
        run.Run(at => new NetworkScreen(at));
    }

    [Fact]
    public async Task A_second_dhcp_server_is_asked_about_before_this_becomes_one()
    {
        await using var run = await ScreenRun.StartAsync(
            daemon => daemon.Admin.CallAsync(
                BootApi.Change, new BootSettingsChange(new BootSettings { Interface = "lo", RangeFirst = "127.0.0.100", RangeLast = "127.0.0.200" }, 0), Cancel),
            isBooting: true);
        await using var helper = new StubHelper(run.Daemon.HelperSocket) { Neighbours = "127.0.0.9 dhcp\n127.0.0.8 pxe" };
        run.UntilShown("not looked for");
        run.Press(Key.F2);
        run.UntilShown("Start over the network (1/2)");
        run.Press(Key.CursorLeft);
        run.UntilShown("Minutes an address is given");
        run.Look(screen => Golden.Check(Masked.Of(screen, OfThisRun), "NetworkService"));
        run.Alt('n');
        run.UntilShown("off -> as the DHCP server");
        run.Look(screen => Golden.Check(Masked.Of(screen, OfThisRun), "NetworkPreview"));
        run.Alt('s');
        run.UntilShown("Another DHCP server answers");
        run.Press(Key.Enter);
        run.UntilShown("Be one all the same");
        run.Look(_ => Assert.DoesNotContain(helper.Requests, request => request is DnsmasqApplyRequest));
        run.Look(screen => Golden.Check(Masked.Of(screen, OfThisRun), "NetworkOther"));
        run.Press(Key.Space);
        run.UntilShown("Be one all the same  [x]");
        run.Alt('s');
        run.UntilShown("127.0.0.8 also tells computers what to start");
        run.Press(Key.Enter);
        run.UntilShown("The starts are set.");
        run.UntilShown("127.0.0.100 to 127.0.0.200");
        run.Run(at => new NetworkScreen(at));

        Assert.Equal(BootMode.Dhcp, (await run.Daemon.Admin.CallAsync(BootApi.Settings, Cancel)).Settings.Mode);
        Assert.Contains(helper.Requests, request => request is DnsmasqApplyRequest);
    }

    [Fact]
    public async Task Options_are_previewed_and_nothing_is_kept_of_what_was_left()
    {
        await using var run = await StartAsync(new DaemonClock());
        run.UntilShown("0 starts");
        run.Press(Key.F3);
        run.UntilShown("Options of all starts (1/2)");
        run.Look(screen => Golden.Check(Masked.Of(screen, OfThisRun), "NetworkOptions"));
        run.Alt('n');
        run.UntilShown("Nothing is different from what it was.");
        run.Press(Key.Enter);
        run.Press(Key.Tab, Key.CursorRight);
        run.UntilShown("[ the menu v ]");
        run.Alt('n');
        run.UntilShown("the tool, to be registered -> the menu");
        run.Press(Key.Esc);
        run.UntilGone("the tool, to be registered -> the menu");
        run.Press(Key.F3);
        run.UntilShown("Options of all starts (1/2)");
        run.Press(Key.CursorLeft);
        run.Alt('n');
        run.UntilShown("the tool, to be registered -> their own disk");
        run.Alt('s');
        run.UntilShown("The starts are set.");
        run.Run(at => new NetworkScreen(at));

        Assert.Equal(UnknownHosts.Disk, (await run.Daemon.Admin.CallAsync(BootApi.Settings, Cancel)).Settings.Unknown);
    }

    [Fact]
    public async Task Builds_are_made_current_and_deleted_unless_they_are_in_use()
    {
        await using var run = await StartAsync(new DaemonClock());
        var old = (await run.Daemon.Admin.CallAsync(BootApi.ListBuilds, Cancel)).Single().Id;
        var folder = await SampleBuild.MakeAsync(Path.Combine(run.Daemon.Folder, "..", "build2"), 2, Cancel);
        run.UntilShown(old);
        run.Press(Key.F8);
        run.UntilShown("it is the current one");
        run.Press(Key.F7);
        run.UntilShown("Folder on the appliance");
        run.Type(Path.GetFullPath(folder));
        run.Alt('a');
        run.UntilShown("is there.");
        run.Run(at => new BuildsScreen(at));

        var builds = await run.Daemon.Admin.CallAsync(BootApi.ListBuilds, Cancel);
        Assert.Equal(2, builds.Count);
        Assert.NotEqual(old, builds.Single(build => build.IsCurrent).Id);
    }

    [Fact]
    public async Task A_build_that_nothing_uses_goes_after_a_question()
    {
        await using var run = await StartAsync(new DaemonClock());
        var old = (await run.Daemon.Admin.CallAsync(BootApi.ListBuilds, Cancel)).Single().Id;
        var added = await run.Daemon.Admin.CallAsync(BootApi.AddBuild, new NewBootBuild(await SampleBuild.MakeAsync(Path.Combine(run.Daemon.Folder, "..", "build2"), 2, Cancel)), Cancel);
        run.UntilShown(added.Id);
        run.Type("/");
        run.Type(added.Id);
        run.UntilGone(old);
        run.Press(Key.Enter, Key.F2);
        run.UntilShown("Start from this build?");
        run.Alt('m');
        run.UntilShown($"Computers start from {added.Id} now.");
        run.UntilShown("* " + added.Id);
        run.Press(Key.Esc);
        run.UntilShown(old);
        run.Type("/");
        run.Type(old);
        run.Terminal.Until(() => !run.Terminal.Text.Contains(added.Id + " 6.12", StringComparison.Ordinal));
        run.Press(Key.Enter, Key.F8);
        run.UntilShown("Delete a client build");
        run.Press(Key.Enter);
        run.UntilGone("Delete a client build");
        run.Press(Key.F8);
        run.UntilShown("Delete a client build");
        run.Alt('d');
        run.UntilShown($"The build {old} is deleted.");
        run.Run(at => new BuildsScreen(at));

        Assert.Equal(added.Id, Assert.Single(await run.Daemon.Admin.CallAsync(BootApi.ListBuilds, Cancel)).Id);
    }

    [Fact]
    public async Task Who_may_only_look_is_told_so()
    {
        await using var run = await ScreenRun.StartAsync(daemon => daemon.AddOperatorAsync("vera", Role.Viewer), "vera");
        run.UntilShown("Start by network");
        run.Press(Key.F2);
        run.UntilShown("Only an administrator may do this.");
        run.Press(Key.F4);
        run.UntilShown("No start is chosen.");
        run.Press(Key.F7);
        run.UntilShown("This console talks to it by");
        run.Press(Key.Enter);
        run.Run(at => new NetworkScreen(at));
    }

    private static Task<ScreenRun> StartAsync(TimeProvider clock) => ScreenRun.StartAsync(
        async daemon =>
        {
            await daemon.Admin.CallAsync(BootApi.AddBuild, new NewBootBuild(await SampleBuild.MakeAsync(Path.Combine(daemon.Folder, "..", "build"), 1, Cancel)), Cancel);
            await daemon.AddHostAsync(1, "pc01");
        },
        isBooting: true,
        clock: clock);

    private static string AskFor(ScreenRun run, int number)
    {
        using var http = new HttpClient();
        return http.GetStringAsync(new Uri($"{run.Daemon.BootAddress}/boot.ipxe?mac={TestRegistry.Mac(number)}&platform=efi&long=1"), Cancel).GetAwaiter().GetResult();
    }

    private static void Loop(ScreenRun run, DaemonClock clock)
    {
        run.Daemon.StartJobAsync(JobKind.Hold, "pc01").GetAwaiter().GetResult();
        for (var start = 0; start < 4; start++)
        {
            clock.Pass(TimeSpan.FromMinutes(2));
            AskFor(run, 1);
        }
    }

    private static void Speak(ScreenRun run)
    {
        var boot = run.Daemon.Admin.AskAsync(BootApi.History, "", Cancel).GetAwaiter().GetResult()[0].Id;
        new TestAgent(run.Daemon, TestRegistry.Laptop(2, 2), TestRegistry.Machine).HelloAsync(boot: boot).GetAwaiter().GetResult();
    }
}
