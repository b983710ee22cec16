using OsDeploy.Api.Hosts;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosts;

/// <summary>What the record of a host takes over from what the host says.</summary>
internal static class Learning
{
    /// <summary>
    /// Of a host that was recognised. New network cards only if its UUID or a serial number agrees, or none was known; never one that
    /// belongs to another host.
    /// </summary>
    public static HardwareIdentity Of(Host host, HardwareIdentity seen, Func<MacAddress, bool> isFree)
    {
        var (known, values) = (HardwareValues.Of(host.Identity), HardwareValues.Of(seen));
        var isProved = !known.IsStrong || known.Uuid is { } uuid && uuid == values.Uuid || known.SystemSerial is { } system && system == values.SystemSerial
            || known.BoardSerial is { } board && board == values.BoardSerial;
        return new HardwareIdentity(
            known.Uuid is null && values.Uuid is not null ? seen.SystemUuid : host.Identity.SystemUuid,
            known.SystemSerial is null && values.SystemSerial is not null ? seen.SystemSerial : host.Identity.SystemSerial,
            known.BoardSerial is null && values.BoardSerial is not null ? seen.BoardSerial : host.Identity.BoardSerial,
            isProved ? Joined(host.Identity.Macs, seen.Macs.Where(isFree)) : host.Identity.Macs);
    }

    /// <summary>Of a known host that an operator says is this computer now. Cards of hardware that is gone go with it.</summary>
    public static HardwareIdentity Renewed(HardwareIdentity before, HardwareIdentity seen)
    {
        var (old, now) = (HardwareValues.Of(before), HardwareValues.Of(seen));
        var isPartlySame = old.Macs.Overlaps(now.Macs) || (old.Uuid is { } uuid && uuid == now.Uuid)
            || (old.SystemSerial is { } system && system == now.SystemSerial) || (old.BoardSerial is { } board && board == now.BoardSerial);
        return isPartlySame ? seen with { Macs = Joined(seen.Macs, before.Macs) } : seen;
    }

    /// <summary>Without the cards that are another host's: they are adapters. Null if nothing is left to know the computer by.</summary>
    public static HardwareIdentity? OwnCards(HardwareIdentity seen, Func<MacAddress, bool> isFree)
    {
        var own = seen with { Macs = [.. seen.Macs.Where(isFree)] };
        return own.Macs.Count > 0 || HardwareValues.Of(own).IsStrong ? own : null;
    }

    public static bool IsSame(HardwareIdentity first, HardwareIdentity second) =>
        first with { Macs = [] } == second with { Macs = [] } && first.Macs.SequenceEqual(second.Macs);

    public static bool IsSame(Inventory first, Inventory second) =>
        first with { Disks = [], Devices = [], Partitions = null } == second with { Disks = [], Devices = [], Partitions = null }
        && first.Disks.SequenceEqual(second.Disks) && first.Devices.SequenceEqual(second.Devices)
        && (first.Partitions ?? []).SequenceEqual(second.Partitions ?? []);

    private static IReadOnlyList<MacAddress> Joined(IReadOnlyList<MacAddress> first, IEnumerable<MacAddress> more) =>
        [.. first.Concat(more).Distinct().Take(HardwareLimits.MaxMacs)];
}
