using System.Buffers.Binary;
using System.Net;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Jobs;
using OsDeploy.Multicast;

namespace OsDeploy.Agent;

/// <summary>The carousel of an agent's running job, over its own connection.</summary>
internal sealed class AgentCarousel(AgentConnection connection, RunningJob job) : ICarouselDoor
{
    public GroupSocket Listen(IPEndPoint group) => new(group.Address, group.Port, connection.LocalAddress());

    /// <summary>Where the order leaves it to the server how chunks come: it knows how many hosts there are. Null: they come by HTTPS.</summary>
    public static StreamSource? SourceFor(AgentConnection connection, RunningJob job, TimeProvider time) =>
        job.Order is { Kind: JobKind.Restore, Store: null, Options.Transfer: TransferWish.Auto }
            ? new StreamSource(new AgentCarousel(connection, job), job.Log.Say, time)
            : null;

    public Task<CarouselTicket> JoinAsync(long needed, CancellationToken cancel) =>
        connection.JoinCarouselAsync(job.Order.Id, new CarouselJoin(job.Order.Fence, needed), cancel);

    public Task NeedAsync(string carousel, ChunkBits need, CancellationToken cancel) =>
        connection.SendNeedAsync(job.Order.Id, carousel, need.ToBytes(), cancel);

    public async Task<(int Number, ChunkBits Plan)> PlanAsync(string carousel, int count, CancellationToken cancel)
    {
        var answer = await connection.ReadPlanAsync(job.Order.Id, carousel, cancel);
        return answer.Length > sizeof(int) && ChunkBits.TryParse(count, answer[sizeof(int)..]) is { } plan
            ? (BinaryPrimitives.ReadInt32LittleEndian(answer), plan)
            : throw AgentErrors.OrderIncomplete("the plan of its stream");
    }

    public Task<CarouselOrders> ReportAsync(string carousel, CarouselReport report, CancellationToken cancel) =>
        connection.ReportCarouselAsync(job.Order.Id, carousel, report with { Fence = job.Order.Fence }, cancel);
}
