using OsDeploy.Chunks;

namespace OsDeploy.Images.Folder;

/// <summary>What a check of a store found.</summary>
/// <param name="Damaged">Chunks with a bad copy. They have been put aside: the next capture that meets them writes them anew.</param>
/// <param name="Missing">Chunks that a version needs and no pack has.</param>
/// <param name="Affected">Versions that cannot be restored whole.</param>
/// <param name="Faults">One sentence for each thing that is not as it should be.</param>
public sealed record CheckReport(
    long ChunksChecked,
    long BytesRead,
    IReadOnlyList<ChunkId> Damaged,
    IReadOnlyList<ChunkId> Missing,
    IReadOnlyList<VersionEntry> Affected,
    IReadOnlyList<string> Faults)
{
    public bool IsClean => Faults.Count == 0;
}
