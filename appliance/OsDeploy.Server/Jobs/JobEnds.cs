using OsDeploy.Api.Agents;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Images;
using OsDeploy.Server.Secrets;

namespace OsDeploy.Server.Jobs;

/// <summary>What follows when a host says that it is done.</summary>
internal sealed class JobEnds(ImageStores stores, ConfigurationRegistry configurations, JobRetries retries, SecretDesk secrets, TimeProvider time)
{
    /// <summary>A capture is done when its version is in the store, not when its host says so.</summary>
    public async Task<JobEnd> ProveAsync(Job job, JobEnd end, CancellationToken cancel)
    {
        if (end.Outcome != JobOutcome.Verified || job.Kind is not (JobKind.Capture or JobKind.ManualBackup) || job.Image is not { } image)
        {
            return end;
        }

        await using var opened = stores.OpenFor(job);
        var versions = await opened.Store.ListAsync(cancel);
        return end.Made is { } made && versions.Any(entry => entry.Version == made && entry.Image == image)
            ? end
            : end with { Outcome = JobOutcome.Failed, Fault = JobFaults.NothingMade(image) };
    }

    /// <summary>A rule: it ends, or is tried again.</summary>
    public Job End(Job job, JobEnd end) => retries.Decide(JobRules.End(job, end, time.GetUtcNow()));

    /// <summary>Deletes versions that the configuration does not keep, and says what is tried again. Safe to repeat.</summary>
    public async Task AfterAsync(Job job)
    {
        retries.Tell(job);
        secrets.Ended(job);
        if (job is { Kind: JobKind.Capture, Outcome: JobOutcome.Verified, Store: null } && ConfigurationOf(job) is { KeepVersions: > 0 } configuration)
        {
            await configurations.KeepNewestAsync(configuration, CancellationToken.None);
        }
    }

    private OsDeploy.Api.Configurations.Configuration? ConfigurationOf(Job job) =>
        job.ConfigurationId is { } id ? configurations.Find(id) : null;
}
