using OsDeploy.Api.Hosts;
using OsDeploy.Server.Configurations;
using OsDeploy.Storage.Documents;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosts.Lists;

/// <summary>A line, the host it is about, and the first thing that is wrong with it.</summary>
/// <param name="line">As it was read.</param>
internal sealed class ImportDraft(HostLine line)
{
    public HostLine Line => line;

    /// <summary>Null: a new host.</summary>
    public Stored<Host>? Before { get; set; }

    /// <summary>It is known by its name alone: its hardware is another one now.</summary>
    public bool IsRenewed { get; set; }

    public ComputerName? Name { get; set; }

    public string? Fault { get; set; }

    /// <summary>What the line says, the wireless card too.</summary>
    public IReadOnlyList<MacAddress> SaidMacs { get; } = HostEdit.WithWlan(line.Macs, line.Details);

    /// <summary>What the host has afterwards.</summary>
    public IReadOnlyList<MacAddress> Macs => Before is { Value.Identity.Macs: var own } && !IsRenewed ? [.. own.Union(SaidMacs).Take(HardwareLimits.MaxMacs)] : SaidMacs;

    /// <param name="room">As the room is written; null: none.</param>
    /// <param name="configuration">Of a new host, or if the line says one.</param>
    public Host ToHost(string? room, string? configuration, string by, DateTimeOffset now)
    {
        var host = Before?.Value ?? new Host { Id = Registry.NewId(), Name = Name!.Value, Identity = HardwareIdentity.OfMac(line.Macs[0]), ChangedBy = by, ChangedAt = now };
        return host with
        {
            Name = Name!.Value,
            Identity = IsRenewed ? new HardwareIdentity(null, null, null, Macs) : host.Identity with { Macs = Macs },
            Room = room ?? host.Room,
            Configuration = configuration ?? host.Configuration,
            Notes = line.Notes ?? host.Notes,
            Details = Over(host.Details, line.Details),
            Join = JoinRules.Changed(host.Join, line.Join),
            ChangedBy = by,
            ChangedAt = now,
        };
    }

    private static HostDetails Over(HostDetails old, HostDetails said) => new(
        said.Ip ?? old.Ip, said.Row ?? old.Row, said.Place ?? old.Place, said.WlanMac ?? old.WlanMac, said.WlanIp ?? old.WlanIp,
        said.Serial ?? old.Serial, said.InventoryNumber ?? old.InventoryNumber, said.Owner ?? old.Owner);
}
