namespace OsDeploy.Chunks;

/// <summary>
/// A place that keeps chunks as zstd frames under their id. Nothing it returns is trusted: readers decode with
/// <see cref="ChunkCodec.TryDecode"/>. All members may be called from several threads at once.
/// </summary>
public interface IChunkStore : IAsyncDisposable
{
    /// <summary>Folder or URL, for messages.</summary>
    string Address { get; }

    /// <summary>Which of these the store has: one answer per id, in order. Chunks written but not yet flushed count.</summary>
    ValueTask<bool[]> HasAsync(ReadOnlyMemory<ChunkId> ids, CancellationToken cancel);

    /// <summary>Reads the stored frame of a chunk, unchecked.</summary>
    /// <param name="frame">At least <see cref="ChunkCodec.MaxFrameLength"/> of the image's chunk size.</param>
    /// <returns>Length of the frame.</returns>
    /// <exception cref="UserErrorException"><c>store-chunk-missing</c>; <c>store-unreachable</c> once retries are used up.</exception>
    ValueTask<int> ReadAsync(ChunkId id, Memory<byte> frame, CancellationToken cancel);

    /// <summary>
    /// Adds a chunk. A chunk that is there already is left as it is: nothing can overwrite one. Durable only after the
    /// next <see cref="FlushAsync"/>.
    /// </summary>
    /// <param name="frame">Made by <see cref="ChunkCodec.Encode"/>; free for reuse when the call returns.</param>
    /// <returns>False if the store had it already.</returns>
    ValueTask<bool> WriteAsync(ChunkId id, ReadOnlyMemory<byte> frame, CancellationToken cancel);

    /// <summary>Commit point of everything written so far: when this returns it survives a power cut.</summary>
    ValueTask FlushAsync(CancellationToken cancel);

    /// <summary>Says which chunks will be read soon, in that order, so that a slow disk can read ahead. A hint; may do nothing.</summary>
    void Expect(ReadOnlySpan<ChunkId> upcoming);

    /// <summary>
    /// Tells the store that a frame it returned was not the chunk. The store reads it again; if it is bad it is put
    /// aside, never served again, and can be written anew (healed).
    /// </summary>
    ValueTask ReportDamagedAsync(ChunkId id, CancellationToken cancel);
}
