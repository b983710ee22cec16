using OsDeploy.Api.Boot;
using OsDeploy.Api.Hosts;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Api;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Jobs;

namespace OsDeploy.Server.Boot;

/// <summary>Hosts that were started for their job as often as it goes and said nothing, and the operator who lets them try again.</summary>
internal sealed class BootLoops(BootStarts starts, JobBoard board, JobDesk jobs, Alarms alarms, AuditLog audit)
{
    public const string Alarm = "boot-loop";

    public IReadOnlyList<BootLoop> Stopped =>
        [.. starts.Exhausted.Select(start => (Start: start, Job: board.ActiveOf(start.Host))).Where(one => one.Job?.Id == one.Start.Job).Select(one => new BootLoop(one.Start.Host, one.Job!.HostName, one.Start.Job, one.Start.Count))];

    /// <exception cref="UserErrorException"><c>boot-not-stopped</c>, and those of an operator who has no say in the job.</exception>
    public void Retry(Host host, OperatorCaller by)
    {
        if (board.ActiveOf(host.Id) is not { } job || starts.Of(host.Id, job.Id) < BootDecision.MaxStarts)
        {
            throw BootErrors.NotStopped(host.Name.ToString());
        }

        jobs.RequireRight(job, by);
        audit.Append(by.AuditName, "boot-retry", "job " + job.Id.TrimStart('0'), job.HostName);
        starts.Clear(job.Id);
        alarms.Dismiss($"{Alarm}-{host.Id}");
    }
}
