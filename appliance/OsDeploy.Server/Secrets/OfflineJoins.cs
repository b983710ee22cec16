using OsDeploy.Api.Hosts;
using OsDeploy.Server.Hosts;

namespace OsDeploy.Server.Secrets;

/// <summary>What <c>djoin</c> made for single hosts, sealed, each for one job. A computer changes its password by itself: used once, it is worth nothing.</summary>
/// <remarks><c>by</c> is the caller's <see cref="Api.Caller.AuditName"/>.</remarks>
internal sealed class OfflineJoins(Registry registry)
{
    /// <summary>Takes the place of one that was there.</summary>
    /// <exception cref="UserErrorException"><c>host-missing</c>, <c>offline-join-invalid</c></exception>
    public OfflineJoin Set(string host, OfflineJoinFile file, string by)
    {
        var data = DjoinFile.Read(file.File);
        return registry.Transact(() =>
        {
            var found = registry.HostOf(host).Value;
            var joining = Of(found.Id) with { Data = registry.Edges.Seal(data), SetBy = by, SetAt = registry.Now, Job = null, UsedAt = null };
            registry.Joinings.Upsert(joining);
            registry.Edges.Audit(by, "offline-join-set", found.Name.ToString(), "");
            return joining.Shown!;
        });
    }

    /// <exception cref="UserErrorException"><c>host-missing</c>, <c>offline-join-missing</c></exception>
    public void Delete(string host, string by) => registry.Transact(() =>
    {
        var found = registry.HostOf(host).Value;
        var joining = Of(found.Id);
        if (joining.Data is null)
        {
            throw SecretErrors.OfflineJoinMissing(found.Name.ToString());
        }

        registry.Joinings.Upsert(new HostJoining(found.Id, Joined: joining.Joined));
        registry.Edges.Audit(by, "offline-join-delete", found.Name.ToString(), "");
    });

    /// <summary>Of a host by its id; one that says nothing if there is none.</summary>
    public HostJoining Of(string host) => registry.Joinings.FindById(host)?.Value ?? new HostJoining(host);

    /// <summary>Opens it for a job, and writes down that this job has it.</summary>
    public string Use(HostJoining joining, string job)
    {
        registry.Joinings.Upsert(joining with { Job = job, UsedAt = registry.Now });
        return registry.Edges.Open(joining.Data!);
    }

    /// <summary>The host is in its domain.</summary>
    public void Joined(string host, JoinedAs joined)
    {
        if (registry.Hosts.FindById(host) is not null)
        {
            registry.Joinings.Upsert(Of(host) with { Joined = joined });
        }
    }
}
