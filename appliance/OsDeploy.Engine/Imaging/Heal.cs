using System.Collections.Concurrent;
using OsDeploy.Chunks;
using OsDeploy.Disks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <param name="MissingChunks">Chunks of the version that the store lacked.</param>
/// <param name="HealedChunks">Of these, the ones the disks still held.</param>
/// <param name="StoredBytes">Compressed bytes given to the store.</param>
public sealed record HealReport(
    VersionId Version, string Image, long UsedBytes, long MissingChunks, long HealedChunks, long StoredBytes, IReadOnlyList<PhaseTime> Phases);

/// <summary>
/// Gives a store chunks it has lost, from disks that were captured into the version or restored from it. Only reads the disks: what lies
/// where the version says is hashed, and given only if it is the chunk. Commit point: the store's flush.
/// </summary>
public sealed class Heal(IImageStore store, JobProgress progress)
{
    private const int IdsPerQuestion = 16 << 10;

    private long _stored;

    /// <param name="disks">Device nodes or raw image files, one per disk of the image and in its order.</param>
    /// <param name="options">Which version; wishes that moved partitions when it was restored here.</param>
    /// <exception cref="UserErrorException">The version or a disk cannot be read, or the disk has another layout.</exception>
    public async Task<HealReport> RunAsync(IReadOnlyList<string> disks, RestoreOptions options, CancellationToken cancel)
    {
        progress.Begin("preflight", 0);
        var (version, manifest) = await VersionReader.OpenAsync(store, options.Kind, options.Image, options.Version, options.TrustedKey, cancel);
        if (disks.Count != manifest.Disks.Count)
        {
            throw ImagingErrors.DiskCount(options.Image, manifest.Disks.Count, disks.Count);
        }

        var open = new List<DiskFile>();
        try
        {
            var regions = new List<HeldRegion>();
            foreach (var (path, record) in disks.Zip(manifest.Disks))
            {
                open.Add(DiskFile.OpenRead(await DiskInspector.IdentifyAsync(path, cancel)));
                regions.AddRange(await RegionsAsync(open[^1], record, version, manifest.ChunkSize, options, cancel));
            }

            var missing = await FindMissingAsync(regions, cancel);
            var lost = missing.Count;
            await HealAsync(regions, missing, manifest.ChunkSize, cancel);
            progress.End();
            return new HealReport(
                version, manifest.Image, regions.Sum(region => region.Index.Used.TotalLength), lost, lost - missing.Count, Interlocked.Read(ref _stored), progress.Phases);
        }
        finally
        {
            open.ForEach(disk => disk.Dispose());
        }
    }

    private async Task<List<HeldRegion>> RegionsAsync(
        DiskFile disk, DiskRecord image, VersionId version, int chunkSize, RestoreOptions options, CancellationToken cancel)
    {
        var record = PartitionWishes.Apply(image, options.Wishes, progress.Warn);
        var layout = LayoutPlan.For(record, disk.Size, disk.SectorSize);
        var places = layout.Partitions.Where(placed => placed.Record.Region is not null).Select(placed => (placed.Offset, Region: placed.Record.Region!));
        var regions = new List<HeldRegion>();
        foreach (var (offset, region) in record.Head is null ? places : places.Prepend((0, record.Head)))
        {
            var index = await VersionReader.ReadIndexAsync(store, version, region, chunkSize, cancel);
            regions.Add(new HeldRegion(new RegionReader(disk, offset, index.Used) { AllowBadSectors = true }, index));
        }

        return regions;
    }

    private async Task<ConcurrentDictionary<ChunkId, bool>> FindMissingAsync(List<HeldRegion> regions, CancellationToken cancel)
    {
        var missing = new ConcurrentDictionary<ChunkId, bool>();
        var ids = regions.SelectMany(region => region.Index.ChunkList).Where(chunk => chunk.Id is not null).Select(chunk => chunk.Id!.Value).Distinct();
        foreach (var batch in ids.Chunk(IdsPerQuestion))
        {
            var has = await store.Chunks.HasAsync(batch, cancel);
            foreach (var id in batch.Where((_, i) => !has[i]))
            {
                missing[id] = true;
            }
        }

        return missing;
    }

    // A chunk may lie in several places: one that has changed there may be whole elsewhere.
    private async Task HealAsync(List<HeldRegion> regions, ConcurrentDictionary<ChunkId, bool> missing, int chunkSize, CancellationToken cancel)
    {
        if (missing.IsEmpty)
        {
            return;
        }

        var wanted = regions.SelectMany(region => region.Index.ChunkList
            .Where(chunk => chunk.Id is { } id && missing.ContainsKey(id))
            .Select(chunk => (Region: region, chunk.Number, Id: chunk.Id!.Value))).ToList();
        var meter = progress.Begin("heal", wanted.Count * (long)chunkSize);
        using var workers = new WorkerPool(chunkSize);
        await workers.RunAsync(wanted, async (chunk, buffers, cancel) =>
        {
            var content = buffers.Content[..chunkSize];
            if (missing.ContainsKey(chunk.Id) && Holds(chunk.Region, chunk.Number, chunk.Id, content.Span))
            {
                var length = buffers.Codec.Encode(content.Span, buffers.Frame);
                var isNew = await store.Chunks.WriteAsync(chunk.Id, buffers.Frame.AsMemory(0, length), cancel);
                missing.TryRemove(chunk.Id, out _);
                Interlocked.Add(ref _stored, isNew ? length : 0);
            }

            meter.Add(chunkSize);
        }, cancel);
        progress.Begin("commit", 0);
        await store.Chunks.FlushAsync(cancel);
    }

    private static bool Holds(HeldRegion region, long number, ChunkId id, Span<byte> content)
    {
        region.Reader.Read(number * content.Length, content);
        return ChunkId.Of(content) == id;
    }

    private sealed record HeldRegion(RegionReader Reader, RegionIndex Index);
}
