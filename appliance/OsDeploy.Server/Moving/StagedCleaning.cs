using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Agents;
using OsDeploy.Server.Boot;
using OsDeploy.Server.Jobs;
using OsDeploy.Server.Notifications;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Moving;

/// <summary>What must not come back with old documents. Made outside of the transaction in which it works.</summary>
internal sealed class StagedCleaning(StagedData staged)
{
    private readonly Collection<AgentRecord> _agents = staged.Documents.GetCollection("agent", AgentJson.Default.AgentRecord, agent => agent.Id);
    private readonly Collection<KeptNotifications> _notifications = staged.Documents.GetCollection("notifications", NotificationJson.Default.KeptNotifications, kept => kept.Id);
    private readonly Collection<Job> _jobs = staged.Documents.GetCollection("job", ApiJson.Default.Job, job => job.Id);
    private readonly Collection<Batch> _batches = staged.Documents.GetCollection("batch", ApiJson.Default.Batch, batch => batch.Id);
    private readonly Collection<HostLease> _leases = staged.Documents.GetCollection("host_lease", JobJson.Default.HostLease, lease => lease.Host);
    private readonly Collection<NextStart> _next = staged.Documents.GetCollection("boot_next", BootJson.Default.NextStart, next => next.Host);
    private readonly Collection<BootStart> _starts = staged.Documents.GetCollection("boot_start", BootJson.Default.BootStart, start => start.Host);
    private readonly Collection<SessionRecord> _sessions = staged.Documents.GetCollection("session", AccountJson.Default.SessionRecord, session => session.Hash);

    /// <summary>Takes out every secret that no key here opens, and everybody who knows the appliance by the key it had.</summary>
    public void TakeSecrets()
    {
        var registry = staged.Registry;
        foreach (var (host, rev) in registry.Hosts.FindAll())
        {
            registry.Hosts.Update(host with { Overrides = [.. host.Overrides.Select(own => own with { ProductId = string.IsNullOrEmpty(own.ProductId) ? own.ProductId : null })] }, rev);
        }

        foreach (var (configuration, rev) in registry.Configurations.FindAll())
        {
            registry.Configurations.Update(
                configuration with { AdminPassword = null, Store = null, Partitions = [.. configuration.Partitions.Select(plan => plan with { ProductId = null })] }, rev);
        }

        foreach (var (joining, rev) in registry.Joinings.FindAll())
        {
            registry.Joinings.Update(joining with { Data = null }, rev);
        }

        Clear(staged.Accounts, account => account.Domain.ToUpperInvariant());
        Clear(_agents, agent => agent.Id);
        Clear(_notifications, kept => kept.Id);
    }

    /// <summary>
    /// Ends every job that had not ended: an order of last month must not reach a disk today. Nor is anybody logged in any more.
    /// </summary>
    public void TakeWork(string by, DateTimeOffset now)
    {
        foreach (var (job, rev) in _jobs.FindAll().Where(job => JobRules.IsActive(job.Value)))
        {
            _jobs.Update(JobRules.Skip(job, JobFaults.Restored(by), now), rev);
        }

        foreach (var (batch, rev) in _batches.FindAll().Where(batch => batch.Value.EndedAt is null))
        {
            _batches.Update(batch with { EndedAt = now }, rev);
        }

        Clear(_leases, lease => lease.Host);
        Clear(_next, next => next.Host);
        Clear(_starts, start => start.Host);
        Clear(_sessions, session => session.Hash);
    }

    private static void Clear<T>(Collection<T> collection, Func<T, string> idOf)
        where T : class
    {
        foreach (var one in collection.FindAll())
        {
            collection.Delete(idOf(one.Value));
        }
    }
}
