using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Lab.Wires;
using OsDeploy.MachineTests.Cli;
using OsDeploy.Server.Hosting;

namespace OsDeploy.MachineTests.Boot;

/// <summary>
/// A PC with two cards in two networks of their own, each with a real DHCP server; the appliance is in one of them. Nobody registers the PC, so
/// that it only says what computer it is.
/// </summary>
public sealed class BootNetworkTests : IAsyncLifetime
{
    private const string Appliance = "10.78.0.1:7443";
    private static readonly string s_daemon = OsDeployProgram.Daemon;
    private static readonly string s_program = OsDeployProgram.Path;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osd-net-");
    private NetworkNamespace? _school;
    private NetworkNamespace? _other;
    private NetworkNamespace? _pc;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Command.WhyMissing("dnsmasq", "udhcpc") is null, "dnsmasq-base and udhcpc are not installed");
        _school = await TestNetwork.CreateAsync("school");
        _other = await TestNetwork.CreateAsync("other");
        _pc = await TestNetwork.CreateAsync("pc");
        await _other.CableAsync("port0", _pc, "eth0");
        await _school.CableAsync("port1", _pc, "eth1");
        await _other.AddressAsync("port0", "10.79.0.1/24");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var space in new[] { _pc, _other, _school }.OfType<NetworkNamespace>())
        {
            await space.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(12)]
    public async Task The_card_over_which_the_appliance_answers_is_kept_and_the_other_switched_off(int? vlan)
    {
        var port = "port1";
        if (vlan is { } number)
        {
            port = string.Create(CultureInfo.InvariantCulture, $"port1.{number}");
            var made = await _school!.RunAsync("ip", "link", "add", "link", "port1", "name", port, "type", "vlan", "id", $"{number}");
            Assert.SkipWhen(made.ErrorOutput.Contains("Unknown device type", StringComparison.Ordinal), "the kernel has no VLANs");
            await _school.LinkAsync("set", port, "up");
        }

        await _school!.AddressAsync(port, "10.78.0.1/24");
        _ = _school.StartDhcp(port, "10.78.0.50,10.78.0.60", _folder.FullName);
        _ = _other!.StartDhcp("port0", "10.79.0.50,10.79.0.60", _folder.FullName);
        var key = await StartApplianceAsync();

        var said = await StartPcAsync($"osdeploy.server=https://{Appliance} osdeploy.pin={key} {(vlan is null ? "" : $"osdeploy.vlan={vlan}")}");
        Assert.Contains($"Network: eth1{(vlan is null ? "" : $".{vlan}")} with the address 10.78.0.", said, StringComparison.Ordinal);
        Assert.Contains("This computer is not registered", said, StringComparison.Ordinal);
        Assert.Contains("state DOWN", await _pc!.LinkAsync("show", vlan is null ? "eth0" : $"eth0.{vlan}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_DHCP_server_it_says_so_and_goes_on_asking()
    {
        var said = await StartPcAsync($"osdeploy.server=https://{Appliance} osdeploy.pin={new string('a', 64)}");
        Assert.Contains("Asking for an address on eth0, eth1.", said, StringComparison.Ordinal);
        Assert.Contains("No DHCP server answers on eth0, eth1.", said, StringComparison.Ordinal);
    }

    private async Task<ServerKey> StartApplianceAsync()
    {
        var (data, password) = (Path.Combine(_folder.FullName, "data"), Path.Combine(_folder.FullName, "password"));
        await File.WriteAllTextAsync(password, "correct horse battery\n", Cancel);
        var run = _school!.Start(s_daemon, "--data", data, "--listen", Appliance, "--first-operator", "admin", "--password-file", password, "--helper", Path.Combine(_folder.FullName, "none"));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!File.Exists(Path.Combine(data, "osdeployd.sock")))
        {
            Assert.False(run.IsCompleted, "the daemon has ended");
            await timer.WaitForNextTickAsync(Cancel);
        }

        using var key = ApplianceKey.Open(Path.Combine(data, "appliance.key"));
        return key.Fingerprint;
    }

    /// <returns>What it has said when its plug was pulled.</returns>
    private async Task<string> StartPcAsync(string commandLine)
    {
        var line = Path.Combine(_folder.FullName, "cmdline");
        await File.WriteAllTextAsync(line, "quiet " + commandLine, Cancel);
        var script = Path.Combine(SourceFolder(), "iso/client/overlay/usr/lib/osdeploy/lease");
        var result = await _pc!.RunAsync("timeout", "--signal=INT", "30", s_program, "machine", "--from-kernel", line, "--network", script);
        return result.Output + result.ErrorOutput;
    }

    private static string SourceFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "osdeploy.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside their working tree.");
    }
}
