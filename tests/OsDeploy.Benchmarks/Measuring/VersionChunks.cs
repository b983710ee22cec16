using OsDeploy.Chunks;
using OsDeploy.Images;

namespace OsDeploy.Benchmarks.Measuring;

/// <summary>The chunks a version is made of.</summary>
internal static class VersionChunks
{
    /// <returns>Each once, in the order of the manifest.</returns>
    public static async Task<IReadOnlyList<ChunkId>> ReadAsync(IImageStore store, Manifest manifest, CancellationToken cancel)
    {
        var ids = new List<ChunkId>();
        foreach (var region in manifest.Regions())
        {
            ids.AddRange(RegionIndex.Parse(await store.ReadIndexAsync(region.Index, cancel)).ChunkIds());
        }

        return [.. ids.Distinct()];
    }
}
