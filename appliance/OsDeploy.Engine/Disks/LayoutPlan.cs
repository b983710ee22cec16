using OsDeploy.Images;

namespace OsDeploy.Disks;

/// <summary>Where the partitions of an image go on a disk of another size.</summary>
public static class LayoutPlan
{
    private const long Alignment = 1 << 20;
    private const long MbrSectors = 1L << 32;

    /// <summary>
    /// Same size: nothing moves. Larger: the partition marked to grow takes the room in steps of 1 MiB, what lies behind it moves
    /// towards the end by as much. Smaller: nothing moves, and all of it must fit.
    /// </summary>
    /// <exception cref="UserErrorException"><c>disk-too-small</c>, <c>disk-sector-size</c></exception>
    public static TargetLayout For(DiskRecord image, long targetSize, int targetSectorSize)
    {
        if (targetSectorSize != image.SectorSize)
        {
            throw DiskErrors.OtherSectorSize(targetSectorSize, image.SectorSize);
        }

        var map = targetSize == image.Size ? GrowthMap.Nothing : Fit(image, targetSize);
        return new(targetSize, targetSectorSize, targetSize == image.Size, [.. image.Partitions.Select(partition => Place(partition, map))]);
    }

    /// <summary>
    /// Number of the partition that takes the room of a larger disk unless the operator names one: the largest that can grow and
    /// that neither the firmware, Windows nor the vendor keeps for itself.
    /// </summary>
    public static int? DefaultGrow(IReadOnlyList<PartitionRecord> partitions) => partitions
        .Where(partition => partition.Content == PartitionContent.Image
            && FileSystems.CanGrow(partition.FileSystem)
            && !PartitionTypes.IsReserved(partition.Type))
        .OrderByDescending(partition => partition.Length)
        .ThenBy(partition => partition.Number)
        .FirstOrDefault()?.Number;

    private static GrowthMap Fit(DiskRecord image, long targetSize)
    {
        var behind = RoomBehindPartitions(image);
        var end = image.Partitions.Select(End).DefaultIfEmpty(0).Max();
        if (end + behind > targetSize)
        {
            throw DiskErrors.TooSmall(targetSize, end + behind);
        }

        // An extended partition grows with a logical one, never by itself: GrowthMap.Of finds the growing one again by this rule.
        var grow = image.Partitions.FirstOrDefault(partition => partition is { Grow: true, Content: not PartitionContent.Container });
        var usable = image.Label == "dos" ? Math.Min(targetSize, MbrSectors * image.SectorSize) : targetSize - behind;
        var room = Math.Max(0, usable - end) / Alignment * Alignment;
        return targetSize < image.Size || grow is null || room == 0 ? GrowthMap.Nothing : new(End(grow), room);
    }

    private static long End(PartitionRecord partition) => partition.Offset + partition.Length;

    // The backup GPT: its entries and one sector for its header.
    private static long RoomBehindPartitions(DiskRecord image) =>
        image.Label == "gpt" ? Gpt.EntriesLength(image.Table, image.SectorSize) + image.SectorSize : 0;

    private static PlacedPartition Place(PartitionRecord partition, GrowthMap map)
    {
        var offset = map.Move(partition.Offset);
        return new(partition, offset, map.Move(End(partition)) - offset);
    }
}
