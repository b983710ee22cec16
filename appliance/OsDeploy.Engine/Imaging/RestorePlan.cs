using OsDeploy.Chunks;
using OsDeploy.Disks;
using OsDeploy.Images;
using OsDeploy.Multicast;

namespace OsDeploy.Imaging;

/// <summary>
/// A restore that was prepared and waits for a yes. The disks are claimed until it is disposed. <see cref="RunAsync"/> destroys what they
/// hold: it marks each disk as unfinished just before the first write and writes the partition table last (the commit
/// point), so a disk starts either as it did before, or not at all, or restored.
/// </summary>
public sealed class RestorePlan : IAsyncDisposable
{
    private readonly IImageStore _store;
    private readonly JobProgress _progress;
    private readonly WorkerPool _workers;
    private readonly List<RestoreTarget> _targets;
    private readonly RestoreOptions _options;
    private readonly RegionWriter _writer;
    private long _verified;

    internal RestorePlan(IImageStore store, JobProgress progress, WorkerPool workers, List<RestoreTarget> targets, RestoreOptions options, RestorePreview preview)
    {
        (_store, _progress, _workers, _targets, _options, Preview) = (store, progress, workers, targets, options, preview);
        _writer = new RegionWriter(store.Chunks, workers, progress);
    }

    public RestorePreview Preview { get; }

    /// <summary>The targets and what they held when they were claimed, for the operator to see.</summary>
    public IReadOnlyList<DiskLayout> Targets => [.. _targets.Select(target => target.Found)];

    /// <exception cref="OperationCanceledException">Cancelled: the disks are safe (they do not start), not restored.</exception>
    /// <exception cref="UserErrorException">What stopped it; the disks are safe, not restored.</exception>
    public async Task<RestoreReport> RunAsync(CancellationToken cancel)
    {
        try
        {
            await RestoreAsync(cancel);
        }
        catch (IOException e)
        {
            throw ImagingErrors.WriteRefused(string.Join(" or ", _targets.Select(target => target.Disk.Path)), e);
        }

        _progress.End();
        return new RestoreReport(
            Preview.Version, Preview.Image, Preview.UsedBytes, Preview.ComparedBytes, Preview.EqualBytes,
            _writer.FetchedBytes, _writer.WrittenBytes, _verified, _progress.Warnings, _progress.Phases);
    }

    public ValueTask DisposeAsync()
    {
        _workers.Dispose();
        _targets.ForEach(target => target.Dispose());
        return ValueTask.CompletedTask;
    }

    private async Task RestoreAsync(CancellationToken cancel)
    {
        var commits = _targets.Select(target => (Target: target, Personal: PersonalOf(target))).Where(one => !one.Target.IsDone || one.Personal is not null)
            .Select(one => one.Target.IsPartitionOnly
                ? (RestoreCommit)new PartitionCommit(one.Target, one.Personal, _writer, Preview)
                : new TableCommit(one.Target, one.Personal, Preview)).ToList();
        await using (var stream = await GatherAsync(commits, cancel))
        {
            foreach (var commit in commits)
            {
                commit.Invalidate();
            }

            await WriteAsync(commits, stream, cancel);
        }

        await VerifyAsync(commits, cancel);
        await WipeFreeAsync(cancel);
        _progress.Begin("finish", 0);
        foreach (var commit in commits)
        {
            await commit.PrepareAsync(cancel);
        }

        // The first disk, which the computer starts from, comes last: it never starts beside an unfinished one.
        cancel.ThrowIfCancellationRequested();
        foreach (var commit in Enumerable.Reverse(commits))
        {
            await commit.CommitAsync();
            await VerifyCommitAsync(commit);
        }
    }

    // Where many hosts are served at once they wait for each other first: until that is over no disk is touched.
    private async Task<CarouselRestore?> GatherAsync(List<RestoreCommit> commits, CancellationToken cancel)
    {
        if (_options.Stream is not { } stream)
        {
            return null;
        }

        _progress.Begin("gather", 0);
        var needed = commits.SelectMany(commit => commit.Target.Regions.SelectMany(commit.WrittenBeforeCommit)).Select(chunk => chunk.Id).OfType<ChunkId>();
        return await CarouselRestore.TryGatherAsync(_store, Preview.Version, stream, needed, cancel);
    }

    private RestorePersonal? PersonalOf(RestoreTarget target)
    {
        if (_options is not { Personal: { } personaliser, TableOnly: false })
        {
            return null;
        }

        var personal = new RestorePersonal(personaliser, target);
        personal.RequirePlaces();
        return personal.ConcernsDisk ? personal : null;
    }

    private async Task WriteAsync(List<RestoreCommit> commits, CarouselRestore? stream, CancellationToken cancel)
    {
        var meter = _progress.Begin("write", commits.SelectMany(commit => commit.Target.Regions)
            .Sum(region => region.Differing.Sum(region.UsedIn)));
        IReadOnlyList<RegionWork> work =
        [
            .. commits.SelectMany(commit => commit.Target.Regions.Select(region => new RegionWork(region, commit.WrittenBeforeCommit(region), PartOf(commit.Target, region, meter)))),
        ];
        if (stream is not null)
        {
            work = await stream.RunAsync(work, _writer, _workers, _progress, cancel);
        }

        foreach (var one in work)
        {
            await _writer.RunAsync(one.Region, one.Chunks, one.Meter, cancel);
        }

        _progress.Begin("flush", 0);
        commits.ForEach(commit => commit.Target.Disk.Flush());
    }

    private Meter PartOf(RestoreTarget target, TargetRegion region, Meter whole) =>
        _progress.AddPart(whole, target.Record.Number, region.Placed?.Record.Number, region.Differing.Sum(region.UsedIn));

    private async Task VerifyAsync(List<RestoreCommit> commits, CancellationToken cancel)
    {
        var regions = commits.SelectMany(commit => commit.Target.Regions.Select(region =>
            (Region: region, Chunks: commit.VerifiedBeforeCommit(RegionVerify.Choose(region, _options.Verify))))).ToList();
        var meter = _progress.Begin("verify", regions.Sum(item => item.Chunks.Sum(item.Region.UsedIn)));
        var verify = new RegionVerify(_workers, _progress);
        foreach (var (region, chunks) in regions)
        {
            _verified += await verify.RunAsync(region, chunks, meter, cancel);
        }
    }

    // Also on a disk that was right already: it touches nothing but free ranges.
    private async Task WipeFreeAsync(CancellationToken cancel)
    {
        if (!_options.WipeFree)
        {
            return;
        }

        var regions = _targets.SelectMany(target => target.Regions).Where(region => region.Placed is not null).ToList();
        var meter = _progress.Begin("wipe free space", regions.Sum(region => FreeSpaceWiper.FreeRanges(region).TotalLength));
        foreach (var region in regions)
        {
            await new FreeSpaceWiper(_workers, region.Index.ChunkSize).RunAsync(region, meter, cancel);
        }

        _targets.ForEach(target => target.Disk.Flush());
    }

    private async Task VerifyCommitAsync(RestoreCommit commit)
    {
        if (_options.Verify == VerifyMode.None)
        {
            return;
        }

        try
        {
            _verified += await commit.VerifyAsync(new RegionVerify(_workers, _progress));
        }
        catch (Exception e) when (e is UserErrorException or IOException)
        {
            commit.Invalidate();
            throw;
        }
    }
}
