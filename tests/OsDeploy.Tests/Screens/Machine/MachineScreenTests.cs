using System.Text.RegularExpressions;
using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Screens.Machine;
using OsDeploy.Screens.Words;
using OsDeploy.Tests.Agent;
using OsDeploy.Tests.Cli;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Images;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Tests;
using Xunit;
using static OsDeploy.Tests.Screens.Machine.BenchComputer;

namespace OsDeploy.Tests.Screens.Machine;

/// <summary>What the screens of a computer look like, and that the keys do what they say.</summary>
public sealed partial class MachineScreenTests
{
    private const long Mebi = 1 << 20;

    private static readonly SampleImage s_image = SampleImage.Of([1, 2, 3]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_technician_logs_in_and_clones_the_master_by_keys_alone()
    {
        await using var daemon = await KnownAsync();
        await daemon.Admin.CallAsync(ConfigurationApi.SetMaster, new MasterChange("pc01"), Cancel, "lab");
        await using var bench = LabBench.Start(daemon, new BenchComputer(1, Disk("S1", Partition(1, "ntfs", 1, "Boot"), Partition(2, "ntfs", 100, "System"))));
        using var screen = new ScreenBench(bench.Session);

        screen.UntilShown("User name").Look("login")
            .Type("root").Press(Key.Tab).Type("x").Press(Key.Enter).UntilShown("root is no account").Press(Key.Esc)
            .Press(Key.F2).UntilShown("User name").Type(TestDaemon.Anna).Press(Key.Tab).Type(TestDaemon.Password).Press(Key.Enter)
            .UntilShown("Main menu").UntilShown("anna is logged in").Look("menu")
            .Press(Key.CursorDown, Key.CursorDown, Key.Enter)
            .UntilShown("Available partitions").Look("clone-partitions").Press(Key.Enter)
            .UntilShown("Description of the partitions").Look("clone-descriptions").Press(Key.Enter)
            .UntilShown("Partition: Boot").Press(new Key('n').WithAlt)
            .UntilShown("Partition: System").Look("clone-partition").Press(new Key('n').WithAlt)
            .UntilShown("Summary").Look("clone-summary").Press(Key.CursorRight, Key.CursorRight, Key.Enter)
            .UntilShown("Capture: FAILED").Press(Key.Enter)
            .UntilShown("Choose what to do").Run();

        Assert.Equal(JobKind.Capture, Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel)).Job.Kind);
        Check(screen, "login", "menu", "clone-partitions", "clone-descriptions", "clone-partition", "clone-summary");
    }

    [Fact]
    public async Task Somebody_stops_a_restore_before_anything_is_erased()
    {
        await using var daemon = await KnownAsync(isOpen: true);
        await using var bench = LabBench.Start(daemon, new BenchComputer(1, Disk("S1", Partition(1, "ntfs", 100, "Schule"))));
        using var screen = new ScreenBench(bench.Session);

        screen.UntilShown("Choose what to do").Press(Key.Enter)
            .UntilShown("about to be overwritten").Press(Key.Esc)
            .UntilShown("Restore: not begun").Press(Key.F2).UntilShown("Choose what to do").Run();

        Assert.Equal("job-declined", Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel)).Job.Fault!.Code);
    }

    [Fact]
    public async Task A_job_from_an_operator_takes_the_place_of_the_login()
    {
        await using var daemon = await KnownAsync();
        await using var bench = LabBench.Start(daemon, new BenchComputer(1, Disk("S1", Partition(1, "ntfs", 100, "Schule"))));
        await bench.UntilAsync(state => state.Facts is not null);
        using var screen = new ScreenBench(bench.Session);
        Task? started = null;

        screen.UntilShown("User name").Then(() => started = daemon.StartJobsAsync(JobKind.Restore, "pc01")).Until(() => started!.IsCompleted).Then(bench.Session.PollNow)
            .UntilShown("about to be overwritten").Press(Key.F8).UntilShown("not begun").Press(Key.Enter).UntilShown("User name").Run();
        await started!;
    }

    [Fact]
    public async Task A_computer_nobody_knows_is_registered_by_keys()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("lab"), Cancel);
        await daemon.Admin.CallAsync(HostApi.AddRoom, new NewRoom("r101", "lab", "r101-pc##"), Cancel);
        await using var bench = LabBench.Start(daemon, new BenchComputer(1, Disk("S1")));
        await bench.LoginAsync();
        using var screen = new ScreenBench(bench.Session);

        screen.UntilShown("Choose the room").Look("register").Press(new Key('n').WithAlt).UntilShown("Choose the name").Press(new Key('r').WithAlt)
            .UntilShown("Choose what to do").Look("menu-new").Press(Key.F10).UntilShown("really want to leave").Look("quit").Press(Key.Esc)
            .Press(Key.F3).UntilShown("Network cards").Look("about").Press(Key.Esc).Run();

        Assert.Equal("r101", Assert.Single(await daemon.Admin.CallAsync(HostApi.List, Cancel)).Host.Room);
        Check(screen, "register", "menu-new", "quit");
        Assert.Contains(daemon.Key.Words, screen.Seen["about"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_will_be_erased_is_on_the_screen_for_ten_seconds()
    {
        var clock = new ManualClock();
        var layout = Disk("S1", Partition(1, "ntfs", 100, "Schule"));
        using var session = ScreenBench.Offline(clock, new BenchComputer(1, layout));
        using var screen = new ScreenBench(session);
        using var work = session.Begin(Order(JobKind.Restore), new JobProgress());
        var answer = session.MayWriteAsync(Order(JobKind.Restore), await session.Computer.DisksAsync(Cancel), Cancel);

        screen.UntilShown("It begins in 10 s").Look("doom").Press(Key.Enter).Look("doom-enter").Press(Key.F8).Run();

        Assert.Equal(screen.Seen["doom"], screen.Seen["doom-enter"]);
        Assert.False(await answer);
        Check(screen, "doom");
    }

    [Fact]
    public void A_job_shows_each_partition_and_the_whole()
    {
        using var session = ScreenBench.Offline(new ManualClock());
        using var screen = new ScreenBench(session);
        var progress = new JobProgress();
        using var work = session.Begin(Order(JobKind.Restore), progress);
        var whole = progress.Begin("write", 400 * Mebi);
        progress.AddPart(whole, 1, 1, 100 * Mebi).Add(100 * Mebi);
        progress.AddPart(whole, 1, 2, 300 * Mebi).Add(100 * Mebi);
        progress.Warn("The disk is \u001b[31mhot.");
        session.Away(TimeSpan.FromSeconds(75));

        screen.UntilShown("writing").Look("work").Run();

        Check(screen, "work");
    }

    [Fact]
    public void The_end_says_what_to_do()
    {
        using var session = ScreenBench.Offline(new ManualClock());
        using var screen = new ScreenBench(session);
        session.Begin(Order(JobKind.Capture), new JobProgress()).Dispose();
        session.End(Order(JobKind.Capture), new JobEnd(JobOutcome.Verified, null, new JobFigures(3L << 30, 0, 0, 1L << 30, 0, 125), VersionId.Of([2])), []);

        screen.UntilShown("VERIFIED").Look("verified").Run();

        Check(screen, "verified");
    }

    [Fact]
    public void A_job_that_failed_says_when_it_is_tried_again_by_itself()
    {
        var clock = new ManualClock();
        using var session = ScreenBench.Offline(clock);
        using var screen = new ScreenBench(session);
        session.Begin(Order(JobKind.Restore), new JobProgress()).Dispose();
        session.End(Order(JobKind.Restore), new JobEnd(JobOutcome.Failed, new JobFault("write", "store-unreachable", "The store did not answer.", "Look at the cable."), null, null), []);
        session.Show(new Orders(AgentState.Idle, "pc01", "lab", null, "job 7", 2, Retry: new ComingRetry("0000007", 2, 3, 120)), words: null);
        var at = TimeZoneInfo.ConvertTime(clock.GetUtcNow().AddMinutes(2), clock.LocalTimeZone).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);

        screen.UntilShown($"It is tried again by itself at {at} (attempt 2 of 3).").UntilShown("Look at the cable.").Run();

        session.Show(new Orders(AgentState.Idle, "pc01", "lab", null, null, 5), words: null);
        Assert.Null(session.State.RetryText(TimeZoneInfo.Utc));
        session.Show(new Orders(AgentState.Idle, "pc01", "lab", null, null, 5, Retry: new ComingRetry("0000007", 2, 3, double.MaxValue)), words: null); // what cannot be is not shown
        Assert.Null(session.State.RetryText(TimeZoneInfo.Utc));
    }

    [Fact]
    public async Task A_restart_is_counted_down_and_time_alone_lets_it_go()
    {
        var clock = new ManualClock();
        using var session = ScreenBench.Offline(clock);
        using var screen = new ScreenBench(session);
        ShowEnd(session);
        var restart = session.MayRestartAsync(Order(JobKind.Restore), Cancel);

        screen.UntilShown("restarts in 10 s").Look("restart").Run();
        Check(screen, "restart");
        Assert.False(restart.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.True(await restart);
    }

    [Theory]
    [InlineData("F2")]
    [InlineData("F8")]
    [InlineData("Esc")]
    [InlineData("Enter")]
    public async Task Any_key_that_is_named_stops_a_restart_and_leads_to_the_menu_even_where_nobody_was_expected(string key)
    {
        await using var daemon = await KnownAsync(isOpen: true);
        await using var bench = LabBench.Start(daemon, new BenchComputer(1, Disk("S1")), options => options with { IsAuto = true });
        await bench.UntilAsync(state => state.Facts is not null);
        using var screen = new ScreenBench(bench.Session);
        ShowEnd(bench.Session);
        var restart = bench.Session.MayRestartAsync(Order(JobKind.Restore), Cancel);

        screen.UntilShown("restarts in").Press(key switch { "F2" => Key.F2, "F8" => Key.F8, "Esc" => Key.Esc, _ => Key.Enter }).UntilShown("Choose what to do").Run();

        Assert.False(await restart);
        Assert.Equal(0, bench.Computer.Restarts);
    }

    [Fact]
    public async Task A_restart_begins_at_once_when_somebody_says_so()
    {
        using var session = ScreenBench.Offline(new ManualClock());
        using var screen = new ScreenBench(session);
        ShowEnd(session);
        var restart = session.MayRestartAsync(Order(JobKind.Restore), Cancel);

        screen.UntilShown("restarts in").Press(Key.F9).Until(() => restart.IsCompleted).Run();

        Assert.True(await restart);
    }

    [Fact]
    public async Task A_job_that_failed_here_is_tried_again_by_a_key()
    {
        await using var daemon = await KnownAsync();
        await using var bench = LabBench.Start(daemon, new BenchComputer(1, Disk("S1", Partition(1, "ntfs", 100, "Schule"))));
        await bench.LoginAsync();
        using var screen = new ScreenBench(bench.Session);
        Task? started = null;

        screen.UntilShown("Choose what to do").Then(() => started = daemon.StartJobsAsync(JobKind.Restore, "pc01")).Until(() => started!.IsCompleted).Then(bench.Session.PollNow)
            .UntilShown("about to be overwritten").Press(Key.F8).UntilShown("not begun").Press(Key.F5).UntilShown("about to be overwritten").Press(Key.F8).UntilShown("not begun").Run();

        await started!;
        Assert.Equal(2, Assert.Single(await daemon.Admin.CallAsync(JobApi.List, Cancel)).Job.Fence);
    }

    [Fact]
    public async Task A_step_waits_for_a_key_where_that_was_asked_for()
    {
        await using var daemon = await KnownAsync(isOpen: true);
        await using var bench = LabBench.Start(daemon, new BenchComputer(1, Disk("S1")), options => options with { StopsAfterSteps = true });
        using var screen = new ScreenBench(bench.Session);
        await bench.UntilAsync(state => state.Facts is not null);
        using var work = bench.Session.Begin(Order(JobKind.Restore), new JobProgress());
        var held = bench.Session.PauseAfterAsync(Order(JobKind.Restore), "write", Cancel);

        screen.UntilShown("Waiting after: writing").Press(Key.Enter).Until(() => held.IsCompleted).Run();

        await held;
    }

    [Theory]
    [InlineData("de", "Hauptmenü", "Computer wiederherstellen", "Bitte wählen Sie den gewünschten Modus")]
    [InlineData("fr", "Menu principal", "Restaurer l'ordinateur", "Choisissez ce qu'il faut faire")]
    public void The_screens_speak_the_chosen_language_and_nothing_is_cut(string code, params string[] texts)
    {
        Language.Use(Language.Find(code)!);
        using var session = ScreenBench.Offline(new ManualClock());
        session.Know(MachineMenuTests.StateOf("master", null).Facts! with { MayRestore = true });
        using var screen = new ScreenBench(session);

        screen.UntilShown(texts[0]).Look("menu").Run();

        Assert.All(texts, text => Assert.Contains(text, screen.Seen["menu"], StringComparison.Ordinal));
        Assert.DoesNotContain('~', screen.Seen["menu"]);
    }

    private static void ShowEnd(MachineSession session)
    {
        session.Begin(Order(JobKind.Restore), new JobProgress()).Dispose();
        session.End(Order(JobKind.Restore), new JobEnd(JobOutcome.Verified, null, new JobFigures(3L << 30, 0, 0, 1L << 30, 0, 125), null), []);
    }

    private static JobOrder Order(JobKind kind) => AgentLoopTests.Order(kind) with
    {
        Id = "0000042",
        Image = ImageName.Parse("lab"),
        Version = s_image.Version,
        Partitions = [new PartitionPlan(1, 1, "Boot"), new PartitionPlan(1, 2, "System")],
    };

    private static async Task<TestDaemon> KnownAsync(bool isOpen = false)
    {
        var daemon = await TestDaemon.StartAsync();
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("lab", OpenRestore: isOpen), Cancel);
        await daemon.StoreAsync(s_image);
        await daemon.AddHostAsync(1, "pc01", configuration: "lab");
        return daemon;
    }

    private static void Check(ScreenBench screen, params string[] names)
    {
        foreach (var name in names)
        {
            Golden.Check(FourWords().Replace(Time().Replace(Place().Replace(screen.Seen[name], "127.0.0.1:PPPPP"), "YYYY-MM-DD hh:mm"), "words words words words"), name);
        }
    }

    [GeneratedRegex(@"127\.0\.0\.1:\d{5}")]
    private static partial Regex Place();

    // As those of a computer that waits to be registered.
    [GeneratedRegex(@"\b([bdfghjklmnprstvz][aiou][bdfghjklmnprstvz][aiou][bdfghjklmnprstvz] ?){4}\b")]
    private static partial Regex FourWords();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d")]
    private static partial Regex Time();
}
