using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OsDeploy.Api;
using OsDeploy.Cli.Login;
using OsDeploy.Tests.Api;
using Xunit;

namespace OsDeploy.Tests.Cli;

/// <param name="Target">Path and query as they came.</param>
/// <param name="Token">Of the <c>Authorization</c> header.</param>
internal sealed record CannedRequest(string Method, string Target, string? Token, string Body);

/// <summary>A real server with answers that a test put in, and a person who is logged in there.</summary>
internal sealed class CannedServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<ApiRoute, Func<string, (int Status, string Json)>> _answers = new();
    private StoreServer? _server;

    private CannedServer() => Logins = new Logins(_folder["logins.json"]);

    public Logins Logins { get; }

    public string Url => _server!.Url;

    public ConcurrentQueue<CannedRequest> Requests { get; } = [];

    /// <summary>Folder for the files of a test.</summary>
    public TemporaryFolder Folder => _folder;

    public static async Task<CannedServer> StartAsync(X509Certificate2? certificate = null)
    {
        var canned = new CannedServer();
        canned._server = await StoreServer.StartAsync(app => app.Run(canned.AnswerAsync), certificate: certificate);
        if (certificate is null)
        {
            canned.Logins.Save(new SavedLogin(canned.Url, null, "token-of-anna", "anna"));
        }

        return canned;
    }

    public CannedServer On<TBody, TAnswer>(ApiRoute<TBody, TAnswer> route, TAnswer answer) => On(route, _ => answer);

    public CannedServer On<TBody, TAnswer>(ApiRoute<TBody, TAnswer> route, Func<TBody, TAnswer> answer)
    {
        _answers[route] = body =>
        {
            var value = answer(route.Body is null ? default! : JsonSerializer.Deserialize(body, route.Body)!);
            return route.Answer is null ? (204, "") : (200, JsonSerializer.Serialize(value, route.Answer));
        };
        return this;
    }

    public CannedServer On(ApiRoute route, string text)
    {
        _answers[route] = _ => (200, text);
        return this;
    }

    public CannedServer Refuse(ApiRoute route, int status, string code, string detail = "It cannot be.", string hint = "Try something else.")
    {
        _answers[route] = _ => (status, JsonSerializer.Serialize(new Problem(status, "No", detail, code, hint), ApiJson.Default.Problem));
        return this;
    }

    /// <summary>The one request of a route, as what was sent.</summary>
    public TBody BodyOf<TBody, TAnswer>(ApiRoute<TBody, TAnswer> route) =>
        JsonSerializer.Deserialize(Requests.Last(request => Fits(route, request.Method, request.Target)).Body, route.Body!)!;

    public bool Heard(ApiRoute route) => Requests.Any(request => Fits(route, request.Method, request.Target));

    public TestTerminal Piped(string input = "", TimeProvider? clock = null) => TestTerminal.Piped(Logins, clock, input);

    public TestTerminal Answering(string answers, TimeProvider? clock = null) => TestTerminal.Answering(answers, Logins, clock);

    /// <returns>The terminal after a run that ended with this code.</returns>
    public async Task<TestTerminal> RunAsync(string commandLine, int exitCode = 0, string? answers = null)
    {
        var terminal = answers is null ? Piped() : Answering(answers);
        var code = await terminal.RunAsync(commandLine);
        Assert.True(code == exitCode, $"{commandLine} ended with {code}\n{terminal.Talk}\n{terminal.Output}");
        return terminal;
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _folder.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var token = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        Requests.Enqueue(new CannedRequest(context.Request.Method, target, token, body));
        var answer = _answers.Where(pair => Fits(pair.Key, context.Request.Method, target)).OrderBy(pair => pair.Key.Template.Count(letter => letter == '{')).FirstOrDefault().Value;
        var (status, json) = answer?.Invoke(body) ?? (404, """{"status":404,"title":"No","detail":"The test has no answer for this.","code":"test","hint":"Add one."}""");
        context.Response.StatusCode = status;
        context.Response.ContentType = status < 400 ? "application/json" : Problem.MediaType;
        await context.Response.WriteAsync(json, context.RequestAborted);
    }

    private static bool Fits(ApiRoute route, string method, string target) =>
        route.Method == method && Regex.IsMatch(target.Split('?')[0], "^" + Regex.Replace(Regex.Escape(route.Template).Replace("}", "\\}", StringComparison.Ordinal), @"\\\{[a-z]+\\\}", "[^/]+") + "$");
}
