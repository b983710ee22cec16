using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Images;
using OsDeploy.Tests.Api;

namespace OsDeploy.Tests.Agent;

/// <summary>
/// A real server on the loopback that knows as much of a daemon as an agent can see: hellos, orders with a fence and a claim, reports, and
/// a store if the test has one. It can be killed and started again with or without its memory of agents.
/// </summary>
internal sealed class ScriptedAppliance : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly IImageStore? _store;
    private readonly HashSet<string> _tokens = [];
    private readonly Queue<JobOrder> _waiting = new();
    private readonly SemaphoreSlim _ended = new(0);
    private readonly SemaphoreSlim _answered = new(0);
    private StoreServer? _server;
    private JobOrder? _current;
    private int _port;
    private int _counter;

    private ScriptedAppliance(IImageStore? store) => _store = store;

    public string Url { get; private set; } = "";

    public ConcurrentQueue<Hello> Hellos { get; } = [];

    public ConcurrentQueue<JobReport> Reports { get; } = [];

    /// <summary>Ends of jobs, each once.</summary>
    public ConcurrentDictionary<string, JobEnd> Ends { get; } = [];

    /// <summary>Log lines as a daemon keeps them: by number, and what is not above those it has is dropped.</summary>
    public ConcurrentDictionary<long, string> Lines { get; } = [];

    /// <summary>Stands before every request; false: it has dealt with it.</summary>
    public Func<HttpContext, Task<bool>>? Before { get; set; }

    /// <summary>Stands behind every request, before the answer leaves; true: the answer is lost.</summary>
    public Func<HttpContext, bool>? IsAnswerLost { get; set; }

    public bool IsCancelling { get; set; }

    /// <summary>Seconds after which an agent is to ask again.</summary>
    public double PollAfter { get; set; } = 1;

    /// <summary>What is given to a computer that restores itself.</summary>
    public JobOrder? OwnRestore { get; set; }

    /// <summary>Gives the job that has just ended again, as a daemon does that was killed before it wrote the end down.</summary>
    public bool Repeats { get; set; }

    public static async Task<ScriptedAppliance> StartAsync(IImageStore? store = null)
    {
        var appliance = new ScriptedAppliance(store);
        await appliance.StartAgainAsync();
        return appliance;
    }

    public void Give(JobOrder order)
    {
        lock (_gate)
        {
            _waiting.Enqueue(order);
        }
    }

    public async Task KillAsync()
    {
        await _server!.DisposeAsync();
        _server = null;
    }

    public async Task StartAgainAsync()
    {
        _server = await StoreServer.StartAsync(
            app =>
            {
                app.Use(StandBeforeAsync);
                app.MapPost(AgentApi.Hello.Template, HelloAsync);
                app.MapPost(AgentApi.Poll.Template, PollAsync);
                app.MapPost(AgentApi.Report.Template, ReportAsync);
                app.MapGet(AgentApi.Facts.Template, FactsAsync);
                app.MapPost(AgentApi.RestoreSelf.Template, RestoreSelfAsync);
                if (_store is not null)
                {
                    app.MapStore(_store);
                }
            },
            _port);
        (_port, Url) = (_server.Port, _server.Url);
    }

    /// <summary>As a daemon that was restarted and keeps no agents.</summary>
    public void ForgetAgents()
    {
        lock (_gate)
        {
            _tokens.Clear();
        }
    }

    /// <summary>The job goes to somebody else.</summary>
    public void TakeJobBack()
    {
        lock (_gate)
        {
            _current = null;
        }
    }

    public async Task WaitForEndAsync() => Xunit.Assert.True(await _ended.WaitAsync(TimeSpan.FromMinutes(5), Xunit.TestContext.Current.CancellationToken));

    /// <summary>Looks after every request.</summary>
    public async Task WaitUntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await _answered.WaitAsync(Xunit.TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await KillAsync();
        }

        _ended.Dispose();
        _answered.Dispose();
    }

    private async Task StandBeforeAsync(HttpContext context, RequestDelegate next)
    {
        if (Before is { } before && !await before(context))
        {
            return;
        }

        var isStore = context.Request.Path.StartsWithSegments("/api/v1/store");
        if (isStore && !IsKnown(context))
        {
            await RefuseAsync(context, 401, "agent-unknown");
            return;
        }

        await next(context);
        if (!isStore && IsAnswerLost?.Invoke(context) == true)
        {
            context.Abort();
        }

        _answered.Release();
    }

    private async Task HelloAsync(HttpContext context)
    {
        var hello = (await context.Request.ReadFromJsonAsync(ApiJson.Default.Hello))!;
        var token = $"token-{Interlocked.Increment(ref _counter)}";
        lock (_gate)
        {
            _tokens.Add(token);
            if (_current is { } order && hello.Claim == order.Claim)
            {
                _current = order with { Fence = order.Fence + 1, Claim = order.Claim + "-again" };
            }
        }

        Hellos.Enqueue(hello);
        await context.Response.WriteAsJsonAsync(new HelloAnswer("agent-1", token, DateTimeOffset.UnixEpoch), ApiJson.Default.HelloAnswer);
    }

    private async Task PollAsync(HttpContext context)
    {
        if (!IsKnown(context))
        {
            await RefuseAsync(context, 401, "agent-unknown");
            return;
        }

        await context.Response.WriteAsJsonAsync(NextOrders(), ApiJson.Default.Orders);
    }

    private Orders NextOrders()
    {
        lock (_gate)
        {
            _current ??= _waiting.TryDequeue(out var next) ? next : null;
            return new Orders(_current is null ? AgentState.Idle : AgentState.Job, "PC-01", "lab", _current, null, PollAfter);
        }
    }

    private async Task FactsAsync(HttpContext context)
    {
        var facts = new MachineFacts("appliance", "127.0.0.1", null, "PC-01", null, "lab", null, IsMaster: false, MayRestore: OwnRestore is not null, null, []);
        await (IsKnown(context) ? context.Response.WriteAsJsonAsync(facts, ApiJson.Default.MachineFacts) : RefuseAsync(context, 401, "agent-unknown"));
    }

    private async Task RestoreSelfAsync(HttpContext context)
    {
        if (!IsKnown(context) || OwnRestore is not { } order)
        {
            await RefuseAsync(context, IsKnown(context) ? 403 : 401, IsKnown(context) ? "restore-not-open" : "agent-unknown");
            return;
        }

        Give(order);
        context.Response.StatusCode = 204;
    }

    private async Task ReportAsync(HttpContext context)
    {
        var report = (await context.Request.ReadFromJsonAsync(ApiJson.Default.JobReport))!;
        if (!IsKnown(context))
        {
            await RefuseAsync(context, 401, "agent-unknown");
            return;
        }

        if (!Take((string)context.Request.RouteValues["job"]!, report))
        {
            await RefuseAsync(context, 409, "lease-lost");
            return;
        }

        await context.Response.WriteAsJsonAsync(new ReportAnswer(IsCancelling), ApiJson.Default.ReportAnswer);
    }

    private bool Take(string job, JobReport report)
    {
        lock (_gate)
        {
            Reports.Enqueue(report);
            var isRepeated = report.End is not null && Ends.ContainsKey(job);
            if (!isRepeated && (_current?.Id != job || _current.Fence != report.Fence))
            {
                return false;
            }

            var known = Lines.Keys.DefaultIfEmpty(0).Max();
            foreach (var (i, line) in report.Log.Index().Where(line => report.FirstLine + line.Index > known))
            {
                Lines[report.FirstLine + i] = line;
            }

            if (report.End is { } end)
            {
                _current = Repeats && !isRepeated ? _current : null;
                if (Ends.TryAdd(job, end))
                {
                    _ended.Release();
                }
            }

            return true;
        }
    }

    private bool IsKnown(HttpContext context)
    {
        lock (_gate)
        {
            return context.Request.Headers.Authorization.ToString() is { Length: > 7 } header && _tokens.Contains(header[7..]);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        var problem = new Problem(status, "Refused", $"The server refuses: {code}.", code, "Look into the test.");
        return context.Response.WriteAsJsonAsync(problem, ApiJson.Default.Problem, Problem.MediaType);
    }
}
