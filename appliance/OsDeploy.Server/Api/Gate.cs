using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using OsDeploy.Api;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Api;

/// <summary>
/// The one way in. Every route of <see cref="ApiTable"/> is mapped here, with its limit set before the body is read and its caller
/// proved before the handler runs; a route that is not in the table does not exist, and a caller that is not in its
/// <see cref="Access"/> is refused.
/// </summary>
/// <param name="authenticate">Who holds a bearer token; null: nobody.</param>
internal sealed partial class Gate(HandlerTable handlers, Func<string, Caller?> authenticate, ILogger<Gate> log)
{
    private const string Scheme = "Bearer ";

    /// <summary>A route without a handler fails here, at the start.</summary>
    public void Map(IEndpointRouteBuilder routes, IEnumerable<ApiRoute> table)
    {
        foreach (var route in table)
        {
            routes.MapMethods(route.Template, [route.Method], Guard(route, handlers[route], context => Admit(route, context)));
        }

        routes.MapFallback(context => Problems.WriteAsync(context, Errors.RouteUnknown()));
    }

    /// <summary>Routes of <see cref="LocalApi"/>: over the network there are none.</summary>
    public void MapLocal(IEndpointRouteBuilder routes, IEnumerable<ApiRoute> table)
    {
        foreach (var route in table)
        {
            routes.MapMethods(route.Template, [route.Method], Guard(route, handlers[route], LocalCallerOf));
        }
    }

    /// <exception cref="UserErrorException"><c>not-logged-in</c>, <c>agent-unknown</c>, <c>not-allowed</c></exception>
    internal static void Require(Access access, Caller? caller, bool hasAgentToken)
    {
        if (access.IsPublic)
        {
            return;
        }

        var isAllowed = caller switch
        {
            null when hasAgentToken => throw Agents.AgentErrors.Unknown(),
            null => throw Errors.NotLoggedIn(),
            AgentCaller => access.IsAgent,
            OperatorCaller one => access.Operator is { } right && one.May(right),
            _ => false,
        };
        if (!isAllowed)
        {
            throw Errors.NotAllowed();
        }
    }

    private Caller Admit(ApiRoute route, HttpContext context)
    {
        var token = TokenOf(context.Request);
        var caller = token is null ? null : authenticate(token);
        Require(route.Access, caller, token?.StartsWith(Agents.AgentBook.TokenPrefix, StringComparison.Ordinal) == true);
        return caller ?? AnonymousCaller.Instance;
    }

    // What the kernel says of the other end, and nothing that the other end says.
    private static LocalCaller LocalCallerOf(HttpContext context) =>
        context.Features.Get<IConnectionSocketFeature>()?.Socket is { AddressFamily: AddressFamily.Unix } socket
            ? new LocalCaller(Peer.Of(socket).User)
            : throw Errors.RouteUnknown();

    private RequestDelegate Guard(ApiRoute route, Func<Call, Task> handler, Func<HttpContext, Caller> admit) => async context =>
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = route.MaxBody;
        try
        {
            await handler(new Call(context, admit(context)));
        }
        catch (UserErrorException e)
        {
            await Problems.WriteAsync(context, e);
        }
        catch (DocumentConflictException)
        {
            await Problems.WriteAsync(context, Errors.ChangedMeanwhile());
        }
        catch (BadHttpRequestException e)
        {
            await Problems.WriteAsync(context, Problems.Of(e));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // Who asked is gone: nobody waits for an answer.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Asking again would not help, so an agent must not: it would do so for half an hour.
            LogFault(log, route.Method, route.Template, e);
            await Problems.WriteAsync(context, Errors.ServerFault(e));
        }
    };

    private static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;

    [LoggerMessage(LogLevel.Error, "{Method} {Route} failed.")]
    private static partial void LogFault(ILogger log, string method, string route, Exception cause);
}
