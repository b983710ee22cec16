using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Jobs;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Hosts;
using OsDeploy.Tests.Images;
using Xunit;

namespace OsDeploy.Tests.Multicast;

/// <summary>Who gets a stream from a whole appliance, who is told why not, and who may not touch it.</summary>
public sealed class CarouselRoutesTests
{
    private const int Chunks = 3;
    private const int Many = 1000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_host_alone_takes_its_chunks_by_HTTPS_and_the_operator_reads_why()
    {
        await using var daemon = await RoomAsync(1);
        var (agent, order) = Assert.Single(await RestoreAsync(daemon, 1));

        Assert.Null((await JoinAsync(daemon, agent, order)).Id);
        await JoinAsync(daemon, agent, order); // asked again, it is one line still

        var view = Assert.Single(await daemon.Admin.CallAsync(CarouselApi.List, Cancel));
        Assert.Equal((null, CarouselState.Ended, "it is the only host of its batch."), (view.Id, view.State, view.Reason));
        await TestRegistry.RefusedAsync("carousel-missing", () => daemon.Admin.CallAsync(CarouselApi.StartNow, Cancel, view.Batch));
    }

    [Fact]
    public async Task Hosts_of_one_batch_share_a_stream_whose_key_is_told_to_nobody_else()
    {
        await using var daemon = await RoomAsync(2);
        var hosts = await RestoreAsync(daemon, 2);
        var tickets = new List<CarouselTicket>();
        foreach (var (agent, order) in hosts)
        {
            tickets.Add(await JoinAsync(daemon, agent, order));
        }

        Assert.NotNull(tickets[0].Id);
        Assert.Equal((tickets[0].Id, tickets[0].Port, tickets[0].Table), (tickets[1].Id, tickets[1].Port, tickets[1].Table));
        var key = Assert.IsType<byte[]>(tickets[0].Key);
        var view = Assert.Single(await daemon.Admin.CallAsync(CarouselApi.List, Cancel));
        Assert.Equal(["pc01", "pc02"], view.Hosts.Select(host => host.Name).Order(StringComparer.Ordinal));
        var list = (await daemon.SendAsync(CarouselApi.List, daemon.Token)).Text;
        Assert.DoesNotContain(Convert.ToBase64String(key), list, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(key), list, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_stream_is_the_business_of_the_hosts_of_its_batch_only()
    {
        await using var daemon = await RoomAsync(3);
        var hosts = await RestoreAsync(daemon, 2);
        var (first, order) = hosts[0];
        var (second, other) = hosts[1];
        var ticket = await JoinAsync(daemon, first, order);
        await JoinAsync(daemon, second, other);
        var stranger = await daemon.MeetAsync(3);

        await TestRegistry.RefusedAsync("lease-lost", () => JoinAsync(daemon, stranger, order));
        await TestRegistry.RefusedAsync("lease-lost", () => JoinAsync(daemon, second, order));
        await TestRegistry.RefusedAsync("lease-lost", () => JoinAsync(daemon, first, order with { Fence = order.Fence - 1 }));
        await TestRegistry.RefusedAsync("lease-lost", () => ReportAsync(daemon, second, order, ticket.Id!));
        await TestRegistry.RefusedAsync("carousel-missing", () => ReportAsync(daemon, first, order, "00000000"));
        byte[] need = [0b111];
        Assert.Equal(409, (await daemon.SendAsync(CarouselApi.Need, stranger.Token, need, order.Id, ticket.Id!)).Status);
        Assert.Equal(400, (await daemon.SendAsync(CarouselApi.Need, first.Token, [0xFF, 0xFF], order.Id, ticket.Id!)).Status);
        Assert.Equal(204, (await daemon.SendAsync(CarouselApi.Need, first.Token, need, order.Id, ticket.Id!)).Status);
    }

    [Fact]
    public async Task Only_who_could_have_started_the_batch_stops_its_stream_and_the_hosts_go_on_by_HTTPS()
    {
        await using var daemon = await RoomAsync(2);
        var viewer = daemon.As(await daemon.AddOperatorAsync("vera", Role.Viewer));
        var teacher = daemon.As(await daemon.AddOperatorAsync("rosa", Role.RoomOperator, "r102"));
        var hosts = await RestoreAsync(daemon, 2);
        var tickets = new List<CarouselTicket>();
        foreach (var (agent, order) in hosts)
        {
            tickets.Add(await JoinAsync(daemon, agent, order));
        }

        var batch = Assert.Single(await daemon.Admin.CallAsync(CarouselApi.List, Cancel)).Batch;
        await TestRegistry.RefusedAsync("not-allowed", () => viewer.CallAsync(CarouselApi.Stop, Cancel, batch));
        await TestRegistry.RefusedAsync("outside-your-rooms", () => teacher.CallAsync(CarouselApi.Stop, Cancel, batch));
        await TestRegistry.RefusedAsync("carousel-missing", () => daemon.Admin.CallAsync(CarouselApi.Stop, Cancel, "99"));

        Assert.Equal(CarouselState.Ended, (await daemon.Admin.CallAsync(CarouselApi.Stop, Cancel, batch)).State);

        Assert.Equal(CarouselState.Ended, (await ReportAsync(daemon, hosts[0].Agent, hosts[0].Order, tickets[0].Id!)).State);
        Assert.Null((await JoinAsync(daemon, hosts[0].Agent, hosts[0].Order)).Id);
    }

    private static async Task<TestDaemon> RoomAsync(int hosts)
    {
        var daemon = await TestDaemon.StartAsync();
        await daemon.AddRoomAsync("r101");
        await daemon.AddRoomAsync("r102");
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("lab", Partitions: [new PartitionPlan(1, 1)]), Cancel);
        await daemon.StoreAsync(SampleImage.Of([1, 2, Chunks], "lab"));
        for (var number = 1; number <= hosts; number++)
        {
            await daemon.AddHostAsync(number, $"pc0{number}", "r101", "lab");
        }

        return daemon;
    }

    /// <returns>The agents of the first so many hosts, with their orders of one batch.</returns>
    private static async Task<List<(TestAgent Agent, JobOrder Order)>> RestoreAsync(TestDaemon daemon, int hosts)
    {
        var agents = new List<TestAgent>();
        for (var number = 1; number <= hosts; number++)
        {
            agents.Add(await daemon.MeetAsync(number));
        }

        await daemon.StartJobsAsync(JobKind.Restore, [.. Enumerable.Range(1, hosts).Select(number => $"pc0{number}")]);
        var taken = new List<(TestAgent, JobOrder)>();
        foreach (var agent in agents)
        {
            taken.Add((agent, await agent.TakeJobAsync()));
        }

        return taken;
    }

    private static Task<CarouselTicket> JoinAsync(TestDaemon daemon, TestAgent agent, JobOrder order) =>
        daemon.As(agent.Token).CallAsync(CarouselApi.Join, new CarouselJoin(order.Fence, Many), Cancel, order.Id);

    private static Task<CarouselOrders> ReportAsync(TestDaemon daemon, TestAgent agent, JobOrder order, string carousel) =>
        daemon.As(agent.Token).CallAsync(CarouselApi.Report, new CarouselReport(order.Fence, 0, 0, 0, 0, Chunks, 0.5), Cancel, order.Id, carousel);
}
