using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Api;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Tests.Accounts;

/// <summary>All of the accounts over a store in a folder, that can be stopped and started again. Hashing is made quick.</summary>
internal sealed class TestAccounts : IDisposable
{
    public const string Password = "correct horse battery";

    private readonly TemporaryFolder _folder = new();

    public TestAccounts() => Start();

    public TwoClocks Clock { get; } = new();

    public int Iterations { get; set; } = 3;

    public DocumentStore Store { get; private set; } = null!;

    /// <summary>Of the console on the appliance's own screen.</summary>
    public const uint ScreenUser = 901;

    public AuditLog Audit { get; private set; } = null!;

    /// <summary>Emergency shells that were opened.</summary>
    public int Shells { get; private set; }

    public Operators Operators { get; private set; } = null!;

    public OperatorTokens Tokens { get; private set; } = null!;

    public OperatorKeys Keys { get; private set; } = null!;

    public OperatorUids Uids { get; private set; } = null!;

    public Sessions Sessions { get; private set; } = null!;

    public Logins Logins { get; private set; } = null!;

    public Authenticator Authenticator { get; private set; } = null!;

    public HandlerTable Handlers { get; private set; } = null!;

    public string KeyPath => _folder["secret.key"];

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    /// <summary>Everything that was ever written, as it lies on the disk.</summary>
    public byte[] BytesOnDisk()
    {
        Stop();
        byte[] bytes = [.. Directory.GetFiles(_folder.Path).Where(path => path != KeyPath).SelectMany(File.ReadAllBytes)];
        Start();
        return bytes;
    }

    public void Restart()
    {
        Stop();
        Start();
    }

    public Task<Operator> AddFirstAsync(string name = "anna") => Operators.AddFirstAsync(name, Password, Cancel);

    public Task<Operator> AddAsync(string name, Role role, params string[] rooms) =>
        Operators.AddAsync("operator:anna", new NewOperator(name, role, Password, rooms), Cancel);

    public async Task<string> LoginAsync(string name = "anna", string password = Password) =>
        (await Logins.LoginAsync(new LoginRequest(name, password), from: null, Cancel)).Token;

    public OperatorCaller CallerOf(string token) =>
        Authenticator.Authenticate(token) ?? throw new InvalidOperationException("The token opens nothing.");

    /// <summary>A request as the router hands it on; errors are answered as the router does.</summary>
    /// <param name="values">One per name in the route.</param>
    public async Task<Answer> AskAsync<TBody, TAnswer>(
        ApiRoute<TBody, TAnswer> route, Caller caller, TBody body, string[]? values = null, string query = "", IPAddress? from = null)
    {
        using var answered = new MemoryStream();
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = from;
        context.Request.QueryString = new QueryString(query);
        context.Response.Body = answered;
        foreach (var (name, value) in route.Parameters.Zip(values ?? []))
        {
            context.Request.RouteValues[name] = value;
        }

        if (route.Body is { } type)
        {
            context.Request.Body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(body, type));
        }

        try
        {
            await Handlers[route](new Call(context, caller));
        }
        catch (UserErrorException e)
        {
            await Problems.WriteAsync(context, e);
        }

        return new Answer(context.Response.StatusCode, answered.ToArray(), context.Response.Headers);
    }

    public void Dispose()
    {
        Stop();
        _folder.Dispose();
    }

    private void Start()
    {
        Store = DocumentStore.Open(_folder["data.db"], [], Clock);
        Audit = new AuditLog(Store, Clock);
        var passwords = new Passwords(Iterations);
        Operators = new Operators(Store, Audit, passwords);
        Tokens = new OperatorTokens(Store, Operators, Audit, Clock);
        Keys = new OperatorKeys(Store, Operators, Audit, Clock);
        Uids = new OperatorUids(Store, Operators);
        Sessions = new Sessions(Store, Clock);
        Logins = new Logins(Operators, Sessions, passwords, new LoginLimiter(Clock), Audit, new FailureLines(Clock), Clock);
        Authenticator = new Authenticator(Operators, Sessions);
        Handlers = new HandlerTable();
        new AccountHandlers(Logins, Operators, Tokens, Keys, Audit).Map(Handlers);
        new LocalHandlers(Logins, Operators, Audit, ScreenUser, _ =>
        {
            Shells++;
            return Task.CompletedTask;
        }).Map(Handlers);
    }

    private void Stop()
    {
        Operators.Dispose();
        Store.Dispose();
    }

    internal sealed record Answer(int Status, byte[] Body, IDictionary<string, StringValues> Headers)
    {
        public T Read<T>(JsonTypeInfo<T> type) => JsonSerializer.Deserialize(Body, type)!;

        public string Code => Read(ApiJson.Default.Problem).Code;
    }
}
