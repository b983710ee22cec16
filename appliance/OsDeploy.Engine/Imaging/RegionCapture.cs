using System.Diagnostics;
using OsDeploy.Chunks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>
/// Captures one region: read, hash, ask the store, compress, prove, write; on all cores at once. Nothing here is visible
/// in the store until the version is committed.
/// </summary>
internal sealed class RegionCapture(IChunkStore store, WorkerPool workers, int chunkSize, JobProgress progress)
{
    private long _newChunks;
    private long _storedBytes;

    public long NewChunks => Interlocked.Read(ref _newChunks);

    /// <summary>Compressed bytes added to the store.</summary>
    public long StoredBytes => Interlocked.Read(ref _storedBytes);

    /// <param name="length">Bytes of the region.</param>
    public async Task<RegionIndex> RunAsync(RegionReader reader, long length, RangeSet used, Meter meter, CancellationToken cancel)
    {
        var chunks = RegionIndex.ChunkNumbers(chunkSize, used).Select(number => new RegionChunk(number, null)).ToArray();
        await workers.RunAsync(ChunkWindow.Over(chunks, chunkSize), async (window, buffers, cancel) =>
        {
            Read(reader, chunks, window, buffers);
            await StoreAsync(chunks.AsMemory(window.First, window.Count), buffers, cancel);
            meter.Add(UsedIn(used, chunks, window));
        }, cancel);
        return new RegionIndex(chunkSize, length, used, chunks);
    }

    private void Read(RegionReader reader, RegionChunk[] chunks, ChunkWindow window, WorkerBuffers buffers)
    {
        var started = Stopwatch.GetTimestamp();
        var (first, last) = (chunks[window.First].Number, chunks[window.First + window.Count - 1].Number);
        reader.Read(first * chunkSize, buffers.Content.Span.Slice(0, (int)(last - first + 1) * chunkSize));
        var read = Stopwatch.GetTimestamp();
        progress.DiskTime.Add(read - started);
        for (var i = window.First; i < window.First + window.Count; i++)
        {
            var content = buffers.Content.Span.Slice((int)(chunks[i].Number - first) * chunkSize, chunkSize);
            chunks[i] = chunks[i] with { Id = content.ContainsAnyExcept((byte)0) ? ChunkId.Of(content) : null };
        }

        progress.CpuTime.Add(Stopwatch.GetTimestamp() - read);
    }

    private async ValueTask StoreAsync(ReadOnlyMemory<RegionChunk> window, WorkerBuffers buffers, CancellationToken cancel)
    {
        var wanted = Distinct(window.Span);
        if (wanted.Count == 0)
        {
            return;
        }

        var started = Stopwatch.GetTimestamp();
        var present = await store.HasAsync(wanted.Select(chunk => chunk.Id!.Value).ToArray(), cancel);
        progress.StoreTime.Add(Stopwatch.GetTimestamp() - started);
        var first = window.Span[0].Number;
        for (var i = 0; i < wanted.Count; i++)
        {
            if (!present[i])
            {
                await AddAsync(wanted[i].Id!.Value, buffers.Content.Slice((int)(wanted[i].Number - first) * chunkSize, chunkSize), buffers, cancel);
            }
        }
    }

    private async ValueTask AddAsync(ChunkId id, ReadOnlyMemory<byte> content, WorkerBuffers buffers, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var length = buffers.Codec.Encode(content.Span, buffers.Frame);
        var encoded = Stopwatch.GetTimestamp();
        progress.CpuTime.Add(encoded - started);
        if (await store.WriteAsync(id, buffers.Frame.AsMemory(0, length), cancel))
        {
            Interlocked.Increment(ref _newChunks);
            Interlocked.Add(ref _storedBytes, length);
        }

        progress.StoreTime.Add(Stopwatch.GetTimestamp() - encoded);
    }

    private static List<RegionChunk> Distinct(ReadOnlySpan<RegionChunk> window)
    {
        var distinct = new List<RegionChunk>(window.Length);
        var seen = new HashSet<ChunkId>(window.Length);
        foreach (var chunk in window)
        {
            if (chunk.Id is { } id && seen.Add(id))
            {
                distinct.Add(chunk);
            }
        }

        return distinct;
    }

    private long UsedIn(RangeSet used, RegionChunk[] chunks, ChunkWindow window)
    {
        var (first, last) = (chunks[window.First].Number, chunks[window.First + window.Count - 1].Number);
        return used.Within(ByteRange.Between(first * chunkSize, (last + 1) * chunkSize)).Sum(run => run.Length);
    }
}
