using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;

namespace OsDeploy.Server.Hosts.Lists;

/// <summary>
/// A column of a host list: the names of CRANIX's list ("inventary" is theirs), what other lists call the same, and ours, so that a
/// list of either can be read and ours gives everything back.
/// </summary>
internal sealed record HostColumn(string Name, Func<Host, string?> ValueOf, params IReadOnlyList<string> Aliases)
{
    public static HostColumn Mac { get; } = new("mac", host => host.Identity.Macs is [var first, ..] ? first.ToString() : null);

    public static HostColumn Ip { get; } = new("ip", host => host.Details.Ip);

    public static HostColumn ComputerName { get; } = new("name", host => host.Name.ToString());

    public static HostColumn Room { get; } = new("room", host => host.Room);

    public static HostColumn Configuration { get; } = new("hwconf", host => host.Configuration, "configuration", "image");

    public static HostColumn Row { get; } = new("row", host => host.Details.Row);

    public static HostColumn Place { get; } = new("place", host => host.Details.Place);

    public static HostColumn WlanMac { get; } = new("wlanmac", host => host.Details.WlanMac);

    public static HostColumn WlanIp { get; } = new("wlanip", host => host.Details.WlanIp);

    public static HostColumn Serial { get; } = new("serial", host => host.Details.Serial);

    public static HostColumn InventoryNumber { get; } = new("inventary", host => host.Details.InventoryNumber, "inventory");

    public static HostColumn Owner { get; } = new("owner", host => host.Details.Owner);

    public static HostColumn Notes { get; } = new("notes", host => host.Notes);

    /// <summary>This and the two below: <see cref="JoinSettings.None"/> is none, whatever the configuration says.</summary>
    public static HostColumn Domain { get; } = new("domain", host => host.Join?.Domain);

    public static HostColumn MachineOu { get; } = new("ou", host => host.Join?.MachineOu);

    public static HostColumn Workgroup { get; } = new("workgroup", host => host.Join?.Workgroup);

    /// <summary>Further cards of the host, with blanks between them.</summary>
    public static HostColumn OtherMacs { get; } = new("othermacs", host => string.Join(' ', host.Identity.Macs.Skip(1)));

    /// <summary>In the order in which they are written.</summary>
    public static IReadOnlyList<HostColumn> All { get; } =
        [Mac, Ip, ComputerName, Room, Configuration, Row, Place, WlanMac, WlanIp, Serial, InventoryNumber, Owner, Notes, Domain, MachineOu, Workgroup, OtherMacs];

    public static HostColumn? Find(string header) =>
        All.FirstOrDefault(column => column.Aliases.Prepend(column.Name).Contains(header.Trim(), StringComparer.OrdinalIgnoreCase));
}
