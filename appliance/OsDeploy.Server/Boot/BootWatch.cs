using OsDeploy.Api.Agents;
using OsDeploy.Server.Agents;
using OsDeploy.Server.Hosts;

namespace OsDeploy.Server.Boot;

/// <summary>What agents say, as far as it tells how a start went.</summary>
internal sealed class BootWatch(BootHistory history, BootStarts starts, NextStarts next, AgentBook agents, HostRegistry hosts)
{
    private const int IdLength = 12;

    public void Heard(Hello hello, HelloAnswer answer)
    {
        if (hello.Boot is not { } boot || (boot.Length != IdLength && boot != BootDesk.TftpBoot))
        {
            return;
        }

        var host = agents.ById(answer.Agent)?.Host is { } id ? hosts.FindById(id) : null;
        if (host is not null)
        {
            next.Spoke(host.Id, boot);
        }

        history.Spoke(boot, host?.Id, host?.Name.ToString(), "hello", host is null ? "nobody has registered it" : $"it is {host.Name}");
    }

    /// <summary>An agent reported about its job: it came up.</summary>
    public void Reported(string job)
    {
        if (starts.Clear(job) is { } host)
        {
            history.Worked(host, $"job {job.TrimStart('0')} has begun");
        }
    }

    /// <summary>An operator wants the job tried again.</summary>
    public void Retried(string job) => starts.Clear(job);
}
