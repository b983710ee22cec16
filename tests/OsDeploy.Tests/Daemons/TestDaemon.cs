using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Hosting;
using OsDeploy.SetUp;
using OsDeploy.Tests.Hosts;
using OsDeploy.Tests.Images;
using OsDeploy.Tests.Jobs;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>A whole appliance on the loopback, with an administrator who is logged in.</summary>
internal sealed class TestDaemon : IAsyncDisposable
{
    public const string Anna = "anna";
    public const string Password = "Sieben-Segel-im-Wind";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, ApiClient> _clients = [];
    private readonly DaemonOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<ILoggingBuilder> _logging;
    private Daemon _daemon;
    private HttpClient? _http;

    private TestDaemon(TimeProvider time, bool isBooting, bool mirrors, Action<ILoggingBuilder>? logging)
    {
        (_time, _logging) = (time, logging ?? (log => log.SetMinimumLevel(LogLevel.None)));
        _options = new DaemonOptions(
            _folder["data"],
            [new IPEndPoint(IPAddress.Loopback, 0)],
            null,
            "test",
            _folder["no-helper.sock"],
            BootListen: isBooting ? [new IPEndPoint(IPAddress.Loopback, 0)] : null,
            BootFolder: _folder["boot"],
            MirrorsOperators: mirrors);
        _daemon = Open();
    }

    /// <summary>Everything it keeps.</summary>
    public string Folder => _options.Data;

    /// <summary>Changes with a restart.</summary>
    public Uri Url => new(_daemon.Addresses.Single());

    public string Address => Url.GetLeftPart(UriPartial.Authority);

    /// <summary>Where a helper may listen; none does.</summary>
    public string HelperSocket => _options.HelperSocket;

    /// <summary>Of what TFTP serves.</summary>
    public string BootFolder => _options.BootFolder;

    /// <summary>Where boot files are served.</summary>
    public string BootAddress => _daemon.BootAddresses.Single();

    /// <summary>Of the console; stays through restarts.</summary>
    public string Socket => "unix:" + _options.SocketPath;

    public ServerKey Key => _daemon.Key;

    /// <summary>Anna's session.</summary>
    public string Token { get; private set; } = "";

    public ApiClient Admin => As(Token);

    /// <summary>Trusts the key, and says nothing about who asks.</summary>
    public HttpClient Http => _http ?? throw new InvalidOperationException("It does not serve.");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="isBooting">Boot files are served too.</param>
    /// <param name="mirrors">Operators are users of the system.</param>
    /// <param name="logging">Null: nothing is logged.</param>
    /// <param name="first">What it is told together with its first operator; null: nothing.</param>
    public static async Task<TestDaemon> StartAsync(TimeProvider? time = null, bool isBooting = false, bool mirrors = false, Action<ILoggingBuilder>? logging = null, FirstSettings? first = null)
    {
        var test = new TestDaemon(time ?? TimeProvider.System, isBooting, mirrors, logging);
        if (first is not null)
        {
            test._daemon.Take(first with { School = "a first try" }, Anna);
            test._daemon.Take(first, Anna);
        }

        await test._daemon.AddFirstOperatorAsync(Anna, Password, Cancel);
        await test.ServeAsync();
        test.Token = await test.LoginAsync(Anna, Password);
        return test;
    }

    /// <summary>Asks once.</summary>
    public ApiClient As(string token)
    {
        if (!_clients.TryGetValue(token, out var client))
        {
            client = new ApiClient(Address, TimeProvider.System, new ConnectionOptions { ServerKey = Key, Token = token }.Once());
            _clients.Add(token, client);
        }

        return client;
    }

    /// <summary>By the socket of the console, where the number of logins a minute is not limited by address.</summary>
    public async Task<string> LoginAsync(string name, string password = Password)
    {
        using var console = new ApiClient(Socket, TimeProvider.System, new ConnectionOptions().Once());
        return (await console.CallAsync(AccountApi.Login, new LoginRequest(name, password), Cancel)).Token;
    }

    /// <summary>Anna's session has ended; this is her next.</summary>
    public void Relogin(string token) => Token = token;

    /// <returns>The session of a new account.</returns>
    public async Task<string> AddOperatorAsync(string name, Role role, params string[] rooms)
    {
        await Admin.CallAsync(AccountApi.Add, new NewOperator(name, role, Password, rooms), Cancel);
        return await LoginAsync(name);
    }

    public Task AddRoomAsync(string name) => Admin.CallAsync(HostApi.AddRoom, new NewRoom(name), Cancel);

    /// <summary>A host that <see cref="MeetAsync"/> with the same number is.</summary>
    public async Task<HostView> AddHostAsync(int number, string name, string? room = null, string? configuration = null) =>
        (await Admin.CallAsync(HostApi.Add, new NewHosts([new NewHost(TestRegistry.Mac(number), name, room, configuration)]), Cancel)).Single();

    /// <summary>An agent on computer number so-and-so says hello.</summary>
    public async Task<TestAgent> MeetAsync(int number, string? claim = null)
    {
        var agent = new TestAgent(this, TestRegistry.Laptop(number, number), SampleJobs.Inventory(SampleJobs.Disk($"DISK{number}")));
        await agent.HelloAsync(claim);
        return agent;
    }

    public Task<BatchAnswer> StartJobsAsync(JobKind kind, params string[] hosts) => StartJobsAsync(Admin, kind, hosts);

    public static Task<BatchAnswer> StartJobsAsync(ApiClient by, JobKind kind, params string[] hosts) =>
        by.CallAsync(JobApi.Start, new BatchRequest(Guid.NewGuid().ToString("N"), kind, new HostSelection(hosts), new JobOptions(), Confirm: hosts.Length), Cancel);

    /// <returns>Id of the job.</returns>
    public async Task<string> StartJobAsync(JobKind kind, string host)
    {
        var answer = await StartJobsAsync(kind, host);
        return (await Admin.AskAsync(JobApi.List, "batch=" + answer.Batch, Cancel)).Single().Job.Id;
    }

    public async Task<Job> JobAsync(string id) => (await Admin.CallAsync(JobApi.Show, Cancel, id)).Job;

    public async Task StoreAsync(SampleImage image)
    {
        await using var store = new HttpImageStore(Address, TimeProvider.System, new ConnectionOptions { ServerKey = Key, Token = Token });
        await image.StoreAsync(store, Cancel);
    }

    public Task<Answer> SendAsync(ApiRoute route, string? token, byte[]? body = null, params string[] values) =>
        SendAsync(route.Method, route.PathOf(values), token, body);

    /// <param name="path">From the root of the server, sent as it is.</param>
    public async Task<Answer> SendAsync(string method, string path, string? token, byte[]? body = null)
    {
        var address = new Uri(Address + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        var isEndless = answer.Content.Headers.ContentType?.MediaType == "text/event-stream";
        return new Answer((int)answer.StatusCode, isEndless ? [] : await answer.Content.ReadAsByteArrayAsync(Cancel));
    }

    /// <summary>Stops it and starts it over what it kept, at another port.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        _daemon = Open();
        await ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private Daemon Open() => Daemon.Open(_options, _time, _logging);

    private async Task ServeAsync()
    {
        await _daemon.StartAsync(Cancel);
        var key = Key;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is X509Certificate2 own && ServerKey.Of(own) == key },
        });
    }

    private async Task StopAsync()
    {
        _http?.Dispose();
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        _clients.Clear();
        await _daemon.DisposeAsync();
    }
}

/// <summary>What came back, whatever it is.</summary>
internal sealed record Answer(int Status, byte[] Body)
{
    public string Text { get; } = Encoding.UTF8.GetString(Body);
}
