using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Server.Images;

namespace OsDeploy.Server.Jobs;

/// <summary>Binds the disks of a host that was first met after its job was started.</summary>
internal sealed class JobBinder(JobBoard board, ImageStores stores, TimeProvider time)
{
    /// <returns>The job as it is now: bound, waiting for a person, or ended because no disk fits.</returns>
    public async Task<Job> BindAsync(Job job, Host host, CancellationToken cancel)
    {
        if (job is not { State: JobState.Waiting, Disks.Count: 0 } || !JobRules.NeedsDisks(job.Kind) || host.Inventory is not { } inventory)
        {
            return job;
        }

        var manifest = job.Version is { } version ? await ReadAsync(job, version, cancel) : null;
        var (disks, fault) = DiskBinder.Bind(job.Kind, job.Options, inventory, manifest);
        return board.Change(job.Id, current => current switch
        {
            not { State: JobState.Waiting, Disks.Count: 0 } => null,
            _ when fault is not null => JobRules.Skip(current, fault, time.GetUtcNow()),
            _ when disks.Count > 0 => JobRules.Bind(current, disks),
            _ => current with { State = JobState.NeedsDisk },
        });
    }

    private async Task<Manifest> ReadAsync(Job job, VersionId version, CancellationToken cancel)
    {
        await using var opened = stores.OpenFor(job);
        return Manifest.Parse(await opened.Store.ReadManifestAsync(version, cancel));
    }
}
