using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Server.Agents;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Images;

/// <summary>
/// What an agent may do with the store: what its running job needs, and nothing else. Chunks are named by their hash, so knowing a name
/// is being told it by a manifest; manifests are handed out for the job's own version only.
/// </summary>
/// <param name="jobOf">The running job of an agent; null: it has none.</param>
internal sealed class AgentStoreRights(Func<string, Job?> jobOf)
{
    private static readonly ApiRoute[] s_writes = [StoreApi.WriteChunk, StoreApi.Flush];
    private static readonly ApiRoute[] s_captures = [StoreApi.KeepLease, StoreApi.WriteIndex, StoreApi.Commit];

    /// <summary>Operators were judged by the route's own table; this looks at agents.</summary>
    /// <exception cref="UserErrorException"><c>not-allowed</c></exception>
    public void Require(ApiRoute route, Caller caller)
    {
        if (caller is not AgentCaller agent)
        {
            return;
        }

        if (route == StoreApi.AbandonLease)
        {
            return; // the lease's id is the proof, and who has lost the job must still be able to let go
        }

        var kind = jobOf(agent.Id)?.Kind;
        var captures = kind is JobKind.Capture or JobKind.ManualBackup;
        var isAllowed = s_captures.Contains(route) ? captures
            : s_writes.Contains(route) ? captures || kind == JobKind.Heal
            : captures || kind is JobKind.Restore or JobKind.ManualRestore or JobKind.Heal;
        if (!isAllowed)
        {
            throw AgentErrors.NoJob();
        }
    }

    /// <exception cref="UserErrorException"><c>not-allowed</c></exception>
    public void RequireVersion(Caller caller, VersionId version)
    {
        if (caller is AgentCaller agent && jobOf(agent.Id)?.Version != version)
        {
            throw AgentErrors.OtherImage();
        }
    }

    /// <exception cref="UserErrorException"><c>not-allowed</c></exception>
    public void RequireImage(Caller caller, ImageKind kind, ImageName image)
    {
        if (caller is AgentCaller agent && !IsAbout(jobOf(agent.Id), kind, image))
        {
            throw AgentErrors.OtherImage();
        }
    }

    /// <summary>The versions a caller may hear of.</summary>
    public IReadOnlyList<VersionEntry> Visible(Caller caller, IReadOnlyList<VersionEntry> versions) => caller is AgentCaller agent && jobOf(agent.Id) is var job
        ? [.. versions.Where(version => IsAbout(job, version.Kind, version.Image))]
        : versions;

    private static bool IsAbout(Job? job, ImageKind kind, ImageName image) =>
        job?.Image == image && kind == (job.Kind is JobKind.ManualBackup or JobKind.ManualRestore ? ImageKind.Manual : ImageKind.Image);
}
