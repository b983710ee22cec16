using System.Net;
using System.Text;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Helper;
using OsDeploy.Api.Hosts;
using OsDeploy.Helper;
using OsDeploy.Server.Boot;
using OsDeploy.Tests.Hosts;
using OsDeploy.Text;
using OsDeploy.Tui.Tests;
using Xunit;

namespace OsDeploy.Tests.Boot;

public sealed class DnsmasqConfigTests
{
    private const string Server = "10.77.0.1";

    private static readonly DnsmasqPaths s_paths = new("/var/lib/osdeploy-boot");
    private static readonly ServedNetwork s_network = new(IPAddress.Parse(Server), IPAddress.Parse("255.255.255.0"));

    private static readonly string[] s_hostile =
    [
        "dhcp-script=/tmp/x", "conf-file=/etc/shadow", "conf-dir=/tmp", "dhcp-luascript=/tmp/x", "addn-hosts=/etc/shadow", "user=root", "dhcp-leasefile=/etc/passwd", "log-facility=/etc/cron.d/x", "tftp-root=/",
        "tftp-root=/var/lib/osdeploy-boot/tftp,eth0", "pid-file=/etc/passwd", "port=53", "server=8.8.8.8", "enable-ra", "dhcp-hostsfile=/etc/shadow", "interface=eth0 ", "interface=*", "interface=", "dhcp-range=10.0.0.1,10.0.0.9,255.255.255.0,infinite",
        "dhcp-boot=tag:ipxe,http://10.0.0.1/../x", "dhcp-boot=pxelinux.0,evil,10.0.0.9", "dhcp-boot=tag:ipxe,http://evil.example/boot.ipxe", "pxe-service=X86PC,\"a\nb\",shimx64.efi", "pxe-service=X86PC,\"x\",../../etc/shadow", "dhcp-option=option:router,10.0.0.1,evil",
        "dhcp-option=42,x", "# a\u0000b", "bind-dynamic", "\tport=0", "dhcp-option-force=209,x",
    ];

    [Theory]
    [InlineData("proxy", BootMode.Proxy, UefiLoader.Shim)]
    [InlineData("proxy-ipxe", BootMode.Proxy, UefiLoader.Ipxe)]
    [InlineData("dhcp", BootMode.Dhcp, UefiLoader.Shim)]
    public void Each_mode_has_its_configuration_and_the_helper_takes_it(string name, BootMode mode, UefiLoader loader)
    {
        var configuration = DnsmasqConfig.Of(Settings(mode) with { Options = new BootOptions(Loader: loader) }, s_network, Server, s_paths);

        Golden.Check(configuration, "dnsmasq-" + name);
        ConfigurationCheck.Require(configuration, s_paths);
        Assert.True(HelperProtocol.LineOf(new DnsmasqApplyRequest(configuration)).Length < HelperProtocol.MaxLine);
        Assert.DoesNotContain("no-ping", configuration, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_configuration_fits_in_a_request()
    {
        var settings = Settings(BootMode.Dhcp) with { Interface = "enp0s31f6.4094x", Router = "192.168.100.254", Dns = [.. Enumerable.Range(1, 4).Select(i => $"192.168.100.20{i}")], LeaseMinutes = 10_080 };
        var configuration = DnsmasqConfig.Of(settings, s_network, "192.168.100.100:65535", new DnsmasqPaths("/" + new string('x', 100)));

        Assert.True(HelperProtocol.LineOf(new DnsmasqApplyRequest(configuration)).Length < HelperProtocol.MaxLine);
    }

    [Fact]
    public void The_helper_takes_no_line_that_it_does_not_know()
    {
        var good = DnsmasqConfig.Of(Settings(BootMode.Dhcp), s_network, Server, s_paths);
        foreach (var line in s_hostile)
        {
            Assert.Equal("dnsmasq-refused", Assert.Throws<UserErrorException>(() => ConfigurationCheck.Require(good + line + "\n", s_paths)).Code);
        }

        foreach (var line in s_paths.FixedLines)
        {
            Assert.Equal("dnsmasq-incomplete", Assert.Throws<UserErrorException>(() => ConfigurationCheck.Require(good.Replace(line + "\n", "", StringComparison.Ordinal), s_paths)).Code);
        }

        Assert.Equal("dnsmasq-refused", Assert.Throws<UserErrorException>(() => ConfigurationCheck.Require(good, new DnsmasqPaths("/elsewhere"))).Code);
    }

    [Fact]
    public void A_byte_that_is_changed_never_gets_an_unknown_line_past_the_helper() => Seeded.Cases(2000, random =>
    {
        var text = Encoding.ASCII.GetBytes(DnsmasqConfig.Of(Settings(BootMode.Dhcp), s_network, Server, s_paths));
        text[random.Next(text.Length)] = (byte)random.Next(1, 127);
        var changed = Encoding.ASCII.GetString(text);
        try
        {
            ConfigurationCheck.Require(changed, s_paths);
        }
        catch (UserErrorException e)
        {
            Assert.Contains(e.Code, new[] { "dnsmasq-refused", "dnsmasq-incomplete" });
            return;
        }

        Assert.DoesNotContain("script", changed, StringComparison.Ordinal);
        Assert.All(changed.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches("^(#|[a-z-]+(=|$))", line));
    });

    [Fact]
    public void Registered_hosts_keep_their_addresses_and_their_loader()
    {
        var lines = DnsmasqConfig.HostsOf(
            Settings(BootMode.Dhcp),
            s_network,
            [
                (HostOf("pc01", "10.77.0.21", 1, 2), BootOptions.None),
                (HostOf("pc02", "10.77.0.21", 3), BootOptions.None), // taken already
                (HostOf("pc03", "192.168.9.9", 4), BootOptions.None), // of another network
                (HostOf("pc04", "10.77.0.1", 5), BootOptions.None), // the appliance's own
                (HostOf("pc05", "10.77.0.22\ndhcp-script=/x", 6), BootOptions.None),
                (HostOf("pc06", null, 7, 8), new BootOptions(Loader: UefiLoader.Ipxe)),
                (HostOf("pc07", "10.77.0.23", 9), new BootOptions(Loader: UefiLoader.Ipxe)),
            ]);

        Assert.Equal("02:00:00:00:00:01,10.77.0.21\n02:00:00:00:00:07,set:other\n02:00:00:00:00:08,set:other\n02:00:00:00:00:09,set:other,10.77.0.23\n", lines);
        Assert.Equal("", DnsmasqConfig.HostsOf(Settings(BootMode.Proxy), s_network, [(HostOf("pc01", "10.77.0.21", 1), BootOptions.None)]));
    }

    [Theory]
    [InlineData("Nov 21 20:00:00 dnsmasq-dhcp[9]: 1 DHCPDISCOVER(br0) 52:54:00:00:00:01 ", "52:54:00:00:00:01", null, "dhcp", "DHCPDISCOVER")]
    [InlineData("Nov 21 20:00:00 dnsmasq-dhcp[9]: 1 DHCPACK(br0) 10.77.0.101 52:54:00:00:00:01 pc", "52:54:00:00:00:01", "10.77.0.101", "dhcp", "DHCPACK 10.77.0.101")]
    [InlineData("Nov 21 20:00:00 dnsmasq-dhcp[9]: 1 PXE(br0) 52:54:00:00:00:01 proxy", "52:54:00:00:00:01", null, "dhcp", "PXE")]
    [InlineData("Nov 21 20:00:00 dnsmasq-tftp[9]: sent /srv/tftp/shimx64.efi to 10.77.0.101", null, "10.77.0.101", "loader", "shimx64.efi by TFTP")]
    public void A_line_of_the_log_tells_how_far_a_computer_came(string line, string? mac, string? address, string what, string detail) =>
        Assert.Equal(new DnsmasqLine(mac is null ? null : MacOf(mac), address, what, detail), DnsmasqLog.Parse(line));

    [Theory]
    [InlineData("/srv/tftp/grub/mac/52:54:00:00:00:01.cfg", "52:54:00:00:00:01")]
    [InlineData("/srv/tftp/grub/default.cfg", null)]
    [InlineData("/srv/tftp/shimx64.efi", null)]
    public void A_script_of_one_card_that_went_by_tftp_is_known_by_its_name(string path, string? mac) =>
        Assert.Equal(mac is null ? null : MacOf(mac), DnsmasqLog.Parse($"Nov 21 20:00:00 dnsmasq-tftp[9]: sent {path} to 10.77.0.101")!.Script);

    [Fact]
    public void Only_what_starts_over_the_network_is_in_the_history()
    {
        using var folder = new TemporaryFolder();
        var path = folder["log"];
        File.WriteAllText(path, "");
        var log = new DnsmasqLog(path);
        Assert.Empty(log.ReadNew());
        File.WriteAllText(path, """
            dnsmasq-dhcp[9]: 7 vendor class: android-dhcp-14
            dnsmasq-dhcp[9]: 7 DHCPDISCOVER(br0) 52:54:00:00:00:07
            dnsmasq-dhcp[9]: 7 DHCPACK(br0) 10.77.0.107 52:54:00:00:00:07 phone
            dnsmasq-dhcp[9]: 8 vendor class: PXEClient:Arch:00007:UNDI:003016
            dnsmasq-dhcp[9]: 8 DHCPDISCOVER(br0) 52:54:00:00:00:08
            dnsmasq-dhcp[9]: 8 vendor class: PXEClient:Arch:00007:UNDI:003016
            dnsmasq-dhcp[9]: 8 DHCPACK(br0) 10.77.0.108 52:54:00:00:00:08
            dnsmasq-dhcp[9]: 9 vendor class: MSFT 5.0
            dnsmasq-dhcp[9]: 9 DHCPACK(br0) 10.77.0.108 52:54:00:00:00:08

            """);
        Assert.Equal(["52:54:00:00:00:08 DHCPDISCOVER", "52:54:00:00:00:08 DHCPACK 10.77.0.108"], log.ReadNew().Select(line => $"{line.Mac} {line.Detail}"));
    }

    [Fact]
    public void A_log_is_read_from_where_it_was_read_to_and_from_its_beginning_when_it_was_cut()
    {
        using var folder = new TemporaryFolder();
        var path = folder["log"];
        var log = new DnsmasqLog(path);
        Assert.Empty(log.ReadNew());
        File.WriteAllText(path, "dnsmasq-dhcp[9]: 1 PXE(br0) 52:54:00:00:00:01\n");
        Assert.Empty(log.ReadNew());
        File.AppendAllText(path, "dnsmasq-dhcp[9]: 1 PXE(br0) 52:54:00:00:00:02\ndnsmasq-dhcp[9]: 1 P");
        Assert.Equal(["52:54:00:00:00:02"], log.ReadNew().Select(line => line.Mac.ToString()));
        File.AppendAllText(path, "XE(br0) 52:54:00:00:00:03\nnonsense \u001b[2J\n");
        Assert.Equal(["52:54:00:00:00:03"], log.ReadNew().Select(line => line.Mac.ToString()));
        File.WriteAllText(path, "dnsmasq-dhcp[9]: 1 PXE(br0) 52:54:00:00:00:04\n");
        Assert.Equal(["52:54:00:00:00:04"], log.ReadNew().Select(line => line.Mac.ToString()));
    }

    private static MacAddress MacOf(string text) => MacAddress.TryParse(text, out var mac) ? mac : throw new ArgumentException("no MAC", nameof(text));

    private static Host HostOf(string name, string? ip, params int[] macs) => new()
    {
        Id = name,
        Name = ComputerName.Parse(name),
        Identity = new HardwareIdentity(null, null, null, [.. macs.Select(TestRegistry.Mac)]),
        Details = new HostDetails(Ip: ip),
        ChangedBy = "anna",
        ChangedAt = DateTimeOffset.UnixEpoch,
    };

    private static BootSettings Settings(BootMode mode) => new()
    {
        Mode = mode,
        Interface = "br0",
        RangeFirst = "10.77.0.100",
        RangeLast = "10.77.0.200",
        Router = "10.77.0.254",
        Dns = ["10.77.0.253", "9.9.9.9"],
    };
}
