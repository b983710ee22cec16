namespace OsDeploy.Agent.Firmware;

/// <summary>In which order the firmware is to try what it knows, once a system was restored.</summary>
internal static class BootOrder
{
    // Cards are found by their address, drives by where they are plugged in.
    private static readonly string[] s_network = ["/MAC(", "/IPv4(", "/IPv6(", "/Uri("];
    private static readonly string[] s_drives = ["HD(", "/USB(", "CDROM(", "CD-ROM(", "/Sata(", "/SATA(", "/NVMe(", "/Scsi(", "/SCSI(", "/Ata(", "/SD(", "/eMMC("];

    /// <summary>
    /// The network first: what this computer was started from, if that was the network, and what stood at the head of the order; then the system;
    /// then the others as they were.
    /// </summary>
    /// <param name="isFromNetwork">A boot script has started this computer: firmware that names its network in a way of its own is believed.</param>
    /// <param name="system">Number of the system's entry.</param>
    /// <param name="gone">Numbers that are to go.</param>
    public static IReadOnlyList<string> With(BootEntries entries, string system, IReadOnlyCollection<string> gone, bool isFromNetwork)
    {
        var rest = entries.Order.Where(number => number != system && !gone.Contains(number) && entries.Find(number) is not null).ToList();
        var start = entries.Find(entries.Current) is { } current && current.Number != system && !gone.Contains(current.Number) && (IsNetwork(current) || (isFromNetwork && !IsDrive(current))) ? [current.Number] : Array.Empty<string>();
        rest.RemoveAll(start.Contains);
        var network = rest.TakeWhile(number => IsNetwork(entries.Find(number)!)).ToList();
        return [.. start, .. network, system, .. rest.Skip(network.Count)];
    }

    private static bool IsNetwork(BootEntry entry) => s_network.Any(part => entry.Path.Contains(part, StringComparison.Ordinal));

    private static bool IsDrive(BootEntry entry) => s_drives.Any(part => entry.Path.Contains(part, StringComparison.Ordinal));
}
