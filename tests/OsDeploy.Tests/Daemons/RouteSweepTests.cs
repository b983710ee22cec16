using System.Text;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Chunks;
using OsDeploy.Tests.Images;
using Xunit;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Daemons;

/// <summary>Every route, asked by everybody there can be.</summary>
public sealed class RouteSweepTests
{
    private const string ProductId = "CANARY-PRODUCT-4711";
    private const string RemoteToken = "canary-of-a-remote-token-4712";

    private static readonly string[] s_public = ["GET /api/v1/about", "POST /api/v1/agent/hello", "POST /api/v1/login"];

    // What a computer that restores its image needs of the store.
    private static readonly ApiRoute[] s_restore =
        [StoreApi.Space, StoreApi.ListVersions, StoreApi.ReadManifest, StoreApi.ReadSignature, StoreApi.ReadIndex, StoreApi.HasChunks, StoreApi.ReadChunk, StoreApi.ReportDamaged];

    private static readonly byte[] s_emptyBody = Encoding.ASCII.GetBytes("{}");
    private static readonly SampleImage s_image = SampleImage.Of([1, 2, 3], "win11");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Three_routes_are_for_everybody() =>
        Assert.Equal(s_public, ApiTable.All.Where(route => route.Access.IsPublic).Select(route => $"{route.Method} {route.Template}").Order());

    [Fact]
    public async Task Every_route_refuses_whom_its_access_does_not_name_and_no_answer_holds_a_secret()
    {
        var clock = new DaemonClock();
        await using var daemon = await TestDaemon.StartAsync(clock);
        var expired = await daemon.LoginAsync(TestDaemon.Anna);
        clock.Pass(TimeSpan.FromMinutes(16));
        daemon.Relogin(await daemon.LoginAsync(TestDaemon.Anna));
        var (visitors, secrets) = await PeopleAsync(daemon);
        visitors.Add(new Visitor("expired session", expired));
        foreach (var visitor in visitors)
        {
            // Logging out comes last: it is the one thing here that changes who somebody is.
            foreach (var route in ApiTable.All.OrderBy(route => route == AccountApi.Logout))
            {
                await AskAsync(daemon, visitor, route, secrets);
            }
        }
    }

    [Fact]
    public async Task What_is_not_in_the_table_does_not_exist()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var count = 0;
        foreach (var template in ApiTable.All.Select(route => route.Template).Distinct())
        {
            var path = template.Replace('{', 'x').Replace('}', 'x');
            foreach (var method in new[] { "GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "PROPFIND" }.Where(method => !IsKnown(method, path)))
            {
                await AssertNoneAsync(daemon, method, path);
                count++;
            }

            await AssertNoneAsync(daemon, "GET", path + "/no/such/thing");
        }

        foreach (var path in new[] { "/", "/index.html", "/favicon.ico", "/api", "/api/v1", "/api/v2/about", "/.well-known/x", "/api/v1/agent" })
        {
            await AssertNoneAsync(daemon, "GET", path);
        }

        Assert.True(count > 200, $"only {count} were tried");
    }

    private static bool IsKnown(string method, string path)
    {
        var parts = path.Split('/');
        return ApiTable.All.Any(route => route.Method == method && route.Template.Split('/') is var known && known.Length == parts.Length
            && known.Zip(parts).All(pair => pair.First == pair.Second || pair.First.StartsWith('{')));
    }

    private static async Task AssertNoneAsync(TestDaemon daemon, string method, string path)
    {
        var answer = await daemon.SendAsync(method, path, daemon.Token);
        Assert.True(answer.Status is 404 or 405, $"{method} {path} answered {answer.Status}");
    }

    private static async Task AskAsync(TestDaemon daemon, Visitor visitor, ApiRoute route, IReadOnlyList<string> secrets)
    {
        var answer = await daemon.SendAsync(route.Method, visitor.PathOf(route), visitor.Token, route.MaxBody > 0 ? s_emptyBody : null);
        var what = $"{visitor.Name}: {route.Method} {route.Template} answered {answer.Status} {answer.Text[..Math.Min(200, answer.Text.Length)]}";
        if (visitor.RefusedWith(route) is { } status)
        {
            Assert.True(answer.Status == status, $"{what}, not {status}");
        }
        else
        {
            Assert.False(answer.Status is 401 or 403 or 500, what);
        }

        // The one who has the job is told the token to take it again.
        var told = route == AgentApi.Poll ? visitor.Claim : null;
        Assert.All(secrets.Where(secret => secret != told), secret => Assert.False(answer.Text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{what}: {secret}"));
    }

    private static async Task<(List<Visitor> Visitors, List<string> Secrets)> PeopleAsync(TestDaemon daemon)
    {
        var agents = await AgentsAsync(daemon);
        var loggedOut = await daemon.LoginAsync(TestDaemon.Anna);
        await daemon.As(loggedOut).CallAsync(AccountApi.Logout, Cancel);
        var disabled = await daemon.AddOperatorAsync("dora", Role.Admin);
        var disabledToken = (await daemon.Admin.CallAsync(AccountApi.AddToken, new NewToken("script"), Cancel, "dora")).Token;
        await daemon.Admin.CallAsync(AccountApi.Change, new OperatorChange(IsDisabled: true), Cancel, "dora");
        var live = (await daemon.Admin.CallAsync(AccountApi.AddToken, new NewToken("script"), Cancel, TestDaemon.Anna)).Token;
        await Assert.ThrowsAsync<UserErrorException>(() => daemon.LoginAsync(TestDaemon.Password)); // typed into the wrong field
        List<Visitor> visitors =
        [
            new("nobody", null),
            new("garbage", "garbage"),
            new("garbage of an agent", "osda_" + new string('0', 64)),
            new("garbage of a session", "osds_" + new string('A', 43)),
            new("logged out", loggedOut),
            new("disabled account", disabled),
            new("token of a disabled account", disabledToken),
            .. agents,
            new("viewer", await daemon.AddOperatorAsync("vera", Role.Viewer), Role.Viewer),
            new("room operator", await daemon.AddOperatorAsync("rosa", Role.RoomOperator, "r101"), Role.RoomOperator),
            new("imager", await daemon.AddOperatorAsync("ines", Role.Imager), Role.Imager),
            new("script author", await daemon.AddOperatorAsync("sara", Role.ScriptAuthor), Role.ScriptAuthor),
            new("token", live, Role.Admin),
            new("admin", await daemon.LoginAsync(TestDaemon.Anna), Role.Admin),
        ];
        return (visitors, [TestDaemon.Password, ProductId, RemoteToken, daemon.Token, .. visitors.Select(visitor => visitor.Token).OfType<string>().Where(token => token.Length > 20), .. agents.Select(agent => agent.Claim).OfType<string>()]);
    }

    private static async Task<List<Visitor>> AgentsAsync(TestDaemon daemon)
    {
        await daemon.Admin.CallAsync(
            ConfigurationApi.Add, new NewConfiguration("win11", Partitions: [new PartitionPlan(1, 1, Os: OperatingSystem.Win11, ProductId: ProductId)]), Cancel);
        await daemon.StoreAsync(s_image);
        await daemon.Admin.CallAsync(
            ConfigurationApi.Add, new NewConfiguration("far", Store: new RemoteStore("https://other.example", new string('a', 64), RemoteToken)), Cancel);
        await daemon.AddHostAsync(1, "pc01", configuration: "win11");
        await daemon.AddHostAsync(2, "pc02", configuration: "win11");
        await daemon.AddHostAsync(3, "pc03", configuration: "win11");
        await daemon.Admin.CallAsync(HostApi.Change, new HostChange(Overrides: [new PartitionOverride(1, 1, ProductId: ProductId + "-OWN")]), Cancel, "pc01");
        var (restoring, idle, blocked) = (await daemon.MeetAsync(1), await daemon.MeetAsync(2), await daemon.MeetAsync(3));
        await daemon.StartJobsAsync(JobKind.Restore, "pc01", "pc03");
        var order = await restoring.TakeJobAsync();
        var lost = await blocked.TakeJobAsync();
        await daemon.Admin.CallAsync(HostApi.Change, new HostChange(IsBlocked: true), Cancel, "pc03");
        return
        [
            new("agent with a restore", restoring.Token, IsAgent: true, Store: s_restore, Claim: order.Claim),
            new("agent without a job", idle.Token, IsAgent: true),
            new("agent of a blocked host", blocked.Token, IsAgent: true, Claim: lost.Claim),
            new("pending agent", (await daemon.MeetAsync(9)).Token, IsAgent: true),
        ];
    }

    /// <param name="Role">Null: no operator.</param>
    /// <param name="Store">What an agent may ask of the store.</param>
    /// <param name="Claim">Token of its job.</param>
    private sealed record Visitor(string Name, string? Token, Role? Role = null, bool IsAgent = false, ApiRoute[]? Store = null, string? Claim = null)
    {
        /// <returns>Null: it is heard.</returns>
        public int? RefusedWith(ApiRoute route) => this switch
        {
            _ when route.Access.IsPublic => null,
            { Role: { } role } => route.Access.Operator is { } right && Roles.May(role, right) ? null : 403,
            { IsAgent: false } => 401,
            _ when !route.Access.IsAgent => 403,
            _ when route == StoreApi.AbandonLease => null, // the lease's random id is the proof; who has lost the job must be able to let go
            _ when StoreApi.All.Contains(route) && Store?.Contains(route) != true => 403,
            _ => null,
        };

        /// <summary>An agent asks for what its own job is about; operators ask for what is not there, so that nothing changes.</summary>
        public string PathOf(ApiRoute route) => route.PathOf([.. route.Parameters.Select(name => (name, IsAgent) switch
        {
            ("version", true) => s_image.Version.ToString(),
            ("index", true) => ChunkId.Of(s_image.Index).ToString(),
            ("chunk", true) => s_image.Chunks[0].Id.ToString(),
            ("version" or "first" or "second" or "index" or "chunk", _) => new string('0', 64),
            ("lease", _) => new string('a', 32),
            _ => "nosuch",
        })]);
    }
}
