using OsDeploy.Images;

namespace OsDeploy.Disks;

/// <summary>Which firmware can start a disk, as far as its table says.</summary>
internal static class FirmwareGuess
{
    private const int BootCodeLength = 440; // behind it: disk id and entries

    /// <returns><c>uefi</c>, <c>bios</c>, or <c>any</c> if both can.</returns>
    public static string Of(string label, IReadOnlyList<PartitionLayout> partitions, IReadOnlyList<TableSectors> table)
    {
        var startsByUefi = partitions.Any(partition => PartitionTypes.IsEfiSystem(partition.Type));
        var startsByBios = label == "dos" ? HasActivePartition(table) : partitions.Any(partition => PartitionTypes.IsBiosBoot(partition.Type));
        return (startsByUefi, startsByBios) switch
        {
            (true, true) => "any",
            (true, false) => "uefi",
            _ => "bios",
        };
    }

    // What the customary MBR does: its code starts the partition that is marked active.
    private static bool HasActivePartition(IReadOnlyList<TableSectors> table) =>
        table.FirstOrDefault(piece => piece.Offset == 0) is { } mbr
        && mbr.Bytes.AsSpan(0, BootCodeLength).ContainsAnyExcept((byte)0)
        && MbrEntry.All(mbr.Bytes).Any(entry => entry.Type != MbrEntry.Empty && entry.IsActive);
}
