using System.Reflection;
using OsDeploy.Images;
using OsDeploy.Text;

namespace OsDeploy.Imaging;

/// <summary>
/// Captures disks as a new version of an image. Writes nothing to them. Commit point: the store publishes the manifest
/// after every chunk and index object is durable; until then the version does not exist, and what was stored is reused by the next try.
/// </summary>
public sealed class Capture(IImageStore store, TimeProvider clock, JobProgress progress)
{
    public const int ChunkSize = 256 << 10;
    private const int CommitTries = 3;
    private const double Margin = 1.05;

    /// <param name="disks">Device nodes or raw image files. Options that name partitions mean the first.</param>
    /// <exception cref="UserErrorException">A refusal, before the first byte is stored; or what stopped it.</exception>
    public async Task<CaptureReport> RunAsync(IReadOnlyList<string> disks, CaptureOptions options, CancellationToken cancel)
    {
        progress.Begin("inspect", 0);
        var sources = new List<CaptureSource>();
        try
        {
            foreach (var path in disks)
            {
                sources.Add(await CaptureSource.OpenAsync(path, sources.Count == 0 ? options : OptionsOfFurtherDisk(options, sources.Count + 1), sources.Count + 1, cancel));
            }

            sources.SelectMany(source => source.Notes).ToList().ForEach(progress.Warn);
            return await StoreAsync(sources, options, cancel);
        }
        finally
        {
            sources.ForEach(source => source.Dispose());
        }
    }

    internal static CaptureOptions OptionsOfFurtherDisk(CaptureOptions options, int number)
    {
        var disk = options.FurtherDisks?.GetValueOrDefault(number);
        return options with { Partitions = null, Data = disk?.Data, GrowPartition = disk?.GrowPartition, Systems = disk?.Systems };
    }

    private async Task<CaptureReport> StoreAsync(List<CaptureSource> sources, CaptureOptions options, CancellationToken cancel)
    {
        await using var lease = await store.BeginCaptureAsync(options.Kind, options.Image, cancel);
        using var workers = new WorkerPool(ChunkSize, options.ZstdLevel);
        var regions = sources.SelectMany(source => source.Regions).ToList();
        await RequireRoomAsync(regions, workers, options, cancel);
        var capture = new RegionCapture(store.Chunks, workers, ChunkSize, progress);
        var captured = new Dictionary<SourceRegion, RegionRecord>();
        var meter = progress.Begin("capture", regions.Sum(region => region.Used.TotalLength));
        foreach (var (region, part) in PartsOf(sources, meter))
        {
            captured.Add(region, await CaptureAsync(region, capture, lease, part, cancel));
        }

        progress.Begin("commit", 0);
        var manifest = ManifestOf([.. sources.Select((source, i) => source.RecordOf(i + 1, captured))], sources, options);
        var bytes = manifest.ToBytes();
        await CommitAsync(lease, bytes, regions, capture, cancel);
        progress.End();
        manifest.Stamps.ToList().ForEach(progress.Warn);
        return new CaptureReport(
            VersionId.Of(bytes),
            options.Image.ToString(),
            captured.Values.Sum(region => region.UsedBytes),
            captured.Values.Sum(region => region.ZeroBytes),
            regions.Sum(region => region.LeftOut.Sum(file => file.Bytes)),
            captured.Values.Sum(region => (long)region.Chunks),
            capture.NewChunks,
            capture.StoredBytes,
            progress.Warnings,
            progress.Phases);
    }

    private List<(SourceRegion Region, Meter Part)> PartsOf(List<CaptureSource> sources, Meter whole) =>
        [.. sources.SelectMany((source, i) => source.Regions.Select(region => (region, progress.AddPart(whole, i + 1, region.Partition, region.Used.TotalLength))))];

    // Better to say so now than after half an hour. What is used always suffices; only a store with less asks for a sample.
    private async Task RequireRoomAsync(List<SourceRegion> regions, WorkerPool workers, CaptureOptions options, CancellationToken cancel)
    {
        var free = await store.FreeBytesAsync(cancel);
        if (free > regions.Sum(region => region.Used.TotalLength) * Margin)
        {
            return;
        }

        progress.Begin("estimate", 0);
        var needed = (long)(await CaptureEstimate.RunAsync(regions, store.Chunks, workers, ChunkSize, cancel) * Margin);
        if (needed > free)
        {
            throw ImagingErrors.StoreTooFull(options.Image, store.Address, needed, free);
        }
    }

    private static async Task<RegionRecord> CaptureAsync(SourceRegion region, RegionCapture capture, ICaptureLease lease, Meter meter, CancellationToken cancel)
    {
        var index = await capture.RunAsync(region.Reader, region.Length, region.Used, meter, cancel);
        var zero = index.ChunkList.Where(chunk => chunk.Id is null).Sum(chunk => region.Used.Within(index.RangeOf(chunk.Number)).Sum(run => run.Length));
        return new RegionRecord(await lease.WriteIndexAsync(index.ToBytes(), cancel), region.Length, region.Used.TotalLength, zero, index.ChunkList.Count);
    }

    // A store may have lost a chunk between saying "present" and now (a prune after a daemon's restart, a damaged one found
    // meanwhile): the regions are read again, which adds what is missing and nothing else.
    private async Task CommitAsync(ICaptureLease lease, byte[] manifest, List<SourceRegion> regions, RegionCapture capture, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var missing = await lease.CommitAsync(manifest, null, makeCurrent: true, cancel);
            if (missing.Count == 0)
            {
                return;
            }

            if (attempt == CommitTries)
            {
                throw ImagingErrors.ChunksVanished(store.Address, missing.Count);
            }

            var meter = progress.Begin("capture again", regions.Sum(region => region.Used.TotalLength));
            foreach (var region in regions)
            {
                await capture.RunAsync(region.Reader, region.Length, region.Used, meter, cancel);
            }
        }
    }

    private Manifest ManifestOf(IReadOnlyList<DiskRecord> disks, List<CaptureSource> sources, CaptureOptions options) => new()
    {
        Format = Manifest.CurrentFormat,
        Kind = options.Kind,
        Image = options.Image.ToString(),
        CapturedAt = clock.GetUtcNow(),
        CapturedBy = Printable.Of(Environment.MachineName),
        Program = "osdeploy " + (Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0"),
        Firmware = options.WithTable ? sources[0].Layout.Firmware : "any",
        ChunkSize = ChunkSize,
        Disks = disks,
        Stamps = [.. sources.SelectMany((source, i) => source.Regions.SelectMany(region => StampsOf(i + 1, region)))],
    };

    private static IEnumerable<string> StampsOf(int disk, SourceRegion region)
    {
        var unreadable = region.Reader.BadSectors.TotalLength;
        if (unreadable > 0)
        {
            var where = region.Partition is { } number ? $"Partition {number}" : "The boot area";
            yield return $"{where} of disk {disk}: {Sizes.Of(unreadable)} could not be read and came out as zero.";
        }
    }
}
