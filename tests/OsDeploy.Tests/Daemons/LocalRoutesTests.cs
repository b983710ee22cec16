using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Tests.Helper;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>The routes around SSH on a whole daemon: where they are, and where they are not.</summary>
public sealed class LocalRoutesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Routes => [.. LocalApi.All.Select(route => route.Template)];

    [Fact]
    public void None_of_them_is_in_the_table_that_the_network_is_served_by() => Assert.Empty(ApiTable.All.Intersect(LocalApi.All));

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Over_the_network_they_do_not_exist_for_anybody(string template)
    {
        await using var daemon = await TestDaemon.StartAsync(mirrors: true);
        var route = LocalApi.All.Single(one => one.Template == template);
        var path = route.PathOf([.. route.Parameters.Select(_ => TestDaemon.Anna)]);

        foreach (var token in new[] { null, daemon.Token })
        {
            Assert.Equal(404, (await daemon.SendAsync(route.Method, path, token, route.MaxBody > 0 ? "{}"u8.ToArray() : null)).Status);
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Where_operators_are_not_mirrored_they_do_not_exist_at_all(string template)
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var console = ConsoleOf(daemon);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => AskAsync(console, template));

        Assert.Equal("route-missing", error.Code);
    }

    [Fact]
    public async Task Over_the_socket_the_kernel_says_who_asks_and_a_token_says_nothing()
    {
        await using var daemon = await TestDaemon.StartAsync(mirrors: true);
        using var console = new ApiClient(daemon.Socket, TimeProvider.System, new ConnectionOptions { Token = daemon.Token }.Once());

        // This test's own user is the daemon's, and no operator.
        Assert.Empty(await console.CallAsync(LocalApi.Keys, Cancel, TestDaemon.Anna));
        await console.CallAsync(LocalApi.Check, new LocalCheck(TestDaemon.Anna, TestDaemon.Password, "192.0.2.7"), Cancel);
        Assert.Equal("login-failed", (await Assert.ThrowsAsync<UserErrorException>(() => console.CallAsync(LocalApi.Login, new LocalLogin(), Cancel))).Code);
    }

    [Fact]
    public async Task The_helper_is_told_of_each_operator_who_can_log_in()
    {
        await using var daemon = await TestDaemon.StartAsync(mirrors: true);
        await using var helper = RunningHelper.Start(daemon.HelperSocket);
        await daemon.Admin.CallAsync(AccountApi.Add, new NewOperator("tom", Role.Viewer, TestDaemon.Password), Cancel);

        await helper.LoggedAsync("operators-mirror 2");
        await daemon.Admin.CallAsync(AccountApi.Change, new OperatorChange(IsDisabled: true), Cancel, "tom");
        await helper.LoggedAsync("operators-mirror 1");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"name\":1}")]
    [InlineData("{\"name\":null,\"password\":null,\"from\":null}")]
    [InlineData("{\"name\":\"anna\",\"password\":\"x\"}")]
    [InlineData("{\"name\":\"anna\",\"password\":\"x\",\"from\":\"\"}")]
    public async Task What_is_no_body_is_answered_with_400(string body)
    {
        await using var daemon = await TestDaemon.StartAsync(mirrors: true);
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancel) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
                await socket.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(daemon.Socket["unix:".Length..]), cancel);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        });
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await http.PostAsync(new Uri("http://localhost" + LocalApi.Check.PathOf()), content, Cancel);

        Assert.Equal(400, (int)answer.StatusCode);
    }

    private static ApiClient ConsoleOf(TestDaemon daemon) => new(daemon.Socket, TimeProvider.System, new ConnectionOptions().Once());

    private static Task AskAsync(ApiClient console, string template) => template switch
    {
        _ when template == LocalApi.Login.Template => console.CallAsync(LocalApi.Login, new LocalLogin(), Cancel),
        _ when template == LocalApi.Check.Template => console.CallAsync(LocalApi.Check, new LocalCheck("anna", "x", "192.0.2.7"), Cancel),
        _ when template == LocalApi.Shell.Template => console.CallAsync(LocalApi.Shell, new LocalShell("anna", "x"), Cancel),
        _ => console.CallAsync(LocalApi.Keys, Cancel, "anna"),
    };
}
