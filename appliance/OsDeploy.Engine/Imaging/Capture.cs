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
                sources.Add(await CaptureSource.OpenAsync(path, sources.Count == 0 ? options : OptionsOfFurtherDisk(options), cancel));
            }

            return await StoreAsync(sources, options, cancel);
        }
        finally
        {
            sources.ForEach(source => source.Dispose());
        }
    }

    private static CaptureOptions OptionsOfFurtherDisk(CaptureOptions options) =>
        options with { Partitions = null, Data = null, GrowPartition = null };

    private async Task<CaptureReport> StoreAsync(List<CaptureSource> sources, CaptureOptions options, CancellationToken cancel)
    {
        await using var lease = await store.BeginCaptureAsync(options.Kind, options.Image, cancel);
        using var workers = new WorkerPool(ChunkSize, options.ZstdLevel);
        var meter = progress.Begin("capture", sources.Sum(source => source.UsedBytes));
        var capture = new RegionCapture(store.Chunks, workers, ChunkSize, progress);
        var disks = new List<DiskRecord>();
        foreach (var source in sources)
        {
            disks.Add(await source.CaptureAsync(disks.Count + 1, options, capture, lease, meter, cancel));
        }

        progress.Begin("commit", 0);
        var manifest = ManifestOf(disks, sources, options);
        var bytes = manifest.ToBytes();
        await CommitAsync(lease, bytes, sources, capture, cancel);
        progress.End();
        manifest.Stamps.ToList().ForEach(progress.Warn);
        var regions = disks.SelectMany(disk => disk.Partitions.Select(partition => partition.Region).Append(disk.Head)).OfType<RegionRecord>().ToList();
        return new CaptureReport(
            VersionId.Of(bytes),
            options.Image.ToString(),
            regions.Sum(region => region.UsedBytes),
            regions.Sum(region => region.ZeroBytes),
            disks.SelectMany(disk => disk.Partitions).SelectMany(partition => partition.LeftOut).Sum(file => file.Bytes),
            regions.Sum(region => (long)region.Chunks),
            capture.NewChunks,
            capture.StoredBytes,
            progress.Warnings,
            progress.Phases);
    }

    // A store may have lost a chunk between saying "present" and now (a prune after a daemon's restart, a damaged one found
    // meanwhile): the regions are read again, which adds what is missing and nothing else.
    private async Task CommitAsync(ICaptureLease lease, byte[] manifest, List<CaptureSource> sources, RegionCapture capture, CancellationToken cancel)
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

            var meter = progress.Begin("capture again", sources.Sum(source => source.UsedBytes));
            foreach (var source in sources)
            {
                await source.CaptureAgainAsync(capture, meter, cancel);
            }
        }
    }

    private Manifest ManifestOf(List<DiskRecord> disks, List<CaptureSource> sources, CaptureOptions options) => new()
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
        Stamps = [.. disks.SelectMany(StampsOf)],
    };

    private static IEnumerable<string> StampsOf(DiskRecord disk) => disk.Partitions
        .Where(partition => partition.BadSectors.Count > 0)
        .Select(partition => $"Partition {partition.Number} of disk {disk.Number}: {Sizes.Of(partition.BadSectors.Sum(range => range.Length))} could not be read and came out as zero.");
}
