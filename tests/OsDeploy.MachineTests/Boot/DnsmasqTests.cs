using System.Net;
using System.Text;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Helper;
using OsDeploy.Helper;
using OsDeploy.Helper.Dhcp;
using OsDeploy.Server.Boot;

namespace OsDeploy.MachineTests.Boot;

/// <summary>The real dnsmasq with the configuration that the appliance makes, asked by packets as PCs send them.</summary>
public sealed class DnsmasqTests : IAsyncLifetime
{
    private const int TftpPort = 69;
    private const byte TftpData = 3;
    private const byte TftpError = 5;

    private static readonly string[] s_climbs =
        ["../canary", "../../boot/canary", "/etc/passwd", "..\\canary", "grub/../../canary", "%2e%2e/canary", "shimx64.efi/../../canary", new string('a', 1200), "nosuch"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-dnsmasq-");
    private readonly List<string> _log = [];
    private WireLab? _lab;
    private Dnsmasq? _dnsmasq;

    public DnsmasqTests()
    {
        Root.OrSkip();
        Assert.SkipWhen(Command.WhyMissing("dnsmasq", "ip") is not null, "needs dnsmasq-base");
        File.SetUnixFileMode(_folder.FullName, File.GetUnixFileMode(_folder.FullName) | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DnsmasqPaths Paths => new(Path.Combine(_folder.FullName, "boot"));

    public async ValueTask InitializeAsync()
    {
        _lab = await WireLab.LayAsync();
        Directory.CreateDirectory(Paths.Tftp);
        await File.WriteAllTextAsync(Paths.Hosts, "", Cancel);
        _dnsmasq = new Dnsmasq(Paths, TimeProvider.System, _log.Add);
    }

    public async ValueTask DisposeAsync()
    {
        if (_dnsmasq is not null)
        {
            await _dnsmasq.DisposeAsync();
        }

        if (_lab is not null)
        {
            await _lab.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task As_dhcp_server_it_gives_every_kind_of_computer_an_address_and_its_own_loader()
    {
        await File.WriteAllTextAsync(Paths.Hosts, "52:54:00:00:00:07,set:other\n52:54:00:00:00:08,10.77.0.33\n", Cancel);
        await ApplyAsync(BootMode.Dhcp);
        (PcPacket Pc, string File, string Class)[] cases =
        [
            (new(0, IsIpxe: false), "undionly.kpxe", "PXEClient"),
            (new(0, IsIpxe: true), "http://10.77.0.1/boot.ipxe", "PXEClient"),
            (new(7, IsIpxe: false), "shimx64.efi", "PXEClient"),
            (new(9, IsIpxe: false), "shimx64.efi", "PXEClient"),
            (new(7, IsIpxe: true), "http://10.77.0.1/boot.ipxe", "PXEClient"),
            (new(9, IsIpxe: true), "http://10.77.0.1/boot.ipxe", "PXEClient"),
            (new(16, IsIpxe: false), "http://10.77.0.1/efi/shimx64.efi", "HTTPClient"),
            (new(6, IsIpxe: false), "unsupported.txt", "PXEClient"),
            (new(11, IsIpxe: false), "unsupported.txt", "PXEClient"),
            (new(7, IsIpxe: false, LastByteOfMac: 7), "snponly.efi", "PXEClient"),
        ];
        foreach (var (pc, file, vendor) in cases)
        {
            var answer = await pc.DiscoverAsync();
            Assert.NotNull(answer);
            Assert.True(file == answer.File, $"{pc} is told to load {answer.File}");
            Assert.StartsWith("10.77.0.1", answer.Offered, StringComparison.Ordinal);
            Assert.Equal(0, answer.Router);
            Assert.True(answer.Class == vendor || (vendor == "PXEClient" && answer.Class.Length == 0), $"{pc} hears from {answer.Class}");
        }

        Assert.Equal("10.77.0.33", (await new PcPacket(7, IsIpxe: false, LastByteOfMac: 8).DiscoverAsync())?.Offered);
    }

    [Fact]
    public async Task A_host_that_is_told_another_loader_gets_it_without_a_restart()
    {
        await File.WriteAllTextAsync(Paths.Hosts, "", Cancel);
        await ApplyAsync(BootMode.Dhcp);
        var pc = new PcPacket(7, IsIpxe: false, LastByteOfMac: 7);
        Assert.Equal("shimx64.efi", (await pc.DiscoverAsync())?.File);

        await File.WriteAllTextAsync(Paths.Hosts, "52:54:00:00:00:07,set:other\n", Cancel);
        await _dnsmasq!.ReloadAsync(Cancel);
        var answer = await pc.DiscoverAsync();
        for (var turn = 0; turn < 50 && answer?.File != "snponly.efi"; turn++)
        {
            answer = await pc.DiscoverAsync();
        }

        Assert.Equal("snponly.efi", answer?.File);
    }

    [Fact]
    public async Task As_proxy_it_gives_no_address_and_names_the_loader_when_it_is_asked()
    {
        await File.WriteAllTextAsync(Paths.Hosts, "52:54:00:00:00:07,set:other\n", Cancel);
        await ApplyAsync(BootMode.Proxy);
        (PcPacket Pc, string File)[] cases =
        [
            (new(0, IsIpxe: false), "undionly.kpxe"),
            (new(0, IsIpxe: true), "http://10.77.0.1/boot.ipxe"),
            (new(7, IsIpxe: false), "shimx64.efi"),
            (new(9, IsIpxe: false), "shimx64.efi"),
            (new(6, IsIpxe: false), "unsupported.txt"),
            (new(11, IsIpxe: false), "unsupported.txt"),
            (new(7, IsIpxe: false, LastByteOfMac: 7), "snponly.efi"),
        ];
        foreach (var (pc, file) in cases)
        {
            var offer = await pc.DiscoverAsync();
            Assert.NotNull(offer);
            Assert.Equal(("0.0.0.0", "PXEClient"), (offer.Offered, offer.Class));
            var answer = await pc.AskProxyAsync(offer.Item);
            Assert.NotNull(answer);
            Assert.True(file == answer.File, $"{pc} is told to load {answer.File}");
        }

        // iPXE under UEFI takes what the offer says.
        Assert.Equal("http://10.77.0.1/boot.ipxe", (await new PcPacket(7, IsIpxe: true).DiscoverAsync())?.File);
    }

    [Fact]
    public async Task It_is_not_root_any_more_and_does_no_dns_and_is_started_again_when_it_dies()
    {
        await ApplyAsync(BootMode.Dhcp);
        var first = await PidAsync();
        Assert.Contains("dnsmasq", await File.ReadAllTextAsync($"/proc/{first}/comm", Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain("Uid:\t0", await File.ReadAllTextAsync($"/proc/{first}/status", Cancel), StringComparison.Ordinal);
        Assert.Equal("up", _dnsmasq!.State);
        await new Command("kill", "-KILL", first).RunAsync(Cancel);
        var again = first;
        for (var look = 0; look < 150 && again == first; look++)
        {
            await Task.Delay(100, Cancel);
            again = await PidAsync();
        }

        Assert.NotEqual(first, again);
        await _dnsmasq.StopAsync(Cancel);
        Assert.Equal("off", _dnsmasq.State);
        Assert.False(Directory.Exists("/proc/" + again));
    }

    [Fact]
    public async Task A_bad_configuration_leaves_the_one_that_runs()
    {
        await ApplyAsync(BootMode.Dhcp);
        var good = await File.ReadAllTextAsync(Paths.Configuration, Cancel);
        var refused = await Assert.ThrowsAsync<UserErrorException>(() => _dnsmasq!.ApplyAsync(good + "dhcp-script=/bin/true\n", Cancel));
        Assert.Equal("dnsmasq-refused", refused.Code);
        await Assert.ThrowsAsync<UserErrorException>(() => _dnsmasq!.ApplyAsync(good.Replace("dhcp-range=10.77.0.100", "dhcp-range=999.77.0.100", StringComparison.Ordinal), Cancel));
        Assert.Equal(good, await File.ReadAllTextAsync(Paths.Configuration, Cancel));
        Assert.Equal("up", _dnsmasq!.State);
    }

    [Fact]
    public async Task What_it_saw_is_in_its_log_for_everybody_to_read()
    {
        await ApplyAsync(BootMode.Dhcp);
        var log = new DnsmasqLog(Paths.Log);
        Assert.Empty(log.ReadNew());
        Assert.NotNull(await new PcPacket(7, IsIpxe: false).DiscoverAsync());
        var seen = new List<DnsmasqLine>();
        for (var look = 0; look < 50 && seen.Count == 0; look++)
        {
            await Task.Delay(100, Cancel);
            seen.AddRange(log.ReadNew());
        }

        Assert.Contains(seen, line => line.Mac.ToString() == "52:54:00:00:00:01" && line.Detail.StartsWith("DHCPDISCOVER", StringComparison.Ordinal));
        Assert.True(File.GetUnixFileMode(Paths.Log).HasFlag(UnixFileMode.OtherRead));
    }

    [Fact]
    public async Task Tftp_gives_what_is_in_its_folder_and_nothing_else()
    {
        await File.WriteAllTextAsync(Path.Combine(Paths.Tftp, "shimx64.efi"), "shim", Cancel);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "boot", "canary"), "canary", Cancel);
        await ApplyAsync(BootMode.Dhcp);
        Assert.Equal(TftpData, (await AskTftpAsync("shimx64.efi"))[1]);
        foreach (var name in s_climbs)
        {
            var answer = await AskTftpAsync(name);
            Assert.True(answer.Length == 0 || answer[1] == TftpError, $"{name} is answered");
        }

        Assert.Equal(TftpData, (await AskTftpAsync("shimx64.efi"))[1]);
    }

    [Fact]
    public async Task Another_server_on_the_wire_is_heard_and_the_appliance_itself_is_not()
    {
        await ApplyAsync(BootMode.Proxy);
        Assert.Equal("", await DhcpProbe.RunAsync(WireLab.Card, TimeProvider.System, Cancel));
        _ = _lab!.StartSchool(_folder.FullName);
        var heard = "";
        for (var look = 0; look < 5 && heard.Length == 0; look++)
        {
            heard = await DhcpProbe.RunAsync(WireLab.Card, TimeProvider.System, Cancel);
        }

        Assert.Equal("10.77.0.9 dhcp", heard);
    }

    /// <returns>The first packet that comes back; empty: none does.</returns>
    private static async Task<byte[]> AskTftpAsync(string name)
    {
        using var socket = WireLab.PcSocket();
        await socket.SendToAsync(Encoding.ASCII.GetBytes($"\0\u0001{name}\0octet\0"), new IPEndPoint(IPAddress.Parse(WireLab.Appliance), TftpPort), Cancel);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(2));
        var buffer = new byte[1500];
        try
        {
            var from = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), patience.Token);
            return buffer[..from.ReceivedBytes];
        }
        catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
        {
            return [];
        }
    }

    private async Task<string> PidAsync() => (await File.ReadAllTextAsync(Paths.Pid, Cancel)).Trim();

    private async Task ApplyAsync(BootMode mode)
    {
        var settings = new BootSettings { Mode = mode, Interface = WireLab.Card, RangeFirst = "10.77.0.100", RangeLast = "10.77.0.200" };
        var network = new ServedNetwork(IPAddress.Parse(WireLab.Appliance), IPAddress.Parse("255.255.255.0"));
        await _dnsmasq!.ApplyAsync(DnsmasqConfig.Of(settings, network, WireLab.Appliance, Paths), Cancel);
    }
}
