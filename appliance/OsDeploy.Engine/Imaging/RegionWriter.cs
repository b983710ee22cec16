using System.Diagnostics;
using OsDeploy.Chunks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>Fetches chunks, proves each, and writes it: no byte reaches a disk before its chunk's SHA-256 was right.</summary>
internal sealed class RegionWriter(IChunkStore store, WorkerPool workers, JobProgress progress)
{
    // Far enough ahead for a slow store's disk to read in large pieces, near enough to stay in its cache.
    private const int AheadChunks = 128;

    private long _fetched;
    private long _written;

    /// <summary>Compressed bytes that were fetched.</summary>
    public long FetchedBytes => Interlocked.Read(ref _fetched);

    public long WrittenBytes => Interlocked.Read(ref _written);

    public Task RunAsync(TargetRegion region, IReadOnlyList<RegionChunk> chunks, Meter meter, CancellationToken cancel) =>
        workers.RunAsync(WithReadAhead(chunks, region.Index.ChunkSize), async (window, buffers, cancel) =>
        {
            for (var i = window.First; i < window.First + window.Count;)
            {
                i = await WriteRunAsync(region, chunks, i, window.First + window.Count, buffers, cancel);
            }

            meter.Add(Enumerable.Range(window.First, window.Count).Sum(i => region.UsedIn(chunks[i])));
        }, cancel);

    /// <summary>
    /// Writes a region's first chunk so that a power cut leaves either its old first sector or the whole chunk: everything behind that
    /// sector first, and the sector itself (the commit point) once the rest is on the medium.
    /// </summary>
    public Task WriteFirstChunkAsync(TargetRegion region, CancellationToken cancel) =>
        workers.RunAsync([region.Index.ChunkList[0]], async (chunk, buffers, cancel) =>
        {
            await FetchAsync(chunk.Id, buffers, 0, region.Index.ChunkSize, cancel);
            var (range, sector) = (region.Index.RangeOf(chunk.Number), region.Disk.SectorSize);
            Write(region, ByteRange.Between(sector, range.End), buffers.Content.Span.Slice(sector, (int)range.Length - sector));
            region.Disk.Flush();
            Write(region, new ByteRange(0, sector), buffers.Content.Span.Slice(0, sector));
            region.Disk.Flush();
        }, cancel);

    /// <summary>Writes a chunk that came by another way.</summary>
    /// <param name="content">Proven; a whole chunk, of which what lies behind the region's end is left out.</param>
    public void WriteChunk(TargetRegion region, RegionChunk chunk, ReadOnlySpan<byte> content)
    {
        var range = region.Index.RangeOf(chunk.Number);
        Write(region, range, content[..(int)range.Length]);
    }

    /// <summary>Compressed bytes that came by another way.</summary>
    public void Received(int bytes) => Interlocked.Add(ref _fetched, bytes);

    private IEnumerable<ChunkWindow> WithReadAhead(IReadOnlyList<RegionChunk> chunks, int chunkSize)
    {
        var announced = 0;
        foreach (var window in ChunkWindow.Over(chunks, chunkSize))
        {
            if (window.First + AheadChunks / 2 >= announced && announced < chunks.Count)
            {
                var upcoming = chunks.Skip(announced).Take(AheadChunks).ToList();
                announced += upcoming.Count;
                store.Expect(upcoming.Where(chunk => chunk.Id is not null).Select(chunk => chunk.Id!.Value).ToArray());
            }

            yield return window;
        }
    }

    // Neighbouring chunks are fetched into one buffer and leave in one write.
    private async ValueTask<int> WriteRunAsync(TargetRegion region, IReadOnlyList<RegionChunk> chunks, int from, int end, WorkerBuffers buffers, CancellationToken cancel)
    {
        var chunkSize = region.Index.ChunkSize;
        var next = from;
        while (next < end && chunks[next].Number == chunks[from].Number + (next - from) && !IsZeroAlready(region, chunks[next], buffers, (next - from) * chunkSize))
        {
            await FetchAsync(chunks[next].Id, buffers, (next - from) * chunkSize, chunkSize, cancel);
            next++;
        }

        if (next == from)
        {
            return next + 1;
        }

        var range = ByteRange.Between(chunks[from].Number * chunkSize, region.Index.RangeOf(chunks[next - 1].Number).End);
        Write(region, range, buffers.Content.Span.Slice(0, (int)range.Length));
        return next;
    }

    // A streamed region was not compared. Zero chunks are: a new disk is zero already, and reading costs less than writing.
    private static bool IsZeroAlready(TargetRegion region, RegionChunk chunk, WorkerBuffers buffers, int position)
    {
        if (!region.IsStreamed || chunk.Id is not null)
        {
            return false;
        }

        var content = buffers.Content.Span.Slice(position, region.Index.ChunkSize);
        var reader = region.NewReader();
        reader.Read(chunk.Number * region.Index.ChunkSize, content);
        return !content.ContainsAnyExcept((byte)0) && !reader.IsBad(region.Index.RangeOf(chunk.Number));
    }

    private async ValueTask FetchAsync(ChunkId? id, WorkerBuffers buffers, int position, int chunkSize, CancellationToken cancel)
    {
        var content = buffers.Content.Slice(position, chunkSize);
        if (id is not { } wanted)
        {
            content.Span.Clear();
            return;
        }

        if (await TryFetchAsync(wanted, content, buffers, cancel))
        {
            return;
        }

        // Damage on the way is gone at the second try; damage in the store is now known there.
        await store.ReportDamagedAsync(wanted, cancel);
        if (!await TryFetchAsync(wanted, content, buffers, cancel))
        {
            throw ImagingErrors.ChunkDamaged(wanted, store.Address);
        }
    }

    private async ValueTask<bool> TryFetchAsync(ChunkId id, Memory<byte> content, WorkerBuffers buffers, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var length = await store.ReadAsync(id, buffers.Frame, cancel);
        var fetched = Stopwatch.GetTimestamp();
        progress.StoreTime.Add(fetched - started);
        Interlocked.Add(ref _fetched, length);
        var isRight = buffers.Codec.TryDecode(id, buffers.Frame.AsSpan(0, length), content.Span);
        progress.CpuTime.Add(Stopwatch.GetTimestamp() - fetched);
        return isRight;
    }

    private void Write(TargetRegion region, ByteRange range, ReadOnlySpan<byte> content)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            foreach (var run in region.WritesUsedBytesOnly ? region.Index.Used.Within(range) : [range])
            {
                region.Disk.Write(region.Offset + run.Start, content.Slice((int)(run.Start - range.Start), (int)run.Length));
                Interlocked.Add(ref _written, run.Length);
            }
        }
        catch (IOException e)
        {
            throw ImagingErrors.WriteRefused(region.Disk.Path, e);
        }

        progress.DiskTime.Add(Stopwatch.GetTimestamp() - started);
    }
}
