using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OsDeploy.Agent;
using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Personalisation;
using OsDeploy.Tests.Hosts;
using OsDeploy.Tests.Jobs;
using Xunit;

namespace OsDeploy.Tests.Api;

/// <summary>A file that a job names, fetched by an agent from a server that breaks off or lies.</summary>
public sealed class DownloadTests
{
    private static readonly byte[] s_file = Encoding.ASCII.GetBytes("the whole file");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Half_an_answer_leaves_nothing_behind()
    {
        var asked = 0;
        await using var server = await ServeAsync(async context =>
        {
            context.Response.ContentLength = s_file.Length;
            if (asked++ == 0)
            {
                await context.Response.Body.WriteAsync(s_file.AsMemory(0, 5), Cancel);
                await context.Response.Body.FlushAsync(Cancel);
                context.Abort();
            }
            else
            {
                await context.Response.Body.WriteAsync(s_file, Cancel);
            }
        });
        using var agent = Connect(server);
        using var file = new MemoryStream();
        file.WriteByte((byte)'>');

        await agent.FetchAsync("0000001", ContentId.Of(s_file), file, Cancel);

        Assert.Equal(">the whole file", Encoding.ASCII.GetString(file.ToArray()));
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Another_file_than_the_one_that_was_named_is_refused()
    {
        await using var server = await ServeAsync(context => context.Response.Body.WriteAsync(s_file.AsMemory(1), Cancel).AsTask());
        using var agent = Connect(server);
        var content = new PersonalContent(async (id, cancel) =>
        {
            var file = new MemoryStream();
            await agent.FetchAsync("0000001", id, file, cancel);
            file.Position = 0;
            return file;
        });

        await TestRegistry.RefusedAsync("personal-content", () => content.ReadAsync(ContentId.Of(s_file), Cancel));
    }

    private static Task<StoreServer> ServeAsync(RequestDelegate answer) => StoreServer.StartAsync(app => app.Run(context =>
        context.Request.Method == "POST" ? context.Response.WriteAsJsonAsync(new HelloAnswer("a", "osda_x", SampleJobs.Now), ApiJson.Default.HelloAnswer) : answer(context)));

    private static AgentConnection Connect(StoreServer server) => new(
        new AgentOptions(server.Url, null, "test"),
        new JumpingTime(),
        () => new Hello(new string('1', 32), TestRegistry.Laptop(1, 1), SampleJobs.Inventory(), "test"),
        _ => { });
}
