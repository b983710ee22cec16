using OsDeploy.Disks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>One region of an image on its way to a place on a target disk.</summary>
/// <param name="Disk">Open for writing, claimed for the whole restore.</param>
/// <param name="Offset">Where the region goes, in bytes of the disk.</param>
/// <param name="Placed">Null for a disk's head.</param>
internal sealed record TargetRegion(IDisk Disk, long Offset, RegionIndex Index, PlacedPartition? Placed)
{
    /// <summary>
    /// Reads what the target holds. A sector that cannot be read is no reason to stop: its chunk differs, and writing it usually makes
    /// the disk replace the sector. New for each pass, because a pass must not remember what the one before could not read.
    /// </summary>
    public RegionReader NewReader() => new(Disk, Offset, Index.Used) { AllowBadSectors = true };

    /// <summary>
    /// A head shares its chunks with the table sectors, which belong to the commit point: only its used bytes are written.
    /// </summary>
    public bool WritesUsedBytesOnly => Placed is null;

    /// <summary>Chunks to write, in disk order; set by the comparison.</summary>
    public IReadOnlyList<RegionChunk> Differing { get; set; } = [];

    /// <summary>The comparison was given up early because next to nothing was equal.</summary>
    public bool IsStreamed { get; set; }

    public long UsedIn(RegionChunk chunk) => Index.Used.Within(Index.RangeOf(chunk.Number)).Sum(run => run.Length);
}
