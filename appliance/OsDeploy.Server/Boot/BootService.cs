using System.Net.NetworkInformation;
using System.Net.Sockets;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Helper;
using OsDeploy.Server.Appliance;
using OsDeploy.Text;

namespace OsDeploy.Server.Boot;

/// <summary>Brings the settings into force: the files for TFTP, and dnsmasq through the helper.</summary>
internal sealed class BootService(
    BootBook book, BootDesk desk, TftpTree tree, HelperClient helper, BootHistory history, Alarms alarms, ApplianceName appliance, DnsmasqPaths paths, TimeProvider time)
{
    private const string NeighbourAlarm = "boot-neighbour";
    private const string DownAlarm = "boot-service-down";

    private readonly DnsmasqLog _log = new(paths.Log);
    private volatile string _state = "off";
    private string? _applied;
    private bool _isUntold;
    private volatile IReadOnlyList<BootNeighbour> _neighbours = [];

    /// <summary><c>off</c>, <c>up</c> or <c>down</c>, as last seen.</summary>
    public string Service => _state.Split(' ')[0];

    /// <summary>Why it is down.</summary>
    public string? Fault => _state.StartsWith("down ", StringComparison.Ordinal) ? _state["down ".Length..] : null;

    public IReadOnlyList<BootNeighbour> Neighbours => _neighbours;

    /// <summary>What dnsmasq would be told.</summary>
    /// <exception cref="UserErrorException"><c>boot-interface-invalid</c>, <c>boot-range-invalid</c>, <c>boot-address-invalid</c></exception>
    public string ConfigurationOf(BootSettings settings) =>
        settings.Mode == BootMode.Off ? "" : DnsmasqConfig.Of(settings, Checked(settings), DoorOf(settings).Server, paths);

    /// <summary>Asks who else answers on a network.</summary>
    /// <exception cref="UserErrorException"><c>helper-missing</c> and what else the helper says.</exception>
    public async Task<IReadOnlyList<BootNeighbour>> AskAsync(string interfaceName, CancellationToken cancel)
    {
        var answer = await helper.AskAsync(new DhcpProbeRequest(interfaceName), cancel);
        var lines = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '));
        return _neighbours =
        [
            .. lines.Where(parts => parts.Length == 2 && BootRules.TryAddress(parts[0], out _) && parts[1] is "dhcp" or "pxe")
                .Select(parts => new BootNeighbour(parts[0], parts[1], time.GetUtcNow())),
        ];
    }

    /// <exception cref="UserErrorException">Those of the settings, and what the helper says.</exception>
    public async Task ApplyAsync(BootSettings settings, CancellationToken cancel)
    {
        if (settings.Mode == BootMode.Off)
        {
            _neighbours = [];
            if (Service != "off")
            {
                await helper.CallAsync(new DnsmasqStopRequest(), cancel);
            }

            _state = "off";
            alarms.Dismiss(DownAlarm);
            alarms.Dismiss(NeighbourAlarm);
            return;
        }

        var configuration = ConfigurationOf(settings);
        _ = WriteTree(settings);
        await helper.CallAsync(new DnsmasqApplyRequest(configuration), cancel);
        (_state, _applied) = ("up", configuration);
        alarms.Dismiss(DownAlarm);
    }

    /// <summary>Brings what TFTP serves and dnsmasq knows of hosts up to date, if anything is served.</summary>
    /// <exception cref="UserErrorException"><c>boot-folder-failed</c>, and what the helper says: it is tried again with the next call.</exception>
    public async Task WriteTreeAsync(CancellationToken cancel)
    {
        if (book.Settings is not { Mode: not BootMode.Off } settings)
        {
            return;
        }

        _isUntold |= WriteTree(settings);
        if (_isUntold)
        {
            await helper.CallAsync(new DnsmasqReloadRequest(), cancel);
            _isUntold = false;
        }
    }

    /// <summary>What dnsmasq wrote since the last time goes into the history.</summary>
    public void ReadLog()
    {
        var lines = _log.ReadNew();
        var own = lines.Count == 0 ? null : CardOf(book.Settings.Interface);
        foreach (var line in lines)
        {
            if (line.Mac is { } mac)
            {
                // The appliance asks like a PC, to find its neighbours.
                if (mac.ToString() == own)
                {
                    continue;
                }

                history.Seen(mac, line.Address, line.What, line.Detail);
            }
            else
            {
                history.Fetched(line.Address ?? "", line.What, line.Detail);
                if (line.Script is { } card)
                {
                    desk.SentReady(card);
                }
            }
        }
    }

    /// <summary>
    /// Looks whether dnsmasq runs, and starts it where it should: the helper may have been restarted, and the appliance's address may be another.
    /// </summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        var settings = book.Settings;
        if (settings.Mode == BootMode.Off)
        {
            return;
        }

        try
        {
            _state = await helper.AskAsync(new DnsmasqStateRequest(), cancel);
            if (_state == "off" || (_applied is { } applied && applied != ConfigurationOf(settings)))
            {
                await ApplyAsync(settings, cancel);
            }
        }
        catch (UserErrorException e)
        {
            _state = "down " + e.Message;
        }

        if (Fault is { } fault)
        {
            alarms.Raise(DownAlarm, $"Computers cannot start over the network: {fault}", "`osdeploy boot` says more; look at the helper's log: `journalctl -u osdeploy-helper`.", host: null, job: null);
        }
        else
        {
            alarms.Dismiss(DownAlarm);
        }
    }

    /// <summary>Looks who else answers PCs: another server that does so takes them away, or clashes.</summary>
    public async Task WatchNeighboursAsync(CancellationToken cancel)
    {
        var settings = book.Settings;
        if (settings.Mode == BootMode.Off)
        {
            return;
        }

        var foreign = (await AskAsync(settings.Interface, cancel)).Where(one => one.What == "pxe" || settings.Mode == BootMode.Dhcp).ToList();
        if (foreign.Count == 0)
        {
            alarms.Dismiss(NeighbourAlarm);
            return;
        }

        alarms.Raise(
            NeighbourAlarm,
            $"Somebody else answers computers that start on {settings.Interface}: {string.Join(", ", foreign.Select(one => $"{one.Address} ({one.What})"))}.",
            "Find the device with this address and switch its DHCP or PXE service off, or change the mode: `osdeploy boot set --mode`.",
            host: null,
            job: null);
    }

    /// <summary>The appliance as PCs on the served network see it.</summary>
    /// <exception cref="UserErrorException"><c>boot-interface-invalid</c></exception>
    public BootDoor DoorOf(BootSettings settings)
    {
        var local = NetworkOf(settings.Interface).Address;
        var served = appliance.BootAddresses.Select(address => new Uri(address)).ToList();
        var port = (served.FirstOrDefault(address => address.Host == local.ToString()) ?? served.FirstOrDefault(address => address.Host == "0.0.0.0"))?.Port ?? throw BootErrors.NotServed(local.ToString());
        return new BootDoor(BootPages.Authority(local, port), local, null);
    }

    private bool WriteTree(BootSettings settings)
    {
        try
        {
            return tree.Write(settings, NetworkOf(settings.Interface), DoorOf(settings));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BootErrors.FolderNotWritten(paths.Folder, e);
        }
    }

    private static ServedNetwork Checked(BootSettings settings)
    {
        var network = NetworkOf(settings.Interface);
        if (settings.Mode != BootMode.Dhcp)
        {
            return network;
        }

        var (first, last) = (BootRules.AddressOf("The first address", settings.RangeFirst), BootRules.AddressOf("The last address", settings.RangeLast));
        var (low, high, own) = (BootRules.NumberOf(first), BootRules.NumberOf(last), BootRules.NumberOf(network.Address));
        if (settings.Router is { } router)
        {
            BootRules.AddressOf("The router", router);
        }

        return !network.Holds(first) || !network.Holds(last) ? throw BootErrors.RangeInvalid($"the network of {settings.Interface} is {network.Network} with mask {network.Mask}")
            : low > high ? throw BootErrors.RangeInvalid("it ends before it begins")
            : low <= own && own <= high ? throw BootErrors.RangeInvalid($"the appliance itself has {network.Address}")
            : network;
    }

    /// <summary>Cards with an IPv4 address; the loopback is no network.</summary>
    public static IReadOnlyList<BootCard> Cards =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces().Where(card => card.NetworkInterfaceType != NetworkInterfaceType.Loopback).OrderBy(card => card.Name, StringComparer.Ordinal)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses.Where(one => one.Address.AddressFamily == AddressFamily.InterNetwork).Take(1)
                .Select(one => new BootCard(card.Name, $"{one.Address}/{one.PrefixLength}"))),
    ];

    private static string? CardOf(string name)
    {
        var card = NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(card => card.Name == name);
        return card is not null && MacAddress.TryParse(card.GetPhysicalAddress().ToString(), out var mac) ? mac.ToString() : null;
    }

    private static ServedNetwork NetworkOf(string name)
    {
        var found = NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(card => card.Name == name)?.GetIPProperties().UnicastAddresses
            .FirstOrDefault(address => address.Address.AddressFamily == AddressFamily.InterNetwork);
        return found is null ? throw BootErrors.InterfaceInvalid(name) : new ServedNetwork(found.Address, found.IPv4Mask);
    }
}
