using OsDeploy.Disks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>
/// One target disk of a restore: claimed for writing, with the place of every region, the table it will get, and what is left to do
/// besides chunks.
/// </summary>
internal sealed class RestoreTarget(DiskLayout found, IDisk disk, DiskRecord record) : IDisposable
{
    /// <summary>What the disk held when it was claimed.</summary>
    public DiskLayout Found { get; } = found;

    public IDisk Disk { get; } = disk;

    public DiskRecord Record { get; } = record;

    public List<TargetRegion> Regions { get; } = [];

    /// <summary>Every partition of the image in its place on this disk, also those whose content is left alone.</summary>
    public IReadOnlyList<PlacedPartition> Placements { get; set; } = [];

    /// <summary>Table sectors in order of writing, commit point last. Empty for a partition-only restore and for a disk without a table.</summary>
    public IReadOnlyList<TableSectors> Table { get; set; } = [];

    /// <summary>Data and swap partitions to make.</summary>
    public List<PlacedPartition> ToMake { get; } = [];

    /// <summary>Partitions whose file system takes the room it was given.</summary>
    public List<PlacedPartition> ToGrow { get; } = [];

    /// <summary>Partitions whose start-dependent fields must be set.</summary>
    public List<PlacedPartition> ToPatch { get; } = [];

    /// <summary>Places whose bytes survive because the host's plan says so; the mark of an unfinished restore remembers them.</summary>
    public IReadOnlyList<ByteRange> Kept { get; set; } = [];

    /// <summary>No table is written: the first chunk of each partition is its commit point.</summary>
    public bool IsPartitionOnly => Table.Count == 0;

    /// <summary>Nothing to write: everything is on the disk already.</summary>
    public bool IsDone => Regions.TrueForAll(region => region.Differing.Count == 0) && ToMake.Count == 0 && ToGrow.Count == 0 && ToPatch.Count == 0 && HasTable && TableAside.Read(Disk) is null;

    public PlacedPartition PlaceOf(PartitionRecord partition) => Placements.First(placed => placed.Record.Number == partition.Number);

    /// <summary>Whether a byte of the disk belongs to a partition or a region of the image.</summary>
    public bool IsInPartition(long position) =>
        Regions.Exists(region => region.Offset <= position && position < region.Offset + region.Index.Length)
        || Placements.Any(placed => placed.Record.Content != PartitionContent.Container && placed.Offset <= position && position < placed.Offset + placed.Length);

    /// <summary>Nothing that a partition holds now will start afterwards: its head is written over, or no entry of the new table begins there.</summary>
    public bool IsReplaced(PartitionLayout partition) => IsPartitionOnly
        ? Regions.Exists(region => region.Offset == partition.Offset || region.Offset == 0)
        : Regions.Exists(region => region.Offset == partition.Offset && region.Placed is not null) || ToMake.Exists(placed => placed.Offset == partition.Offset)
            || Placements.All(placed => placed.Offset != partition.Offset || placed.Record.Content == PartitionContent.Container);

    private bool HasTable => Table.All(sectors =>
    {
        var present = new byte[sectors.Bytes.Length];
        Disk.Read(sectors.Offset, present);
        return present.AsSpan().SequenceEqual(sectors.Bytes);
    });

    public void Dispose() => Disk.Dispose();
}
