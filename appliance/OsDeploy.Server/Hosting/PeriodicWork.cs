using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OsDeploy.Server.Hosting;

/// <summary>
/// Work that comes round again as long as the daemon runs. What fails this time is logged and tried the next: a full disk at night must not
/// stop the clock that everything waits for.
/// </summary>
internal abstract partial class PeriodicWork(TimeSpan every, TimeProvider time, ILogger log) : BackgroundService
{
    protected abstract Task RunAsync(CancellationToken stopping);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The top loop of this work: there is nobody above it to hear.
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFailed(log, GetType().Name, e);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "{Work} failed; it is tried again.")]
    private static partial void LogFailed(ILogger log, string work, Exception cause);
}
