using System.Net;
using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Server.Api;
using OsDeploy.Server.Boot;

namespace OsDeploy.Server.Agents;

/// <summary>Answers <see cref="AgentApi"/>.</summary>
/// <param name="allowLab">Take computers made of files from other machines too.</param>
internal sealed class AgentHandlers(AgentDesk desk, MachineDesk machines, HelloLimiter limiter, BootWatch boots, bool allowLab)
{
    private const string OwnSocket = "this computer";

    public void Map(HandlerTable on)
    {
        on.On(AgentApi.Hello, (call, hello) => Hello(call, hello));
        on.On(AgentApi.Poll, (call, _) => desk.PollAsync(call.Agent.Id, AddressOf(call), call.Cancel));
        on.On(AgentApi.Report, async (call, report) =>
        {
            var answer = await desk.ReportAsync(call.Agent.Id, call.Value("job"), report, call.Cancel);
            boots.Reported(call.Value("job"));
            return answer;
        });
        on.On(AgentApi.Facts, (call, _) => machines.FactsAsync(call.Agent.Id, AddressOf(call), call.Cancel));
        on.On(AgentApi.RestoreSelf, async (call, asked) =>
        {
            await machines.RestoreSelfAsync(call.Agent.Id, asked, call.Cancel);
            return default;
        });
    }

    private HelloAnswer Hello(Call call, Hello hello)
    {
        if (!desk.Knows(hello.Nonce))
        {
            limiter.Admit(AddressOf(call)); // an agent that is known says hello again after an outage, with a whole room
        }

        return hello.IsLab && !allowLab && call.Remote is { } remote && !IPAddress.IsLoopback(remote) && !Equals(remote, call.Context.Connection.LocalIpAddress)
            ? throw AgentErrors.LabNotAllowed()
            : Said(hello, desk.Hello(hello, AddressOf(call)));
    }

    private HelloAnswer Said(Hello hello, HelloAnswer answer)
    {
        boots.Heard(hello, answer);
        return answer;
    }

    private static string AddressOf(Call call) => call.Remote?.ToString() ?? OwnSocket;
}
