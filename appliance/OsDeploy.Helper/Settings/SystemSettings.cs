using System.Text;
using Mono.Unix.Native;
using OsDeploy.SetUp;
using OsDeploy.Storage;

namespace OsDeploy.Helper.Settings;

/// <summary>
/// Network, name and time zone of the system. Its root is in memory and forgets them, so they are set at every start: by the plain files, not
/// by timedatectl and hostnamectl, which need D-Bus and two services of their own to write the same.
/// </summary>
/// <param name="root">What stands for <c>/</c>.</param>
/// <param name="folder">Where the settings are kept.</param>
/// <param name="run">Runs a program to its end.</param>
internal sealed class SystemSettings(string root, string folder, Func<Command, CancellationToken, Task> run)
{
    // Before whatever the system came with: the first file that fits a card counts (systemd.network(5)).
    private const string NetworkFile = "run/systemd/network/10-osdeploy.network";
    private const string Zones = "usr/share/zoneinfo";

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(8);

    /// <returns>False: there are no settings.</returns>
    /// <exception cref="UserErrorException"><c>appliance-settings</c>, and those of what they say.</exception>
    public async Task<bool> ApplyAsync(CancellationToken cancel)
    {
        if (ApplianceSettings.Read(folder) is not { } settings)
        {
            return false;
        }

        SetHostName(settings.HostName);
        SetTimeZone(settings.TimeZone);
        await SetNetworkAsync(settings.Network, cancel);
        return true;
    }

    /// <exception cref="UserErrorException">Those of <see cref="NetworkSettings.Checked"/>, <c>tool-missing</c>, <c>tool-failed</c></exception>
    public async Task SetNetworkAsync(NetworkSettings network, CancellationToken cancel)
    {
        Write(NetworkFile, TextOf(network.Checked()));
        await run(new Command("networkctl", "reload").WithDeadline(s_deadline), cancel);
        await run(new Command("nft", "-f", "-").WithInput(DoorsOf(network)).WithDeadline(s_deadline), cancel);
    }

    /// <exception cref="UserErrorException"><c>time-zone</c></exception>
    public void SetTimeZone(string zone)
    {
        var file = Path.Combine(Zones, ApplianceSettings.CheckedZone(zone));
        if (!File.Exists(Path.Combine(root, file)))
        {
            throw Errors.TimeZoneMissing(zone);
        }

        // systemd reads the zone's name out of the link.
        var (link, made) = (Path.Combine(root, "etc/localtime"), Path.Combine(root, "etc/localtime.osdeploy"));
        File.Delete(made);
        File.CreateSymbolicLink(made, "/" + file);
        File.Move(made, link, overwrite: true);
        Write("etc/timezone", zone + "\n");
    }

    /// <exception cref="UserErrorException"><c>appliance-name</c></exception>
    public void SetHostName(string name)
    {
        ApplianceSettings.CheckedName(name);
        Write("etc/hostname", name + "\n");
        if (root == "/" && Syscall.sethostname(name) != 0)
        {
            throw Errors.HostNameNotSet(name, Stdlib.strerror(Stdlib.GetLastError()));
        }
    }

    // What the appliance serves is reached over its own card alone (nftables.conf). Both lines count, or neither: nft(8) takes its input as one.
    private static string DoorsOf(NetworkSettings network) => $"flush set inet appliance cards\nadd element inet appliance cards {{ \"{network.Interface}\" }}\n";

    internal static string TextOf(NetworkSettings network)
    {
        var text = new StringBuilder($"# Written by osdeploy-helper at every start.\n[Match]\nName={network.Interface}\n\n[Network]\n");
        if (network.Address is not { } address)
        {
            return text.Append("DHCP=ipv4\n").ToString();
        }

        text.Append("Address=").Append(address).Append('\n');
        foreach (var line in new[] { network.Gateway is { } gateway ? "Gateway=" + gateway : null }.Concat((network.Dns ?? []).Select(dns => "DNS=" + dns)).OfType<string>())
        {
            text.Append(line).Append('\n');
        }

        // The daemon listens at this address whether a cable is plugged in or not.
        return text.Append("ConfigureWithoutCarrier=yes\n").ToString();
    }

    private void Write(string file, string content)
    {
        var path = Path.Combine(root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        DurableFile.Write(path, Encoding.ASCII.GetBytes(content), overwrite: true);
    }
}
