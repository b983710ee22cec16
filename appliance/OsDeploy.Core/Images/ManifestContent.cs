using OsDeploy.Chunks;

namespace OsDeploy.Images;

/// <summary>What a version is made of.</summary>
public static class ManifestContent
{
    /// <summary>Heads and partitions, in the manifest's order.</summary>
    public static IEnumerable<RegionRecord> Regions(this Manifest manifest) => manifest.Disks.SelectMany(disk =>
        disk.Partitions.Select(partition => partition.Region).Prepend(disk.Head).OfType<RegionRecord>());

    /// <summary>The chunks a store must have for a region, each once, in the region's order.</summary>
    public static IEnumerable<ChunkId> ChunkIds(this RegionIndex index) =>
        index.ChunkList.Select(chunk => chunk.Id).OfType<ChunkId>().Distinct();
}
