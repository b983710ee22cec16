using System.Text.Json.Serialization.Metadata;
using OsDeploy.Api;

namespace OsDeploy.Cli;

/// <summary>The server a verb asks, opened with its first question: what is wrong with the command line is said first.</summary>
internal sealed class ServerConnection(string address, Func<ApiClient> open) : IDisposable
{
    private ApiClient? _client;

    public string Address { get; } = address;

    private ApiClient Client => _client ??= open();

    /// <param name="values">One per <c>{name}</c> of the route.</param>
    /// <exception cref="UserErrorException">The server's own refusal; <c>server-unreachable</c>, <c>not-logged-in</c>.</exception>
    public Task<TAnswer> CallAsync<TBody, TAnswer>(ApiRoute<TBody, TAnswer> route, TBody body, CancellationToken cancel, params string[] values) =>
        ExplainAsync(() => Client.CallAsync(route, body, cancel, values));

    public Task<TAnswer> CallAsync<TAnswer>(ApiRoute<Nothing, TAnswer> route, CancellationToken cancel, params string[] values) =>
        ExplainAsync(() => Client.CallAsync(route, cancel, values));

    /// <param name="query">Values that are null are left out.</param>
    public Task<TAnswer> AskAsync<TAnswer>(
        ApiRoute<Nothing, TAnswer> route, IEnumerable<(string Name, string? Value)> query, CancellationToken cancel, params string[] values)
    {
        var words = query.Where(word => word.Value is not null).Select(word => $"{word.Name}={Uri.EscapeDataString(word.Value!)}");
        return ExplainAsync(() => Client.AskAsync(route, string.Join('&', words), cancel, values));
    }

    /// <param name="open">Called once per attempt.</param>
    public Task<TAnswer> UploadAsync<TAnswer>(ApiRoute route, Func<Stream> open, JsonTypeInfo<TAnswer> answer, CancellationToken cancel, params string[] values) =>
        ExplainAsync(() => Client.UploadAsync(route, open, answer, cancel, values));

    public Task DownloadAsync(ApiRoute route, Stream to, CancellationToken cancel, params string[] values) => ExplainAsync(async () =>
    {
        await Client.DownloadAsync(route, to, cancel, values);
        return true;
    });

    public Task DownloadAsync<TBody>(ApiRoute<TBody, Nothing> route, TBody body, Stream to, CancellationToken cancel, params string[] values) => ExplainAsync(async () =>
    {
        await Client.DownloadAsync(route, body, to, cancel, values);
        return true;
    });

    public void Dispose() => _client?.Dispose();

    private async Task<T> ExplainAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (UserErrorException e) when (e.Code == "store-unreachable")
        {
            throw ServerErrors.ServerUnreachable(Address, e.InnerException ?? e);
        }
    }
}
