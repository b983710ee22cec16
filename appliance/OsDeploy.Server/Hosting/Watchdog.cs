using Microsoft.Extensions.Logging;
using OsDeploy.Api;

namespace OsDeploy.Server.Hosting;

/// <summary>
/// Tells the service manager that the appliance answers, as long as it does: asked over its own socket, as a console asks. One that hangs is
/// ended and started again by whoever listens; jobs go on where they were.
/// </summary>
/// <param name="socket">Of the daemon.</param>
/// <param name="watch">As <see cref="ServiceManager.Watch"/>.</param>
internal sealed class Watchdog(ServiceManager manager, string socket, TimeSpan watch, TimeProvider time, ILogger<Watchdog> log) : PeriodicWork(watch / Often, time, log)
{
    // One answer in this time may be lost, and the next still comes early enough.
    private const int Often = 4;

    private readonly TimeProvider _time = time;

    protected override async Task RunAsync(CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(watch / Often, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, patience.Token);
        using var client = new ApiClient("unix:" + socket, _time, new ConnectionOptions().Once());
        _ = await client.CallAsync(ApplianceApi.About, either.Token);
        manager.SayAlive();
    }
}
