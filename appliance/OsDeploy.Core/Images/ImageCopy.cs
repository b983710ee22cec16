using System.Collections.Concurrent;
using OsDeploy.Chunks;

namespace OsDeploy.Images;

/// <param name="Chunks">Chunks of the version.</param>
/// <param name="Copied">Those the destination lacked.</param>
/// <param name="CopiedBytes">Their frames.</param>
public sealed record CopyReport(long Chunks, long Copied, long CopiedBytes);

/// <summary>
/// Copies one version from a store to another: export to a USB disk, import from one, a second place for safety. Only missing
/// chunks move, each is decoded on the way, and the version appears at the destination last. Nothing there is overwritten.
/// </summary>
public sealed class ImageCopy(IImageStore from, IImageStore to, Meter progress) : IDisposable
{
    private const int Batch = 256;
    private const int Attempts = 3;

    private readonly ConcurrentBag<ChunkReader> _readers = [];
    private long _chunks;
    private long _copied;
    private long _copiedBytes;

    /// <param name="signature">The signature for the copy; null: the one it has.</param>
    /// <exception cref="UserErrorException"><c>store-chunk-damaged</c>, <c>copy-incomplete</c>, and what the two stores throw.</exception>
    public async Task<CopyReport> RunAsync(VersionId version, byte[]? signature, bool makeCurrent, CancellationToken cancel)
    {
        var bytes = await from.ReadManifestAsync(version, cancel);
        var manifest = Parse(version, bytes);
        signature ??= await from.ReadSignatureAsync(version, cancel);
        await using var lease = await to.BeginCaptureAsync(manifest.Kind, ImageName.Parse(manifest.Image), cancel);
        var regions = await ReadRegionsAsync(manifest, cancel);
        progress.AddTotal(regions.Sum(region => (long)region.Chunks.Length) * manifest.ChunkSize);
        foreach (var (index, chunks) in regions)
        {
            await CopyRegionAsync(chunks, manifest.ChunkSize, cancel);
            await lease.WriteIndexAsync(index, cancel);
        }

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var missing = await lease.CommitAsync(bytes, signature, makeCurrent, cancel);
            if (missing.Count == 0)
            {
                return new CopyReport(_chunks, _copied, _copiedBytes);
            }

            await CopyAsync([.. missing], manifest.ChunkSize, cancel);
        }

        throw Errors.CopyIncomplete(version, to.Address);
    }

    public void Dispose()
    {
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private Manifest Parse(VersionId version, byte[] bytes)
    {
        try
        {
            return Manifest.Parse(bytes);
        }
        catch (FormatException e)
        {
            throw Errors.VersionDamaged(version, from.Address, e);
        }
    }

    private async Task<List<(byte[] Index, ChunkId[] Chunks)>> ReadRegionsAsync(Manifest manifest, CancellationToken cancel)
    {
        var regions = new List<(byte[], ChunkId[])>();
        foreach (var region in manifest.Regions())
        {
            var bytes = await from.ReadIndexAsync(region.Index, cancel);
            regions.Add((bytes, [.. ParseIndex(region.Index, bytes).ChunkIds()]));
        }

        return regions;
    }

    private async Task CopyRegionAsync(ChunkId[] chunks, int chunkSize, CancellationToken cancel)
    {
        foreach (var ids in chunks.Chunk(Batch))
        {
            var present = await to.Chunks.HasAsync(ids, cancel);
            await CopyAsync([.. ids.Where((_, i) => !present[i])], chunkSize, cancel);
            _chunks += ids.Length;
            progress.Add((long)ids.Length * chunkSize);
        }
    }

    private RegionIndex ParseIndex(ChunkId index, byte[] bytes)
    {
        try
        {
            return RegionIndex.Parse(bytes);
        }
        catch (FormatException e)
        {
            throw Errors.IndexDamaged(index, from.Address, e);
        }
    }

    private Task CopyAsync(ChunkId[] ids, int chunkSize, CancellationToken cancel)
    {
        from.Chunks.Expect(ids);
        return Parallel.ForEachAsync(ids, cancel, async (id, cancel) =>
        {
            if (!_readers.TryTake(out var reader))
            {
                reader = new ChunkReader(chunkSize);
            }

            try
            {
                await CopyAsync(id, reader, cancel);
            }
            finally
            {
                _readers.Add(reader);
            }
        });
    }

    private async Task CopyAsync(ChunkId id, ChunkReader reader, CancellationToken cancel)
    {
        var length = await from.Chunks.ReadAsync(id, reader.Frame, cancel);
        var frame = reader.Frame.AsMemory(0, length);
        if (!reader.Codec.TryDecode(id, frame.Span, reader.Content))
        {
            await from.Chunks.ReportDamagedAsync(id, cancel);
            throw Errors.ChunkDamaged(id, from.Address);
        }

        if (await to.Chunks.WriteAsync(id, frame, cancel))
        {
            Interlocked.Increment(ref _copied);
            Interlocked.Add(ref _copiedBytes, length);
        }
    }

    /// <summary>What one worker needs to read and prove a chunk.</summary>
    private sealed class ChunkReader(int chunkSize) : IDisposable
    {
        public ChunkCodec Codec { get; } = new(chunkSize);

        public byte[] Frame { get; } = new byte[ChunkCodec.MaxFrameLength(chunkSize)];

        public byte[] Content { get; } = new byte[chunkSize];

        public void Dispose() => Codec.Dispose();
    }
}
