using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Helper;
using OsDeploy.Api.Jobs;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Hosts;
using Xunit;

namespace OsDeploy.Tests.Boot;

/// <summary>What an operator says for one start, and what becomes of it.</summary>
public sealed class BootNextTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(BootTarget.Disk, "local-disk")]
    [InlineData(BootTarget.Menu, "menu")]
    public async Task A_disk_or_a_menu_is_used_up_when_the_loader_has_the_whole_script(BootTarget to, string action)
    {
        var clock = new DaemonClock();
        await using var daemon = await StartAsync(clock);
        await daemon.Admin.CallAsync(BootApi.Change, new BootSettingsChange(new BootSettings { Options = new BootOptions(Menu: to == BootTarget.Menu ? BootMenu.Never : BootMenu.OnKey) }, 0), Cancel);
        await SayAsync(daemon, to, "pc01");
        Assert.All(await LookAsync(daemon), outlook => Assert.Equal((action, BootReason.SaidOnce, "once, said by anna at 2026-11-20 08:00 UTC"), (outlook.Action, outlook.Because, outlook.Reason)));

        var script = await ScriptAsync(daemon);
        Assert.Empty(await daemon.Admin.CallAsync(BootApi.ListNext, Cancel));
        Assert.Equal(script, await ScriptAsync(daemon)); // asked again at once: the same start
        clock.Pass(TimeSpan.FromMinutes(2));
        Assert.NotEqual(script, await ScriptAsync(daemon));

        var records = await daemon.Admin.AskAsync(BootApi.History, "host=pc01", Cancel);
        Assert.Equal([BootReason.NothingToDo, BootReason.SaidOnce], records.Select(record => record.Because!.Value));
        Assert.Equal((to, TestDaemon.Anna), (records[1].Once!.To, records[1].Once!.By));
    }

    [Fact]
    public async Task A_start_that_is_only_looked_at_uses_nothing_up()
    {
        await using var daemon = await StartAsync(new DaemonClock());
        await SayAsync(daemon, BootTarget.Disk, "pc01");
        using var http = new HttpClient();
        using var head = new HttpRequestMessage(HttpMethod.Head, AddressOf(daemon, 1));
        using var answer = await http.SendAsync(head, Cancel);
        await ScriptAsync(daemon, number: 2);

        Assert.Equal("pc01", Assert.Single(await daemon.Admin.CallAsync(BootApi.ListNext, Cancel)).Name);
        Assert.Empty(await daemon.Admin.AskAsync(BootApi.History, "host=pc01", Cancel));
    }

    [Fact]
    public async Task The_client_is_used_up_when_it_says_hello_with_the_id_of_its_start()
    {
        var clock = new DaemonClock();
        await using var daemon = await StartAsync(clock);
        await SayAsync(daemon, BootTarget.Client, "pc01");
        var script = await ScriptAsync(daemon);
        Assert.DoesNotContain("osdeploy.auto", script, StringComparison.Ordinal);
        await new TestAgent(daemon, TestRegistry.Laptop(1, 1), TestRegistry.Machine).HelloAsync(boot: "000000000000");
        await new TestAgent(daemon, TestRegistry.Laptop(2, 2), TestRegistry.Machine).HelloAsync(boot: BootOf(script)); // another computer
        Assert.Equal(1, Assert.Single(await daemon.Admin.CallAsync(BootApi.ListNext, Cancel)).Once.Starts);

        await daemon.RestartAsync();
        daemon.Relogin(await daemon.LoginAsync(TestDaemon.Anna));
        await new TestAgent(daemon, TestRegistry.Laptop(1, 1), TestRegistry.Machine).HelloAsync(boot: BootOf(script));
        Assert.Empty(await daemon.Admin.CallAsync(BootApi.ListNext, Cancel));
        clock.Pass(TimeSpan.FromMinutes(2));
        Assert.DoesNotContain("osdeploy.boot=", await ScriptAsync(daemon), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_starts_without_success_end_it_with_an_alarm()
    {
        var clock = new DaemonClock();
        await using var daemon = await StartAsync(clock);
        await SayAsync(daemon, BootTarget.Client, "pc01");
        for (var start = 0; start < 3; start++)
        {
            Assert.Contains("osdeploy.boot=", await ScriptAsync(daemon), StringComparison.Ordinal);
            Assert.Contains("osdeploy.boot=", await ScriptAsync(daemon), StringComparison.Ordinal); // asked again at once: the same start
            clock.Pass(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(3, Assert.Single(await daemon.Admin.CallAsync(BootApi.ListNext, Cancel)).Once.Starts);
        Assert.DoesNotContain("osdeploy.boot=", await ScriptAsync(daemon), StringComparison.Ordinal);
        Assert.Empty(await daemon.Admin.CallAsync(BootApi.ListNext, Cancel));
        Assert.Contains("the client once, as anna said", Assert.Single(await AlarmsAsync(daemon)).Message, StringComparison.Ordinal);
        await SayAsync(daemon, BootTarget.Menu, "pc01");
        Assert.Empty(await AlarmsAsync(daemon));
    }

    [Fact]
    public async Task A_job_goes_first_and_that_is_said()
    {
        var clock = new DaemonClock();
        await using var daemon = await StartAsync(clock);
        var job = await daemon.StartJobAsync(JobKind.Hold, "pc01");
        Assert.Equal(job, Assert.Single(await SayAsync(daemon, BootTarget.Disk, "pc01")).Job);
        Assert.All(await LookAsync(daemon), outlook => Assert.Equal("it has a job; after that, once, its disk, said by anna at 2026-11-20 08:00 UTC", outlook.Reason));
        Assert.Contains("osdeploy.auto=1", await ScriptAsync(daemon), StringComparison.Ordinal);
        Assert.Equal(0, Assert.Single(await daemon.Admin.CallAsync(BootApi.ListNext, Cancel)).Once.Starts);

        await daemon.Admin.CallAsync(JobApi.Cancel, Cancel, job);
        Assert.All(await LookAsync(daemon), outlook => Assert.Equal(BootReason.SaidOnce, outlook.Because));
    }

    [Fact]
    public async Task It_is_said_for_names_rooms_and_configurations_and_taken_back()
    {
        await using var daemon = await StartAsync(new DaemonClock());
        await daemon.AddRoomAsync("r101");
        await daemon.AddRoomAsync("empty");
        await daemon.AddHostAsync(3, "pc03", "r101");

        Assert.Equal(["pc02", "pc03"], (await ChangeAsync(daemon.Admin, new HostSelection(["pc02"], ["r101"]), BootTarget.Menu)).Select(next => next.Name));
        Assert.Equal(["pc02"], (await ChangeAsync(daemon.Admin, new HostSelection(["pc01", "pc02"]), null)).Select(next => next.Name));
        Assert.Equal(["pc03"], (await daemon.Admin.CallAsync(BootApi.ListNext, Cancel)).Select(next => next.Name));
        Assert.Equal("no-hosts", await RefusedAsync(daemon.Admin, new HostSelection(Rooms: ["empty"]), BootTarget.Menu));
        Assert.Equal("host-missing", await RefusedAsync(daemon.Admin, new HostSelection(["nosuch"]), BootTarget.Menu));
        Assert.Equal("boot-option-invalid", await RefusedAsync(daemon.Admin, new HostSelection(["pc01"]), (BootTarget)7));
        Assert.Equal("not-allowed", await RefusedAsync(daemon.As(await daemon.AddOperatorAsync("rosa", Role.RoomOperator, "r101")), new HostSelection(["pc03"]), BootTarget.Menu));
        var audit = await daemon.Admin.AskAsync(AccountApi.Audit, "", Cancel);
        Assert.Equal(["pc02 as usual", "pc02 menu", "pc03 menu"], audit.Lines.Where(line => line.Action == "boot-next").Select(line => $"{line.Subject} {line.Detail}").Order());

        await daemon.Admin.CallAsync(HostApi.Delete, Cancel, "pc03");
        Assert.Empty(await daemon.Admin.CallAsync(BootApi.ListNext, Cancel));
    }

    [Fact]
    public async Task Grub_finds_it_by_tftp_too_and_that_uses_it_up()
    {
        var clock = new DaemonClock();
        await using var daemon = await StartAsync(clock);
        await using var helper = new StubHelper(daemon.HelperSocket);
        await SayAsync(daemon, BootTarget.Disk, "pc01");
        await daemon.Admin.CallAsync(BootApi.Change, new BootSettingsChange(new BootSettings { Mode = BootMode.Proxy, Interface = "lo", Options = new BootOptions(Menu: BootMenu.Always) }, 0), Cancel);
        var paths = new DnsmasqPaths(daemon.BootFolder);
        var file = Path.Combine(paths.Tftp, "grub", "mac", TestRegistry.Mac(1) + ".cfg");
        Assert.DoesNotContain("menuentry", await File.ReadAllTextAsync(file, Cancel), StringComparison.Ordinal);

        Directory.CreateDirectory(Path.GetDirectoryName(paths.Log)!);
        await File.WriteAllTextAsync(paths.Log, "", Cancel);
        await ScriptAsync(daemon, number: 2); // the log is read up to here
        await File.AppendAllTextAsync(paths.Log, $"Nov 20 08:00:00 dnsmasq-tftp[9]: sent {file} to 127.0.0.1\n", Cancel);
        clock.Pass(TimeSpan.FromMinutes(2));
        await ScriptAsync(daemon, number: 2);

        Assert.Empty(await daemon.Admin.CallAsync(BootApi.ListNext, Cancel));
    }

    private static async Task<TestDaemon> StartAsync(TimeProvider time)
    {
        var daemon = await TestDaemon.StartAsync(time, isBooting: true);
        await daemon.Admin.CallAsync(BootApi.AddBuild, new NewBootBuild(await SampleBuild.MakeAsync(Path.Combine(daemon.Folder, "..", "build"), 1, Cancel)), Cancel);
        await daemon.AddHostAsync(1, "pc01");
        await daemon.AddHostAsync(2, "pc02");
        return daemon;
    }

    private static Task<IReadOnlyList<BootNext>> SayAsync(TestDaemon daemon, BootTarget to, params string[] hosts) => ChangeAsync(daemon.Admin, new HostSelection(hosts), to);

    private static Task<IReadOnlyList<BootNext>> ChangeAsync(ApiClient by, HostSelection hosts, BootTarget? to) => by.CallAsync(BootApi.ChangeNext, new BootNextChange(hosts, to), Cancel);

    private static async Task<string> RefusedAsync(ApiClient by, HostSelection hosts, BootTarget to) =>
        (await Assert.ThrowsAsync<UserErrorException>(() => ChangeAsync(by, hosts, to))).Code;

    private static Task<IReadOnlyList<BootOutlook>> LookAsync(TestDaemon daemon) => daemon.Admin.CallAsync(BootApi.Look, Cancel, "pc01");

    private static async Task<IReadOnlyList<Alarm>> AlarmsAsync(TestDaemon daemon) =>
        [.. (await daemon.Admin.CallAsync(ApplianceApi.Status, Cancel)).Alarms.Where(alarm => alarm.Code == "boot-next-failed")];

    private static Uri AddressOf(TestDaemon daemon, int number) => new($"{daemon.BootAddress}/boot.ipxe?mac={TestRegistry.Mac(number)}&platform=efi&long=1");

    private static async Task<string> ScriptAsync(TestDaemon daemon, int number = 1)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(AddressOf(daemon, number), Cancel);
    }

    private static string BootOf(string script) => script.Split("osdeploy.boot=")[1].Split(' ')[0];
}
