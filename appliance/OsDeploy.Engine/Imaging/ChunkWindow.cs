using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>
/// Neighbouring chunks of a region that one worker handles together: one large read, one question to the store. Windows
/// never span more than <see cref="Bytes"/>, so a worker's memory is fixed.
/// </summary>
/// <param name="First">Index into the region's chunk list (not a chunk number).</param>
internal readonly record struct ChunkWindow(int First, int Count)
{
    public const int Bytes = 2 << 20;

    /// <summary>Chunks that fit a worker's buffer.</summary>
    public static int Capacity(int chunkSize) => Math.Max(1, Bytes / chunkSize);

    public static IEnumerable<ChunkWindow> Over(IReadOnlyList<RegionChunk> chunks, int chunkSize)
    {
        var capacity = Capacity(chunkSize);
        for (var first = 0; first < chunks.Count;)
        {
            var end = first + 1;
            while (end < chunks.Count && chunks[end].Number - chunks[first].Number < capacity)
            {
                end++;
            }

            yield return new ChunkWindow(first, end - first);
            first = end;
        }
    }
}
