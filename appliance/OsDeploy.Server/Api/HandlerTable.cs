using System.Text.Json.Serialization.Metadata;
using OsDeploy.Api;

namespace OsDeploy.Server.Api;

/// <summary>What answers each route. A route may have one handler, and needs one.</summary>
internal sealed class HandlerTable
{
    private readonly Dictionary<ApiRoute, Func<Call, Task>> _handlers = [];

    public Func<Call, Task> this[ApiRoute route] =>
        _handlers.TryGetValue(route, out var handler) ? handler : throw new InvalidOperationException($"{route.Method} {route.Template} has no handler.");

    /// <summary>A handler that reads and writes by itself.</summary>
    public void On(ApiRoute route, Func<Call, Task> handler) => _handlers.Add(route, handler);

    public void On<TBody, TAnswer>(ApiRoute<TBody, TAnswer> route, Func<Call, TBody, Task<TAnswer>> handler) => _handlers.Add(route, async call =>
    {
        var body = route.Body is { } type ? await Requests.ReadJsonAsync(call.Context, type) : default!;
        await AnswerAsync(call, await handler(call, body), route.Answer);
    });

    public void On<TBody, TAnswer>(ApiRoute<TBody, TAnswer> route, Func<Call, TBody, TAnswer> handler) =>
        On(route, (call, body) => Task.FromResult(handler(call, body)));

    public void On<TAnswer>(ApiRoute<Nothing, TAnswer> route, Func<Call, TAnswer> handler) =>
        On(route, (call, _) => Task.FromResult(handler(call)));

    private static Task AnswerAsync<T>(Call call, T answer, JsonTypeInfo<T>? type)
    {
        if (type is not null)
        {
            return Requests.AnswerJsonAsync(call.Context, answer, type);
        }

        Requests.AnswerNothing(call.Context);
        return Task.CompletedTask;
    }
}
