using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OsDeploy.Api;
using OsDeploy.Images;

namespace OsDeploy.Server.Images;

/// <summary>
/// The captures agents have under way, by the id the agent drew. When the server stops they are left as they are: the
/// store protects their chunks as those of any capture that died, and the agents open them again.
/// </summary>
internal sealed partial class CaptureLeases(IImageStore store, TimeProvider time, ILogger<CaptureLeases> log)
{
    private static readonly TimeSpan s_sweepEvery = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Guid, HeldLease> _held = new();
    private readonly OneAtATime _beginning = new();

    /// <summary>Begins a capture, or hears that it lives. Not cancelled with its request: the agent asks again for the same id.</summary>
    public Task<HeldLease> KeepAsync(Guid id, LeaseRequest request) => _beginning.RunAsync(
        async () =>
        {
            if (_held.TryGetValue(id, out var held))
            {
                held.Heard();
                return held;
            }

            return _held.Count < StoreApi.MaxLeases
                ? _held[id] = new HeldLease(await store.BeginCaptureAsync(request.Kind, request.Image, CancellationToken.None), time)
                : throw Errors.TooManyCaptures();
        },
        CancellationToken.None);

    /// <exception cref="UserErrorException"><c>lease-unknown</c></exception>
    public HeldLease Require(Guid id) => _held.TryGetValue(id, out var held) ? held : throw Errors.LeaseUnknown();

    /// <summary>Ends a capture; nothing happens if there is none.</summary>
    public async Task EndAsync(Guid id)
    {
        if (_held.TryRemove(id, out var held))
        {
            await held.EndAsync();
        }
    }

    /// <summary>Ends the captures whose agents were not heard for this long.</summary>
    public async Task EndSilentAsync(TimeSpan silence)
    {
        foreach (var (id, _) in _held.Where(pair => pair.Value.SilentFor >= silence))
        {
            await EndAsync(id);
        }
    }

    /// <summary>Ends captures that were silent for <see cref="StoreApi.LeaseLife"/>, until the server stops.</summary>
    public async Task SweepAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(s_sweepEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                await TrySweepAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task TrySweepAsync()
    {
        try
        {
            await EndSilentAsync(StoreApi.LeaseLife);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or UserErrorException)
        {
            // It is off the list; the store ends what is left of it by its own clock.
            LogNotEnded(log, e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A capture that was silent for a day could not be ended cleanly.")]
    private static partial void LogNotEnded(ILogger log, Exception cause);
}
