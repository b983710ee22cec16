using OsDeploy.Disks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>
/// A restore that was prepared and waits for a yes. The disks are claimed until it is disposed. <see cref="RunAsync"/> destroys what they
/// hold: it marks each disk as unfinished just before the first write and writes the partition table last (the commit
/// point), so a disk starts either as it did before, or not at all, or restored.
/// </summary>
public sealed class RestorePlan : IAsyncDisposable
{
    private readonly JobProgress _progress;
    private readonly WorkerPool _workers;
    private readonly List<RestoreTarget> _targets;
    private readonly RestoreOptions _options;
    private readonly RegionWriter _writer;
    private long _verified;

    internal RestorePlan(IImageStore store, JobProgress progress, WorkerPool workers, List<RestoreTarget> targets, RestoreOptions options, RestorePreview preview)
    {
        (_progress, _workers, _targets, _options, Preview) = (progress, workers, targets, options, preview);
        _writer = new RegionWriter(store.Chunks, workers, progress);
    }

    public RestorePreview Preview { get; }

    /// <summary>The targets and what they held when they were claimed, for the operator to see.</summary>
    public IReadOnlyList<DiskLayout> Targets => [.. _targets.Select(target => target.Found)];

    /// <exception cref="OperationCanceledException">Cancelled: the disks are safe (they do not start), not restored.</exception>
    public async Task<RestoreReport> RunAsync(CancellationToken cancel)
    {
        var work = _targets.Where(target => !target.IsDone).ToList();
        var commits = work.ConvertAll(target => target.IsPartitionOnly
            ? (RestoreCommit)new PartitionCommit(target, _writer, Preview)
            : new TableCommit(target, Preview));
        foreach (var commit in commits)
        {
            commit.Invalidate();
        }

        await WriteAsync(commits, cancel);
        await VerifyAsync(commits, cancel);
        await WipeFreeAsync(work, cancel);
        _progress.Begin("finish", 0);
        foreach (var commit in commits)
        {
            await commit.FinishAsync(cancel);
        }

        await VerifyLastAsync(commits, cancel);
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

    private async Task WriteAsync(List<RestoreCommit> commits, CancellationToken cancel)
    {
        var meter = _progress.Begin("write", commits.SelectMany(commit => commit.Target.Regions)
            .Sum(region => region.Differing.Sum(region.UsedIn)));
        foreach (var commit in commits)
        {
            foreach (var region in commit.Target.Regions)
            {
                await _writer.RunAsync(region, commit.WrittenBeforeCommit(region), meter, cancel);
            }
        }

        _progress.Begin("flush", 0);
        commits.ForEach(commit => commit.Target.Disk.Flush());
    }

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

    private async Task WipeFreeAsync(List<RestoreTarget> targets, CancellationToken cancel)
    {
        if (!_options.WipeFree)
        {
            return;
        }

        var regions = targets.SelectMany(target => target.Regions).Where(region => region.Placed is not null).ToList();
        var meter = _progress.Begin("wipe free space", regions.Sum(region => FreeSpaceWiper.FreeRanges(region).TotalLength));
        foreach (var region in regions)
        {
            await new FreeSpaceWiper(_workers, region.Index.ChunkSize).RunAsync(region, meter, cancel);
        }

        targets.ForEach(target => target.Disk.Flush());
    }

    private async Task VerifyLastAsync(List<RestoreCommit> commits, CancellationToken cancel)
    {
        if (_options.Verify == VerifyMode.None)
        {
            return;
        }

        foreach (var commit in commits)
        {
            _verified += await commit.VerifyAsync(new RegionVerify(_workers, _progress), cancel);
        }
    }
}
