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

    /// <summary>Table sectors in order of writing, commit point last. Empty for a partition-only restore and for a disk without a table.</summary>
    public IReadOnlyList<TableSectors> Table { get; set; } = [];

    /// <summary>Data and swap partitions to make.</summary>
    public List<PlacedPartition> ToMake { get; } = [];

    /// <summary>Partitions whose file system takes the room it was given.</summary>
    public List<PlacedPartition> ToGrow { get; } = [];

    /// <summary>Partitions whose start-dependent fields must be set.</summary>
    public List<PlacedPartition> ToPatch { get; } = [];

    /// <summary>No table is written: the first chunk of each partition is its commit point.</summary>
    public bool IsPartitionOnly => Table.Count == 0;

    /// <summary>Nothing to write: everything is on the disk already.</summary>
    public bool IsDone => Regions.TrueForAll(region => region.Differing.Count == 0) && ToMake.Count == 0 && ToGrow.Count == 0 && HasTable;

    private bool HasTable => Table.All(sectors =>
    {
        var present = new byte[sectors.Bytes.Length];
        Disk.Read(sectors.Offset, present);
        return present.AsSpan().SequenceEqual(sectors.Bytes);
    });

    public void Dispose() => Disk.Dispose();
}
