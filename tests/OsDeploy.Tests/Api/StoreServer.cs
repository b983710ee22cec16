using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OsDeploy.Tests.Api;

/// <summary>A real server on the loopback. Disposing it is pulling its plug: open requests break.</summary>
internal sealed class StoreServer(WebApplication app, int port, string scheme) : IAsyncDisposable
{
    public int Port { get; } = port;

    public string Url { get; } = $"{scheme}://127.0.0.1:{port}";

    /// <param name="port">0: any.</param>
    public static async Task<StoreServer> StartAsync(
        Action<WebApplication> map, int port = 0, TimeProvider? time = null, X509Certificate2? certificate = null, MinDataRate? bodyRate = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.Limits.MinRequestBodyDataRate = bodyRate ?? options.Limits.MinRequestBodyDataRate;
            options.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(log => log.SetMinimumLevel(LogLevel.None));
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        var app = builder.Build();
        map(app);
        await app.StartAsync(Xunit.TestContext.Current.CancellationToken);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new StoreServer(app, new Uri(address).Port, certificate is null ? "http" : "https");
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }
}
