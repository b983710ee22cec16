using System.Text;
using Microsoft.AspNetCore.Http;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Server.Api;
using OsDeploy.Server.Appliance;
using Xunit;

namespace OsDeploy.Tests.Helper;

public sealed class PowerDeskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HandlerTable _handlers = new();
    private readonly List<string> _audit = [];

    public PowerDeskTests() => new PowerHandlers(new PowerDesk(Path, TimeProvider.System, Note)).Map(_handlers);

    private string Path => _folder["helper.sock"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("restart", "would run `systemctl reboot`")]
    [InlineData("off", "would run `systemctl poweroff`")]
    public async Task An_order_reaches_the_helper(string action, string logged)
    {
        await using var helper = RunningHelper.Start(Path);

        var status = await CallAsync(ApplianceApi.Power, $$"""{"action":"{{action}}"}""");

        Assert.Equal(StatusCodes.Status204NoContent, status);
        Assert.Equal(["operator:anna appliance-power appliance " + action], _audit);
        Assert.Contains(helper.Log, line => line.EndsWith(logged, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_clock_is_set_by_the_helper()
    {
        await using var helper = RunningHelper.Start(Path);

        var status = await CallAsync(ApplianceApi.SetClock, """{"utc":"2026-11-21T13:52:10.9Z"}""");

        Assert.Equal(StatusCodes.Status204NoContent, status);
        Assert.Equal(["operator:anna appliance-clock appliance 2026-11-21T13:52:10Z"], _audit);
        Assert.Contains(helper.Log, line => line.EndsWith("would run `date --utc --set=@1795269130`", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_audit_log_has_the_order_even_if_nobody_carries_it_out()
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() => CallAsync(ApplianceApi.Power, """{"action":"off"}"""));

        Assert.Equal("helper-missing", error.Code);
        Assert.Single(_audit);
    }

    [Fact]
    public async Task Nothing_is_done_that_the_audit_log_could_not_take()
    {
        await using var helper = RunningHelper.Start(Path);
        var handlers = new HandlerTable();
        new PowerHandlers(new PowerDesk(Path, TimeProvider.System, (_, _, _, _) => throw new IOException("full"))).Map(handlers);

        await Assert.ThrowsAsync<IOException>(() => CallAsync(ApplianceApi.Power, """{"action":"off"}""", handlers));

        Assert.DoesNotContain(helper.Log, line => line.Contains("power", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("POST", """{"action":"halt"}""", "request-malformed")]
    [InlineData("POST", """{"action":1}""", "request-malformed")]
    [InlineData("POST", "{}", "request-malformed")]
    [InlineData("PUT", """{"utc":"2026-11-21T13:52:10"}""", "request-malformed")]
    [InlineData("PUT", """{"utc":"2019-12-31T23:59:59Z"}""", "clock-out-of-range")]
    [InlineData("PUT", """{"utc":"2100-01-01T00:00:00Z"}""", "clock-out-of-range")]
    public async Task A_wrong_order_is_refused_and_nothing_is_logged(string method, string body, string code)
    {
        ApiRoute route = method == "POST" ? ApplianceApi.Power : ApplianceApi.SetClock;

        Assert.Equal(code, (await Assert.ThrowsAsync<UserErrorException>(() => CallAsync(route, body))).Code);
        Assert.Empty(_audit);
    }

    [Fact]
    public void Only_administrators_may_and_the_routes_are_on_the_list()
    {
        ApiRoute[] routes = [ApplianceApi.Power, ApplianceApi.SetClock];

        Assert.All(routes, route => Assert.Equal(Access.Of(Right.Administer), route.Access));
        Assert.Equal(routes, ApiTable.All.Intersect(routes));
    }

    private async Task<int> CallAsync(ApiRoute route, string body, HandlerTable? handlers = null)
    {
        var context = new DefaultHttpContext { RequestAborted = TestContext.Current.CancellationToken };
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        await (handlers ?? _handlers)[route](new Call(context, new OperatorCaller("anna", Role.Admin, [], "session")));
        return context.Response.StatusCode;
    }

    private void Note(string actor, string action, string subject, string detail) => _audit.Add($"{actor} {action} {subject} {detail}");
}
