using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Configurations;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class BootVerbsTests
{
    private static readonly Samples s_samples = new("r101");

    private static readonly BootSettings s_settings = new()
    {
        Mode = BootMode.Proxy,
        Interface = "eth1",
        MenuPassword = Secret.Mask,
        Options = new BootOptions(Language: "de", Kernel: "a=1"),
        Rules = [new BootRule("10.0.0.1", "10.0.0.9", Unknown: UnknownHosts.Disk)],
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Settings_are_read_changed_and_sent_whole()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(BootApi.Settings, new BootSettingsView(s_settings, 4)).On(BootApi.Change, change => new BootSettingsAnswer(new BootSettingsView(change.Settings, 5), [], "interface=eth1\n"));

        var answer = await server.RunAsync("boot set --mode dhcp --range 10.0.0.100-10.0.0.200 --dns 10.0.0.1 --uefi-exit windows --model Dell/OptiPlex:bios=exit --preview");

        var sent = server.BodyOf(BootApi.Change);
        Assert.Equal((4L, true, false), (sent.Rev, sent.Preview, sent.Force));
        Assert.Equal((BootMode.Dhcp, "eth1", "10.0.0.100", "10.0.0.200", Secret.Mask), (sent.Settings.Mode, sent.Settings.Interface, sent.Settings.RangeFirst, sent.Settings.RangeLast, sent.Settings.MenuPassword));
        Assert.Equal(new BootOptions(Language: "de", Kernel: "a=1", UefiExit: UefiExit.Windows), sent.Settings.Options);
        Assert.Equal([new ModelExit("Dell", "OptiPlex", BiosExit.Exit)], sent.Settings.Models);
        Assert.Equal(s_settings.Rules, sent.Settings.Rules);
        Assert.Contains("  interface=eth1", answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("boot set --rule nonsense:x=1")]
    [InlineData("boot set --range 10.0.0.1")]
    [InlineData("boot set --model Dell")]
    [InlineData("boot set --model Dell:bios=windows")]
    public async Task What_cannot_be_understood_is_a_wrong_usage(string line)
    {
        await using var server = await CannedServer.StartAsync();
        server.On(BootApi.Settings, new BootSettingsView(s_settings, 4));

        await server.RunAsync(line, exitCode: 2);
    }

    [Fact]
    public async Task Own_options_of_a_host_are_added_to_those_it_has_or_taken_back()
    {
        await using var server = await CannedServer.StartAsync();
        var host = s_samples.Host with { Host = s_samples.Host.Host with { Boot = new BootOptions(Loader: UefiLoader.Ipxe, Kernel: "old=1") } };
        server.On(HostApi.Show, host).On(HostApi.Change, host);
        var terminal = server.Piped();

        Assert.Equal(0, await terminal.RunAsync(["host", "set", "r101-pc01", "--uefi-exit", "windows", "--kernel-parameters", "new=1"], Cancel));
        Assert.Equal(new BootOptions(Loader: UefiLoader.Ipxe, UefiExit: UefiExit.Windows, Kernel: "new=1"), server.BodyOf(HostApi.Change).Boot);
        Assert.Equal(0, await terminal.RunAsync(["host", "set", "r101-pc01", "--boot-reset"], Cancel));
        Assert.Equal(BootOptions.None, server.BodyOf(HostApi.Change).Boot);
        Assert.Equal(0, await terminal.RunAsync(["host", "set", "r101-pc01", "--notes", "x"], Cancel));
        Assert.Null(server.BodyOf(HostApi.Change).Boot);
        Assert.Contains("loader ipxe, kernel parameters old=1", (await server.RunAsync("host show r101-pc01")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_start_of_hosts_is_said_taken_back_and_listed()
    {
        await using var server = await CannedServer.StartAsync();
        var at = new DateTimeOffset(2026, 11, 21, 7, 40, 5, TimeSpan.Zero);
        server.On(BootApi.ListNext, [new BootNext("h1", "pc01", new BootOnce(BootTarget.Client, "anna", at, 2), null)])
            .On(BootApi.ChangeNext, change => [new BootNext("h2", "pc02", new BootOnce(change.To ?? BootTarget.Menu, "anna \u001b[2J", at), "0000007")]);

        Assert.Matches("pc02 +disk +anna .*its job 7 goes first", (await server.RunAsync("boot next pc02 pc03 --room r101 --config win11 --to disk")).Output);
        var sent = server.BodyOf(BootApi.ChangeNext);
        Assert.Equal(BootTarget.Disk, sent.To);
        Assert.Equal(["pc02 pc03", "r101", "win11"], [string.Join(' ', sent.Hosts.Names!), string.Join(' ', sent.Hosts.Rooms!), string.Join(' ', sent.Hosts.Configurations!)]);
        Assert.Contains("1 host starts as usual.", (await server.RunAsync("boot next --room r101 --clear")).Output, StringComparison.Ordinal);
        Assert.Null(server.BodyOf(BootApi.ChangeNext).To);
        var listed = await server.RunAsync("boot next");
        Assert.Matches("pc01 +client +anna .*2 starts without success", listed.Output);
        Assert.DoesNotContain('\u001b', listed.Output);
    }

    [Theory]
    [InlineData("boot next pc01")]
    [InlineData("boot next --to menu")]
    [InlineData("boot next --clear")]
    [InlineData("boot next pc01 --to menu --clear")]
    [InlineData("boot next pc01 --to somewhere")]
    public async Task Who_starts_what_must_both_be_said(string line)
    {
        await using var server = await CannedServer.StartAsync();

        await server.RunAsync(line, exitCode: 2);
    }

    [Fact]
    public async Task Builds_history_and_what_a_host_would_boot_are_shown()
    {
        await using var server = await CannedServer.StartAsync();
        var at = new DateTimeOffset(2026, 11, 21, 7, 40, 5, TimeSpan.Zero);
        server.On(BootApi.ListBuilds, [new BootBuild("0123456789abcdef", "6.12.1", 50 << 20, at, IsCurrent: true, "it is the current one")])
            .On(BootApi.Look, [new BootOutlook(BootFirmware.Uefi, BootLoader.Grub, "agent", "it has a job", BootReason.JobApproved, "set osdeploy=1\n")])
            .On(BootApi.State, new BootState(["http://10.0.0.1"], BootMode.Proxy, "down", "no dnsmasq \u001b[2J", null, [new BootNeighbour("10.0.0.9", "dhcp", at)], [new BootCard("eth1", "10.0.0.1/24")], [new BootLoop("h", "pc02", "0000007", 3)]))
            .On(BootApi.Retry, default(Nothing))
            .On(BootApi.History, [new BootRecord("b1", at, "02:00:00:00:00:01", "10.0.0.7", "h", "pc01", BootFirmware.Uefi, BootLoader.Grub, "agent", "it has a job", null, [new BootStep(at, "kernel", "vmlinuz \u001b[2J")])]);

        Assert.Contains("0123456789abcdef", (await server.RunAsync("boot builds list")).Output, StringComparison.Ordinal);
        Assert.Matches("uefi +grub +agent +it has a job", (await server.RunAsync("boot show pc01 --script")).Output);
        var history = await server.RunAsync("boot history --host pc01");
        Assert.Matches("pc01 +10.0.0.7 +grub +agent +it has a job +kernel: vmlinuz", history.Output);
        var status = await server.RunAsync("boot status", exitCode: 3);
        Assert.Contains("10.0.0.9", status.Output, StringComparison.Ordinal);
        Assert.Contains("eth1 10.0.0.1/24", status.Output, StringComparison.Ordinal);
        Assert.Contains("pc02 was started 3 times for job 7", status.Output, StringComparison.Ordinal);
        Assert.Contains("pc02 is started for its job again.", (await server.RunAsync("boot retry pc02")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', status.Output + history.Output);
    }
}
