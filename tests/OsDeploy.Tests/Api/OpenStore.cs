using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Images;
using OsDeploy.Server.Api;
using OsDeploy.Server.Images;

namespace OsDeploy.Tests.Api;

/// <summary>The store's routes behind the real gate, where whoever asks is an administrator.</summary>
internal static class OpenStore
{
    private static readonly OperatorCaller s_admin = new("test", Role.Admin, [], "");

    /// <summary>The store stays the caller's to dispose, after the server has stopped.</summary>
    public static void MapStore(this WebApplication app, IImageStore store)
    {
        var services = app.Services;
        var leases = new CaptureLeases(store, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<CaptureLeases>>());
        _ = leases.SweepAsync(app.Lifetime.ApplicationStopping);
        var handlers = new HandlerTable();
        new StoreHandlers(store, leases, new AgentStoreRights(_ => null), StoreUse.None, _ => { }).Map(handlers);
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/api/v1/store", StringComparison.Ordinal))
            {
                context.Request.Headers.Authorization = "Bearer test";
            }

            return next(context);
        });
        app.UseRouting();
        new Gate(handlers, _ => s_admin, services.GetRequiredService<ILogger<Gate>>()).Map(app, StoreApi.All);
    }
}
