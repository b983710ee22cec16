using OsDeploy.Images;

namespace OsDeploy.Disks;

/// <summary>Where the partitions of an image go on one target disk.</summary>
/// <param name="IsSameSize">The target has exactly the size of the captured disk: the table goes back to the byte.</param>
public sealed record TargetLayout(long DiskSize, int SectorSize, bool IsSameSize, IReadOnlyList<PlacedPartition> Partitions);

/// <param name="Offset">Bytes from the start of the target.</param>
/// <param name="Length">Bytes; more than the record's where it grows.</param>
public sealed record PlacedPartition(PartitionRecord Record, long Offset, long Length)
{
    public bool HasMoved => Offset != Record.Offset;

    public bool HasGrown => Length != Record.Length;
}
