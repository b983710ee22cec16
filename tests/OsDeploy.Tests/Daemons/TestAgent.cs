using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>An agent as the appliance sees it: what it says, and nothing else.</summary>
internal sealed class TestAgent(TestDaemon daemon, HardwareIdentity identity, Inventory inventory)
{
    public string Nonce { get; } = Guid.NewGuid().ToString("N");

    public string Id { get; private set; } = "";

    public string Token { get; private set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="boot">Id of its start over the network.</param>
    public async Task<HelloAnswer> HelloAsync(string? claim = null, string? boot = null)
    {
        var answer = await daemon.As("").CallAsync(AgentApi.Hello, new Hello(Nonce, identity, inventory, "osdeploy test", claim, Boot: boot), Cancel);
        (Id, Token) = (answer.Agent, answer.Token);
        return answer;
    }

    public Task<Orders> PollAsync() => daemon.As(Token).CallAsync(AgentApi.Poll, new Poll(null), Cancel);

    /// <summary>Polls, and there is a job.</summary>
    public async Task<JobOrder> TakeJobAsync()
    {
        var orders = await PollAsync();
        Assert.Equal(AgentState.Job, orders.State);
        return Assert.IsType<JobOrder>(orders.Job);
    }

    /// <param name="log">Lines from number 1 on.</param>
    public Task<ReportAnswer> ReportAsync(JobOrder order, JobEnd? end = null, params string[] log) => daemon.As(Token).CallAsync(
        AgentApi.Report, new JobReport(order.Fence, new JobProgressView("write", 1, 2, 3, "disk"), [], 1, log, end), Cancel, order.Id);

    public Task<ReportAnswer> DoneAsync(JobOrder order) => ReportAsync(order, new JobEnd(JobOutcome.Verified, null, null, null));
}
