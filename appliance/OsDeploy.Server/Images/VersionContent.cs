using OsDeploy.Chunks;
using OsDeploy.Images;

namespace OsDeploy.Server.Images;

/// <summary>What versions say of themselves. No chunk is read.</summary>
internal sealed class VersionContent(IImageStore store)
{
    /// <exception cref="UserErrorException"><c>version-missing</c>, <c>version-damaged</c>, <c>manifest-unreadable</c></exception>
    public async Task<Manifest> ReadAsync(VersionId version, CancellationToken cancel)
    {
        try
        {
            return Manifest.Parse(await store.ReadManifestAsync(version, cancel));
        }
        catch (FormatException e)
        {
            throw Errors.ManifestUnreadable(version, e);
        }
    }

    /// <summary>Each chunk once, with the bytes it covers where it is met first.</summary>
    /// <exception cref="UserErrorException"><c>index-missing</c>, <c>index-damaged</c></exception>
    public async Task<Dictionary<ChunkId, long>> ChunksAsync(IEnumerable<ChunkId> indexes, CancellationToken cancel)
    {
        var chunks = new Dictionary<ChunkId, long>();
        foreach (var one in indexes)
        {
            var index = RegionIndex.Parse(await store.ReadIndexAsync(one, cancel));
            foreach (var chunk in index.ChunkList)
            {
                if (chunk.Id is { } id)
                {
                    chunks.TryAdd(id, index.RangeOf(chunk.Number).Length);
                }
            }
        }

        return chunks;
    }
}
