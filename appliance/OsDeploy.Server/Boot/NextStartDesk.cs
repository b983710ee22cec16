using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Hosts;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Api;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Hosts;
using OsDeploy.Server.Jobs;

namespace OsDeploy.Server.Boot;

/// <summary>What operators say about the next start of hosts.</summary>
internal sealed class NextStartDesk(NextStarts next, HostRegistry hosts, JobBoard board, Alarms alarms, AuditLog audit, TimeProvider time)
{
    /// <summary>A host did not start what it was told to.</summary>
    public const string Alarm = "boot-next-failed";

    /// <summary>By name.</summary>
    public IReadOnlyList<BootNext> List() =>
        [.. next.All.Select(one => (one.Once, Host: hosts.FindById(one.Host))).Where(one => one.Host is not null).OrderBy(one => one.Host!.Name).Select(one => ViewOf(one.Host!, one.Once))];

    /// <returns>What was said, or what was taken back.</returns>
    /// <exception cref="UserErrorException"><c>host-missing</c>, <c>room-missing</c>, <c>configuration-missing</c>, <c>no-hosts</c>, <c>boot-option-invalid</c></exception>
    public IReadOnlyList<BootNext> Change(BootNextChange change, OperatorCaller by)
    {
        BootRules.RequireKnown("The next start", change.To);
        var meant = hosts.Select(change.Hosts);
        return meant.Count == 0 ? throw JobErrors.NoHosts() : [.. meant.Select(host => ChangeOne(host, change.To, by)).OfType<BootNext>()];
    }

    private BootNext? ChangeOne(Host host, BootTarget? to, OperatorCaller by)
    {
        if (to is not { } target)
        {
            return next.Of(host.Id) is null ? null : Clear(host, by);
        }

        audit.Append(by.AuditName, "boot-next", host.Name.ToString(), ApiWord.Of(target));
        var once = new BootOnce(target, by.Name, time.GetUtcNow());
        next.Set(host.Id, once);
        alarms.Dismiss($"{Alarm}-{host.Id}");
        return ViewOf(host, once);
    }

    private BootNext? Clear(Host host, OperatorCaller by)
    {
        audit.Append(by.AuditName, "boot-next", host.Name.ToString(), "as usual");
        return next.Clear(host.Id) is { } once ? ViewOf(host, once) : null;
    }

    private BootNext ViewOf(Host host, BootOnce once) => new(host.Id, host.Name.ToString(), once, board.ActiveOf(host.Id)?.Id);
}
