using System.Buffers.Binary;
using OsDeploy.Api;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Jobs;
using OsDeploy.Multicast;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Agents;
using OsDeploy.Server.Api;
using OsDeploy.Server.Jobs;

namespace OsDeploy.Server.Multicast;

/// <summary>Answers <see cref="CarouselApi"/> but for the settings.</summary>
internal sealed class CarouselHandlers(CarouselHall hall, AgentDesk agents, JobDesk jobs, JobBoard board, AuditLog audit)
{
    public void Map(HandlerTable on)
    {
        on.On(CarouselApi.List, _ => hall.Views());
        on.On(CarouselApi.StartNow, call => Tell(call, "carousel-start", session => session.StartNow()));
        on.On(CarouselApi.Stop, call => Tell(call, "carousel-stop", session => session.Stop(call.Operator.Name)));
        on.On(CarouselApi.Join, (call, join) => hall.JoinAsync(agents.Leased(call.Agent.Id, call.Value("job"), join.Fence), join.Needed, call.Context.Connection.LocalIpAddress, call.Cancel));
        on.On(CarouselApi.Need, NeedAsync);
        on.On(CarouselApi.Plan, PlanAsync);
        on.On(CarouselApi.Report, (call, report) =>
        {
            var job = agents.Leased(call.Agent.Id, call.Value("job"), report.Fence);
            return hall.Require(job, call.Value("carousel")).Report(job, report);
        });
    }

    private CarouselView Tell(Call call, string what, Action<CarouselSession> tell)
    {
        var batch = board.FindBatch(call.Value("batch")) ?? throw MulticastErrors.Missing();
        foreach (var job in board.OfBatch(batch.Id))
        {
            jobs.RequireRight(job, call.Operator);
        }

        var sessions = hall.OfBatch(batch.Id);
        if (sessions.Count == 0)
        {
            throw MulticastErrors.Missing();
        }

        foreach (var session in sessions)
        {
            tell(session);
        }

        audit.Append(call.Caller.AuditName, what, "batch " + batch.Id.TrimStart('0'), "");
        return sessions[0].View();
    }

    private async Task NeedAsync(Call call)
    {
        var body = await Requests.ReadBodyAsync(call.Context); // one that is too long is refused whoever sends it
        var (job, session) = Own(call);
        var bits = ChunkBits.TryParse(session.Table.Count, body) ?? throw MulticastErrors.NeedMalformed();
        session.Need(job, bits);
        Requests.AnswerNothing(call.Context);
    }

    private Task PlanAsync(Call call)
    {
        var (number, bits) = Own(call).Session.Plan();
        var answer = new byte[sizeof(int) + bits.Length];
        BinaryPrimitives.WriteInt32LittleEndian(answer, number);
        bits.CopyTo(answer, sizeof(int));
        return Requests.AnswerBytesAsync(call.Context, answer);
    }

    private (Job Job, CarouselSession Session) Own(Call call)
    {
        var job = agents.JobOf(call.Agent.Id);
        return job is not null && job.Id == call.Value("job") ? (job, hall.Require(job, call.Value("carousel"))) : throw JobErrors.LeaseLost();
    }
}
