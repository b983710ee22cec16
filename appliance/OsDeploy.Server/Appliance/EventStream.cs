using System.Globalization;
using System.Text;
using System.Text.Json;
using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Appliance;

/// <summary>Server-sent events (WHATWG HTML section 9.2). Ends when the session does: each heartbeat looks.</summary>
/// <param name="isValid">Whether the caller's session still counts.</param>
internal sealed class EventStream(EventHub hub, Func<OperatorCaller, bool> isValid, TimeProvider time)
{
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(15);

    public async Task RunAsync(Call call, CancellationToken stopping)
    {
        long? after = long.TryParse(call.Context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : null;
        var channel = hub.Subscribe(after) ?? throw Errors.TooManySubscribers();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(call.Cancel, stopping);
        try
        {
            call.Context.Response.ContentType = "text/event-stream";
            call.Context.Response.Headers.CacheControl = "no-store";
            await SendAsync(call, ": hello\n\n", ends.Token);
            while (isValid(call.Operator))
            {
                await SendAsync(call, await NextAsync(channel.Reader, ends.Token) is { } one ? TextOf(one) : ": still here\n\n", ends.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The subscriber has gone, or the appliance stops.
        }
        finally
        {
            hub.Unsubscribe(channel);
        }
    }

    private async Task<Event?> NextAsync(System.Threading.Channels.ChannelReader<Event> events, CancellationToken cancel)
    {
        try
        {
            return await events.ReadAsync(cancel).AsTask().WaitAsync(s_heartbeat, time, cancel);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private static string TextOf(Event one) =>
        string.Create(CultureInfo.InvariantCulture, $"id: {one.Number}\nevent: {one.Kind}\ndata: {JsonSerializer.Serialize(one, ApiJson.Default.Event)}\n\n");

    private static async Task SendAsync(Call call, string text, CancellationToken cancel)
    {
        await call.Context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
        await call.Context.Response.Body.FlushAsync(cancel);
    }
}
