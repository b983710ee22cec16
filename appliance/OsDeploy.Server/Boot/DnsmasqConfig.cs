using System.Globalization;
using System.Net;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Helper;
using OsDeploy.Api.Hosts;

namespace OsDeploy.Server.Boot;

/// <summary>Where the appliance is on the network that it serves.</summary>
internal sealed record ServedNetwork(IPAddress Address, IPAddress Mask)
{
    public IPAddress Network => new([.. Address.GetAddressBytes().Zip(Mask.GetAddressBytes(), (one, mask) => (byte)(one & mask))]);

    public bool Holds(IPAddress other) => new ServedNetwork(other, Mask).Network.Equals(Network);

    public IPAddress Broadcast => new([.. Network.GetAddressBytes().Zip(Mask.GetAddressBytes(), (one, mask) => (byte)(one | ~mask))]);
}

/// <summary>
/// What dnsmasq is told. Option 93 says what a PC can load (RFC 4578 section 2.1 and IANA's list: 0 BIOS, 7 and 9 UEFI of 64 bits, 16 the same by
/// HTTP); option 175 and the user class say that it is iPXE already.
/// </summary>
internal static class DnsmasqConfig
{
    /// <summary>A host with this tag gets the other loader than the appliance's usual one.</summary>
    public const string OtherLoader = "other";

    public const string Unsupported = "unsupported.txt";

    private const string Shim = "shimx64.efi";
    private const string Snponly = "snponly.efi";
    private const string Undionly = "undionly.kpxe";

    // IA32, ARM 32 and 64 bits, and the same three by HTTP.
    private static readonly int[] s_foreign = [6, 10, 11, 15, 18, 19];

    /// <param name="server">Address of the plain listener, as it stands in a URL.</param>
    public static string Of(BootSettings settings, ServedNetwork network, string server, DnsmasqPaths paths) => string.Concat(
        new[] { "# made by osdeploy: changes here are lost", "interface=" + settings.Interface }
            .Concat(paths.FixedLines)
            .Concat(Matches())
            .Concat(settings.Mode == BootMode.Dhcp ? Server(settings, network, server) : Proxy(settings, network, server))
            .Select(line => line + "\n"));

    /// <summary>Lines of <see cref="DnsmasqPaths.Hosts"/>: addresses kept for registered hosts, and hosts that load the other loader.</summary>
    public static string HostsOf(BootSettings settings, ServedNetwork network, IEnumerable<(Host Host, BootOptions Options)> hosts)
    {
        var taken = new HashSet<IPAddress> { network.Address, network.Network, network.Broadcast };
        var lines = new List<string>();
        foreach (var (host, options) in hosts)
        {
            var isOther = (options.Loader ?? UefiLoader.Shim) != (settings.Options.Loader ?? UefiLoader.Shim);
            var address = settings is { Mode: BootMode.Dhcp, Reservations: true } && BootRules.TryAddress(host.Details.Ip, out var kept) && network.Holds(kept) && taken.Add(kept) ? kept : null;
            var tag = isOther ? ",set:" + OtherLoader : "";

            // The address is for the first card only; two cards of one PC may be up at once.
            lines.AddRange(host.Identity.Macs.Select((mac, i) => i == 0 && address is not null ? $"{mac}{tag},{address}" : $"{mac}{tag}").Where(line => line.Contains(',', StringComparison.Ordinal)));
        }

        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static IEnumerable<string> Matches() =>
    [
        "dhcp-match=set:bios,option:client-arch,0",
        "dhcp-match=set:uefi,option:client-arch,7",
        "dhcp-match=set:uefi,option:client-arch,9",
        "dhcp-match=set:uefihttp,option:client-arch,16",
        .. s_foreign.Select(number => string.Create(CultureInfo.InvariantCulture, $"dhcp-match=set:foreign,option:client-arch,{number}")),
        "dhcp-match=set:ipxe,175",
        "dhcp-userclass=set:ipxe,iPXE",
    ];

    private static IEnumerable<string> Server(BootSettings settings, ServedNetwork network, string server)
    {
        var (usual, other) = Loaders(settings);
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"dhcp-range={settings.RangeFirst},{settings.RangeLast},{network.Mask},{settings.LeaseMinutes}m"),

            // Without its value the option is not sent at all: else dnsmasq names itself.
            settings.Router is { } router ? "dhcp-option=option:router," + router : "dhcp-option=option:router",
            .. settings.Dns.Count > 0 ? ["dhcp-option=option:dns-server," + string.Join(',', settings.Dns)] : Array.Empty<string>(),
            "dhcp-boot=tag:foreign," + Unsupported,
            "dhcp-boot=tag:bios,tag:!ipxe," + Undionly,
            $"dhcp-boot=tag:uefi,tag:!ipxe,tag:!{OtherLoader},{usual}",
            $"dhcp-boot=tag:uefi,tag:!ipxe,tag:{OtherLoader},{other}",
            $"dhcp-boot=tag:ipxe,tag:!uefihttp,http://{server}/boot.ipxe",

            // The firmware takes only an answer that says the same class back (UEFI 2.10, section 24.7).
            "dhcp-option-force=tag:uefihttp,option:vendor-class,HTTPClient",
            $"dhcp-boot=tag:uefihttp,tag:!{OtherLoader},http://{server}/efi/{usual}",
            $"dhcp-boot=tag:uefihttp,tag:{OtherLoader},http://{server}/efi/{other}",
        ];
    }

    private static IEnumerable<string> Proxy(BootSettings settings, ServedNetwork network, string server)
    {
        var (usual, other) = Loaders(settings);
        return
        [
            $"dhcp-range={network.Network},proxy,{network.Mask}",

            // iPXE under UEFI takes the first, under a BIOS the second.
            $"dhcp-boot=tag:ipxe,http://{server}/boot.ipxe",
            $"pxe-service=tag:ipxe,X86PC,\"osdeploy\",http://{server}/boot.ipxe",
            $"pxe-service=tag:!ipxe,X86PC,\"osdeploy\",{Undionly}",
            $"pxe-service=tag:!ipxe,tag:!{OtherLoader},X86-64_EFI,\"osdeploy\",{usual}",
            $"pxe-service=tag:!ipxe,tag:{OtherLoader},X86-64_EFI,\"osdeploy\",{other}",
            $"pxe-service=tag:!ipxe,tag:!{OtherLoader},BC_EFI,\"osdeploy\",{usual}",
            $"pxe-service=tag:!ipxe,tag:{OtherLoader},BC_EFI,\"osdeploy\",{other}",
            $"pxe-service=IA32_EFI,\"osdeploy needs a 64-bit PC\",{Unsupported}",
            $"pxe-service=ARM32_EFI,\"osdeploy needs a 64-bit PC\",{Unsupported}",
            $"pxe-service=ARM64_EFI,\"osdeploy needs a 64-bit PC\",{Unsupported}",
        ];
    }

    private static (string Usual, string Other) Loaders(BootSettings settings) => settings.Options.Loader == UefiLoader.Ipxe ? (Snponly, Shim) : (Shim, Snponly);
}
