using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OsDeploy.Api;
using OsDeploy.Images;

namespace OsDeploy.Server.Images;

/// <summary>Serves a store by HTTP, as <see cref="StoreApi"/> describes it.</summary>
public static partial class StoreRoutes
{
    /// <summary>Maps every route of <see cref="StoreApi.All"/>. The store stays the caller's to dispose, after the server has stopped.</summary>
    public static IEndpointRouteBuilder MapStore(this IEndpointRouteBuilder routes, IImageStore store)
    {
        var services = routes.ServiceProvider;
        var leases = new CaptureLeases(
            store, services.GetService<TimeProvider>() ?? TimeProvider.System, services.GetRequiredService<ILogger<CaptureLeases>>());

        // Runs as long as the server and reports its own failures; nobody needs its end.
        _ = leases.SweepAsync(services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);

        // A route without a handler fails here, at the start.
        var handlers = HandlersOf(store, leases);
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(StoreRoutes));
        foreach (var route in StoreApi.All)
        {
            routes.MapMethods(route.Template, [route.Method], Guard(route, handlers[route], log));
        }

        return routes;
    }

    private static Dictionary<ApiRoute, RequestDelegate> HandlersOf(IImageStore store, CaptureLeases leases)
    {
        var chunks = new ChunkHandlers(store.Chunks);
        var versions = new VersionHandlers(store, leases);
        var captures = new CaptureHandlers(leases);
        return new()
        {
            [StoreApi.Space] = versions.SpaceAsync,
            [StoreApi.ListVersions] = versions.ListAsync,
            [StoreApi.ReadManifest] = versions.ReadManifestAsync,
            [StoreApi.ReadSignature] = versions.ReadSignatureAsync,
            [StoreApi.SetCurrent] = versions.SetCurrentAsync,
            [StoreApi.DeleteVersion] = versions.DeleteAsync,
            [StoreApi.UndeleteVersion] = versions.UndeleteAsync,
            [StoreApi.ReadIndex] = versions.ReadIndexAsync,
            [StoreApi.HasChunks] = chunks.HasAsync,
            [StoreApi.ReadChunk] = chunks.ReadAsync,
            [StoreApi.WriteChunk] = chunks.WriteAsync,
            [StoreApi.ReportDamaged] = chunks.ReportDamagedAsync,
            [StoreApi.Flush] = chunks.FlushAsync,
            [StoreApi.KeepLease] = captures.KeepAsync,
            [StoreApi.WriteIndex] = captures.WriteIndexAsync,
            [StoreApi.Commit] = captures.CommitAsync,
            [StoreApi.AbandonLease] = captures.AbandonAsync,
            [StoreApi.Prune] = versions.PruneAsync,
            [StoreApi.Check] = versions.CheckAsync,
        };
    }

    /// <summary>Sets the route's limit before the body is read, and answers what the handler throws.</summary>
    private static RequestDelegate Guard(ApiRoute route, RequestDelegate handler, ILogger log) => async context =>
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = route.MaxBody;
        try
        {
            await handler(context);
        }
        catch (UserErrorException e)
        {
            await Problems.WriteAsync(context, e);
        }
        catch (BadHttpRequestException e)
        {
            await Problems.WriteAsync(context, Problems.Of(e));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The agent is gone: nobody waits for an answer.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Asking again would not help, so the agent must not: it would do so for half an hour.
            LogFault(log, route.Method, route.Template, e);
            await Problems.WriteAsync(context, Errors.ServerFault(e));
        }
    };

    [LoggerMessage(LogLevel.Error, "{Method} {Route} failed.")]
    private static partial void LogFault(ILogger log, string method, string route, Exception cause);
}
