using OsDeploy.Api;
using OsDeploy.Server.Agents;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Secrets;

/// <summary>Answers <see cref="JoinApi"/> and <see cref="AgentApi.Secrets"/>.</summary>
internal sealed class SecretHandlers(JoinAccounts accounts, OfflineJoins offline, SecretDesk desk, AgentDesk agents)
{
    public void Map(HandlerTable table)
    {
        table.On(JoinApi.ListAccounts, _ => accounts.List());
        table.On(JoinApi.SetAccount, (call, change) => accounts.Set(call.Value("domain"), change, call.Caller.AuditName));
        table.On(JoinApi.DeleteAccount, call => Done(() => accounts.Delete(call.Value("domain"), call.Caller.AuditName)));
        table.On(JoinApi.SetOfflineJoin, (call, file) => offline.Set(call.Value("host"), file, call.Caller.AuditName));
        table.On(JoinApi.DeleteOfflineJoin, call => Done(() => offline.Delete(call.Value("host"), call.Caller.AuditName)));
        table.On(AgentApi.Secrets, (call, request) =>
        {
            call.Context.Response.Headers.CacheControl = "no-store";
            return desk.Release(() => agents.Leased(call.Agent.Id, call.Value("job"), request.Fence), request, call.Remote?.ToString() ?? "this computer");
        });
    }

    private static Nothing Done(Action work)
    {
        work();
        return default;
    }
}
