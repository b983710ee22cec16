using OsDeploy.Disks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>
/// Prepares a restore: refusals, comparison and preview. Nothing here writes a byte; <see cref="RestorePlan.RunAsync"/> does.
/// </summary>
public sealed class Restore(IImageStore store, JobProgress progress)
{
    private const int IdsPerQuestion = 16 << 10;

    /// <param name="disks">Device nodes or raw image files, one per disk of the image and in its order.</param>
    /// <exception cref="UserErrorException">A refusal; no disk was touched.</exception>
    public async Task<RestorePlan> PrepareAsync(IReadOnlyList<string> disks, RestoreOptions options, CancellationToken cancel)
    {
        progress.Begin("preflight", 0);
        var (version, manifest) = await VersionReader.OpenAsync(store, options.Kind, options.Image, options.Version, options.TrustedKey, cancel);
        var placement = new RestorePlacement(store, version, manifest, options, progress.Warn);
        var targets = await placement.ClaimAsync(disks, cancel);
        var workers = new WorkerPool(manifest.ChunkSize);
        try
        {
            await RequireChunksAsync(targets, cancel);
            await (options.Personal?.PrepareAsync(cancel) ?? Task.CompletedTask);
            var compare = new RegionCompare(workers, progress);
            await CompareAsync(compare, targets, options, cancel);
            return new RestorePlan(store, progress, workers, targets, options, PreviewOf(version, manifest, compare, targets));
        }
        catch
        {
            workers.Dispose();
            targets.ForEach(target => target.Dispose());
            throw;
        }
    }

    private async Task RequireChunksAsync(List<RestoreTarget> targets, CancellationToken cancel)
    {
        var ids = targets.SelectMany(target => target.Regions).SelectMany(region => region.Index.ChunkList)
            .Where(chunk => chunk.Id is not null).Select(chunk => chunk.Id!.Value);
        var missing = 0L;
        foreach (var batch in ids.Chunk(IdsPerQuestion))
        {
            missing += (await store.Chunks.HasAsync(batch, cancel)).Count(isPresent => !isPresent);
        }

        if (missing > 0)
        {
            throw ImagingErrors.ChunksMissing(store.Address, missing);
        }
    }

    private async Task CompareAsync(RegionCompare compare, List<RestoreTarget> targets, RestoreOptions options, CancellationToken cancel)
    {
        var meter = progress.Begin("compare", targets.SelectMany(target => target.Regions).Sum(region => region.Index.Used.TotalLength));
        foreach (var target in targets)
        {
            var wasUnfinished = target.Found.Aside is not null || DiskMark.Read(target.Disk, 0) is not null;
            foreach (var region in target.Regions)
            {
                if (options.Full)
                {
                    region.Differing = region.Index.ChunkList;
                    continue;
                }

                await compare.RunAsync(region, wasUnfinished || DiskMark.Read(target.Disk, region.Offset) is not null, meter, cancel);
            }
        }
    }

    private static RestorePreview PreviewOf(VersionId version, Manifest manifest, RegionCompare compare, List<RestoreTarget> targets)
    {
        var regions = targets.SelectMany(target => target.Regions).ToList();
        return new RestorePreview(
            version,
            manifest.Image,
            regions.Sum(region => region.Index.Used.TotalLength),
            compare.ComparedBytes,
            compare.EqualBytes,
            regions.Sum(region => (long)region.Differing.Count),
            regions.Sum(region => region.Differing.Sum(chunk => region.Index.RangeOf(chunk.Number).Length)),
            targets.Exists(target => !target.IsDone),
            [.. manifest.Stamps.Concat(targets.SelectMany(RestoreNotes.For))]);
    }
}
