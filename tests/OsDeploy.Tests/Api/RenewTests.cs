using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OsDeploy.Api;
using Xunit;

namespace OsDeploy.Tests.Api;

public sealed class RenewTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_credential_the_server_has_forgotten_is_renewed_and_the_request_goes_on()
    {
        await using var server = await ServerKnowingAsync("second");
        var refused = new List<string?>();
        await using var store = new HttpImageStore(server.Url, new JumpingTime(), new ConnectionOptions
        {
            Token = "first",
            Renew = (token, _) =>
            {
                refused.Add(token);
                return Task.FromResult("second");
            },
        });

        Assert.Empty(await store.ListAsync(Cancel));
        Assert.Empty(await store.ListAsync(Cancel));
        Assert.Equal(["first"], refused);
    }

    [Fact]
    public async Task A_renewed_credential_that_is_refused_too_ends_the_request()
    {
        await using var server = await ServerKnowingAsync("nobody");
        var time = new JumpingTime();
        await using var store = new HttpImageStore(server.Url, time, new ConnectionOptions { Token = "first", Renew = (_, _) => Task.FromResult("second") });

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => store.ListAsync(Cancel));

        Assert.Equal("agent-unknown", refusal.Code);
        Assert.Empty(time.Jumps);
    }

    private static Task<StoreServer> ServerKnowingAsync(string token) => StoreServer.StartAsync(app => app.MapGet(StoreApi.ListVersions.Template, context =>
    {
        if (context.Request.Headers.Authorization == "Bearer " + token)
        {
            return context.Response.WriteAsync("[]", Cancel);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        var problem = new Problem(401, "Unauthorized", "The server does not know this agent.", "agent-unknown", "Say hello again.");
        return context.Response.WriteAsJsonAsync(problem, ApiJson.Default.Problem, Problem.MediaType, Cancel);
    }));
}
