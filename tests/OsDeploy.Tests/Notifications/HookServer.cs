using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OsDeploy.Api.Notifications;
using OsDeploy.Tests.Api;

namespace OsDeploy.Tests.Notifications;

/// <summary>A program that is told by a webhook.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private StoreServer? _server;

    public string Url => _server!.Url.Replace("localhost", "127.0.0.1", StringComparison.Ordinal) + "/hook";

    public ConcurrentQueue<(byte[] Body, string Signature)> Posts { get; } = [];

    public int Status { get; set; } = 204;

    public static async Task<HookServer> StartAsync()
    {
        var hook = new HookServer();
        hook._server = await StoreServer.StartAsync(app => app.Run(hook.TakeAsync));
        return hook;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        Posts.Enqueue((body.ToArray(), $"{context.Request.Method} {context.Request.ContentType} {context.Request.Headers[WebhookSettings.SignatureHeader]}"));
        context.Response.StatusCode = Status;
        if (Status is >= 300 and < 400)
        {
            context.Response.Headers.Location = Url + "/elsewhere";
        }
    }
}
