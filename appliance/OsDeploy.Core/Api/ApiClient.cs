using System.Text.Json.Serialization.Metadata;
using OsDeploy.Api.Appliance;

namespace OsDeploy.Api;

/// <summary>Asks a server for anything in <see cref="ApiTable"/>.</summary>
public sealed class ApiClient : IDisposable
{
    private readonly ApiConnection _connection;
    private readonly TimeProvider _time;

    /// <summary>Sends nothing yet.</summary>
    /// <param name="address"><c>https://HOST[:PORT]</c>, <c>http://</c> on this computer, or <c>unix:/PATH</c> of a socket on it.</param>
    /// <exception cref="UserErrorException"><c>store-address</c>, <c>store-plain-http</c></exception>
    public ApiClient(string address, TimeProvider time, ConnectionOptions options) => (_connection, _time) = (new ApiConnection(address, time, options), time);

    public string Address => _connection.Address;

    /// <param name="values">One per <c>{name}</c> of the route.</param>
    public Task<TAnswer> CallAsync<TBody, TAnswer>(ApiRoute<TBody, TAnswer> route, TBody body, CancellationToken cancel, params string[] values) =>
        SendAsync(route, route.PathOf(values), () => route.ContentOf(body), route.Answer, cancel);

    public Task<TAnswer> CallAsync<TAnswer>(ApiRoute<Nothing, TAnswer> route, CancellationToken cancel, params string[] values) =>
        SendAsync(route, route.PathOf(values), null, route.Answer, cancel);

    /// <param name="query">Without the question mark, escaped: <c>batch=4f2a&amp;count=10</c>.</param>
    public Task<TAnswer> AskAsync<TAnswer>(ApiRoute<Nothing, TAnswer> route, string query, CancellationToken cancel, params string[] values) =>
        SendAsync(route, $"{route.PathOf(values)}?{query}", null, route.Answer, cancel);

    /// <summary>Reads an answer of any length as it comes.</summary>
    /// <param name="to">If it can seek, half an answer is taken back before the whole one is written.</param>
    public Task DownloadAsync(ApiRoute route, Stream to, CancellationToken cancel, params string[] values) => ReceiveAsync(route, route.PathOf(values), null, to, cancel);

    /// <inheritdoc cref="DownloadAsync(ApiRoute, Stream, CancellationToken, string[])"/>
    public Task DownloadAsync<TBody>(ApiRoute<TBody, Nothing> route, TBody body, Stream to, CancellationToken cancel, params string[] values) =>
        ReceiveAsync(route, route.PathOf(values), () => route.ContentOf(body), to, cancel);

    /// <summary>Sends bytes of any length.</summary>
    /// <param name="open">Called once per attempt.</param>
    public Task<TAnswer> UploadAsync<TAnswer>(ApiRoute route, Func<Stream> open, JsonTypeInfo<TAnswer> answer, CancellationToken cancel, params string[] values) =>
        _connection.GetJsonAsync(route, route.PathOf(values), () => new StreamContent(open()), answer, cancel);

    /// <summary>Sends bytes that are in memory, for an answer without content.</summary>
    public Task SendBytesAsync(ApiRoute route, ReadOnlyMemory<byte> bytes, CancellationToken cancel, params string[] values) =>
        _connection.DoAsync(route, route.PathOf(values), () => new ReadOnlyMemoryContent(bytes), cancel);

    /// <summary>Hears what changes at the server, until it ends the stream.</summary>
    /// <param name="opened">Called once everything from now on is heard. Like <paramref name="heard"/>, on whatever thread reads.</param>
    public Task ListenAsync(Action opened, Action<Event> heard, CancellationToken cancel) =>
        _connection.SendAsync(
            ApplianceApi.Events,
            ApplianceApi.Events.PathOf(),
            body: null,
            async (answer, cancel) =>
            {
                await EventLines.ReadAsync(await answer.Content.ReadAsStreamAsync(cancel), opened, heard, _time, cancel);
                return true;
            },
            cancel);

    public void Dispose() => _connection.Dispose();

    private Task<bool> ReceiveAsync(ApiRoute route, string path, Func<HttpContent?>? body, Stream to, CancellationToken cancel)
    {
        var start = to.CanSeek ? to.Position : 0;
        return _connection.SendAsync(
            route,
            path,
            body,
            async (answer, cancel) =>
            {
                if (to.CanSeek && to.Position != start)
                {
                    to.SetLength(start);
                    to.Position = start;
                }

                await answer.Content.CopyToAsync(to, cancel);
                return true;
            },
            cancel);
    }

    private Task<TAnswer> SendAsync<TAnswer>(ApiRoute route, string path, Func<HttpContent?>? body, JsonTypeInfo<TAnswer>? answer, CancellationToken cancel) =>
        answer is null
            ? _connection.SendAsync(route, path, body, (_, _) => Task.FromResult(default(TAnswer)!), cancel)
            : _connection.GetJsonAsync(route, path, body, answer, cancel);
}
