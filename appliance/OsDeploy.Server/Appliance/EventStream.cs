using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
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
            await FollowAsync(call, channel.Reader, ends.Token);
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

    // One wait goes on through all heartbeats: a new one each time would leave readers behind that swallow events.
    private async Task FollowAsync(Call call, ChannelReader<Event> events, CancellationToken cancel)
    {
        var waiting = events.WaitToReadAsync(cancel).AsTask();
        while (true)
        {
            var hasCome = await HasComeAsync(waiting, cancel);
            var text = !hasCome ? ": still here\n\n" : events.TryRead(out var one) ? TextOf(one) : "";
            if (!isValid(call.Operator))
            {
                return; // whoever logged out while it waited hears nothing more
            }

            await SendAsync(call, text, cancel);
            waiting = hasCome ? events.WaitToReadAsync(cancel).AsTask() : waiting;
        }
    }

    private async Task<bool> HasComeAsync(Task waiting, CancellationToken cancel)
    {
        try
        {
            await waiting.WaitAsync(s_heartbeat, time, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
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
