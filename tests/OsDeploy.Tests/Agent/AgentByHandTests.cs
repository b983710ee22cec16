using OsDeploy.Agent;
using OsDeploy.Api.Jobs;
using Xunit;

namespace OsDeploy.Tests.Agent;

/// <summary>An agent with somebody at its keyboard.</summary>
public sealed class AgentByHandTests : IDisposable
{
    private static readonly TimeSpan s_longEnough = TimeSpan.FromMinutes(1);

    private readonly TestScreen _screen = new();
    private readonly TestComputer _computer = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_just_started_a_job_does_not_wait_for_the_next_poll()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.PollAfter = 300;
        using var loop = LoopOn(server);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var run = loop.RunAsync(stop.Token);
        await _screen.WaitUntilAsync(() => !_screen.Shown.IsEmpty, Cancel).WaitAsync(s_longEnough, Cancel);

        server.Give(AgentLoopTests.Order(JobKind.Hold));
        loop.PollNow();

        await server.WaitForEndAsync();
        await EndAsync(run, stop);
    }

    [Fact]
    public async Task A_computer_that_restores_itself_gets_the_job_at_once()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        (server.PollAfter, server.OwnRestore) = (300, AgentLoopTests.Order(JobKind.Hold));
        using var loop = LoopOn(server);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var run = loop.RunAsync(stop.Token);
        await _screen.WaitUntilAsync(() => !_screen.Shown.IsEmpty, Cancel).WaitAsync(s_longEnough, Cancel);
        Assert.True((await loop.FactsAsync(Cancel)).MayRestore);

        await loop.RestoreSelfAsync(Cancel);

        await server.WaitForEndAsync();
        await EndAsync(run, stop);
    }

    [Fact]
    public async Task Somebody_stops_the_job_and_the_agent_goes_on()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(AgentLoopTests.Order(JobKind.Erase));
        using var loop = LoopOn(server);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var run = loop.RunAsync(stop.Token);
        await _screen.Asked.WaitAsync(Cancel);

        loop.StopJob();

        await server.WaitForEndAsync();
        Assert.Equal((JobOutcome.Skipped, "job-stopped"), (server.Ends["job"].Outcome, server.Ends["job"].Fault!.Code));
        Assert.False(run.IsCompleted);
        await EndAsync(run, stop);
    }

    [Fact]
    public async Task The_screen_learns_that_the_server_is_away_and_that_it_is_back()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        var refused = 0;
        server.Before = context => refused++ < 2 ? AgentLoopTests.BusyAsync(context) : Task.FromResult(true);
        using var loop = LoopOn(server);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var run = loop.RunAsync(stop.Token);

        await _screen.WaitUntilAsync(() => _screen.Said.Contains("The server answers again."), Cancel).WaitAsync(s_longEnough, Cancel);

        Assert.Equal(TimeSpan.Zero, _screen.AwayFor);
        await EndAsync(run, stop);
    }

    public void Dispose() => _screen.Dispose();

    private static async Task EndAsync(Task run, CancellationTokenSource stop)
    {
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    private AgentLoop LoopOn(ScriptedAppliance server) => new(new AgentOptions(server.Url, null, "osdeploy test"), _computer, _screen, TimeProvider.System);
}
