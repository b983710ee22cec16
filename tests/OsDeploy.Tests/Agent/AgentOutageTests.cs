using Microsoft.AspNetCore.Http;
using OsDeploy.Agent;
using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Jobs;
using OsDeploy.Tests.Api;
using Xunit;

namespace OsDeploy.Tests.Agent;

/// <summary>Whatever happens to the server and the wire between any two requests, a job ends once and the server hears how.</summary>
public sealed class AgentOutageTests : IDisposable
{
    private const int Requests = 6; // hello, poll, reports, the end

    private readonly TemporaryFolder _folder = new();
    private readonly TestScreen _screen = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Troubles =>
        [.. from trouble in new[] { "forgets", "busy", "lost answer", "fault" } from n in Enumerable.Range(1, Requests) select (trouble, n)];

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Trouble_at_any_request_delays_a_job_and_does_not_change_its_end(string trouble, int n)
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(AgentLoopTests.Order(JobKind.Erase));
        var requests = 0;
        server.Before = async context =>
        {
            if (Interlocked.Increment(ref requests) == Requests - 1)
            {
                _screen.Answer(mayWrite: false);
            }

            return requests != n || trouble switch
            {
                "forgets" => Forgets(server),
                "busy" => await AgentLoopTests.BusyAsync(context),
                "fault" => await FaultAsync(context),
                _ => true,
            };
        };
        server.IsAnswerLost = _ => trouble == "lost answer" && requests == n;

        var end = await RunAsync(server, once: trouble != "fault");

        Assert.Equal((JobOutcome.Skipped, "job-declined"), (end.Outcome, end.Fault!.Code));
        Assert.Equal("job-declined", server.Ends["job"].Fault!.Code);
        Assert.Single(server.Hellos.Select(hello => hello.Nonce).Distinct());
        Assert.Equal(1, _screen.Begun);
        Assert.False(File.Exists(_folder["claim"]));
    }

    [Fact]
    public async Task A_server_that_forgot_everything_but_the_claim_gives_the_running_job_a_new_lease()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(AgentLoopTests.Order(JobKind.Erase));
        var run = RunAsync(server, once: true);
        await _screen.Asked.WaitAsync(Cancel);
        await server.KillAsync();
        server.ForgetAgents();
        await server.StartAgainAsync();
        await server.WaitUntilAsync(() => server.Reports.Any(report => report.Fence == 2));

        Assert.Contains("claim-1-again", await File.ReadAllTextAsync(_folder["claim"], Cancel), StringComparison.Ordinal);
        _screen.Answer(mayWrite: false);
        await run;
        Assert.Equal(2, server.Reports.Last().Fence);
        Assert.Equal(1, _screen.Begun);
    }

    [Fact]
    public async Task Every_log_line_arrives_once_and_in_order_although_answers_get_lost()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        server.Give(AgentLoopTests.Order(JobKind.Erase));
        var lost = 0;
        server.IsAnswerLost = context => context.Request.Path.Value!.EndsWith("/report", StringComparison.Ordinal) && ++lost % 3 != 0;
        var run = RunAsync(server, once: true);
        await _screen.Asked.WaitAsync(Cancel);
        await server.WaitUntilAsync(() => server.Lines.Count >= 4);

        _screen.Answer(mayWrite: false);
        await run;

        var lines = server.Lines.OrderBy(line => line.Key).ToList();
        Assert.Equal(Enumerable.Range(1, lines.Count), lines.Select(line => (int)line.Key));
        Assert.Equal(lines.Select(line => line.Value), _screen.Said.Take(lines.Count));
        Assert.Contains(lines, line => line.Value.StartsWith("claim: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_idle_agent_waits_for_its_server_however_long_that_takes()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        await server.KillAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var loop = new AgentLoop(Options(server, once: false), new TestComputer(), _screen, new JumpingTime());
        var run = loop.RunAsync(stop.Token);
        await _screen.WaitUntilAsync(() => _screen.Said.Any(line => line.Contains("did not answer for 30:00", StringComparison.Ordinal)), Cancel);

        Assert.Contains(_screen.Said, line => line.StartsWith("The server has been away for ", StringComparison.Ordinal));
        server.Give(AgentLoopTests.Order(JobKind.Hold));
        await server.StartAgainAsync();
        await server.WaitForEndAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public async Task An_agent_for_one_job_gives_up_a_server_that_was_never_there()
    {
        await using var server = await ScriptedAppliance.StartAsync();
        await server.KillAsync();

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => RunAsync(server, once: true));

        Assert.Equal("store-unreachable", refusal.Code);
    }

    public void Dispose()
    {
        _screen.Dispose();
        _folder.Dispose();
    }

    private static bool Forgets(ScriptedAppliance server)
    {
        server.ForgetAgents();
        return true;
    }

    private static async Task<bool> FaultAsync(HttpContext context)
    {
        context.Response.StatusCode = 500;
        var problem = new Problem(500, "Refused", "The server failed.", "server-fault", "Read its log.");
        await context.Response.WriteAsJsonAsync(problem, ApiJson.Default.Problem, Problem.MediaType);
        return false;
    }

    private AgentOptions Options(ScriptedAppliance server, bool once) => new(server.Url, null, "osdeploy test", null, _folder["claim"], once);

    // An agent that ends after one job takes a server's fault at its first questions for an answer; one that stays does not.
    private async Task<JobEnd> RunAsync(ScriptedAppliance server, bool once)
    {
        using var loop = new AgentLoop(Options(server, once), new TestComputer(), _screen, new JumpingTime());
        if (once)
        {
            return await loop.RunAsync(Cancel);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var run = loop.RunAsync(stop.Token);
        await server.WaitForEndAsync();
        await _screen.WaitUntilAsync(() => !_screen.Ended.IsEmpty, Cancel);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        return _screen.Ended.Single().End;
    }
}
