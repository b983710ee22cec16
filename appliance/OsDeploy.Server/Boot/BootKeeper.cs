using Microsoft.Extensions.Logging;
using OsDeploy.Server.Hosting;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Boot;

/// <summary>Comes round: reads what dnsmasq saw, keeps the files for TFTP in step with what was decided, and looks whether all is as it should be.</summary>
internal sealed class BootKeeper : PeriodicWork
{
    private const int TicksPerLook = 15;
    private const int TicksPerQuestion = 300;

    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(2);
    private static readonly HashSet<string> s_deciding = ["host", "job", "configuration", "boot", "boot_build", "boot_start", "boot_next"];

    private readonly BootService _service;
    private int _ticks;
    private int _isStale = 1;

    public BootKeeper(BootService service, DocumentStore documents, TimeProvider time, ILogger<BootKeeper> log)
        : base(s_tick, time, log)
    {
        _service = service;
        documents.Changed += (_, change) =>
        {
            if (s_deciding.Contains(change.Collection))
            {
                Touch();
            }
        };
    }

    /// <summary>Something changed on which decisions depend.</summary>
    public void Touch() => Interlocked.Exchange(ref _isStale, 1);

    private async Task KeepAsync(CancellationToken stopping)
    {
        try
        {
            await _service.WriteTreeAsync(stopping);
        }
        catch (UserErrorException)
        {
            Touch();
            throw;
        }
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        var tick = _ticks++;
        _service.ReadLog();
        if (tick % TicksPerLook == 0)
        {
            await _service.LookAsync(stopping);
        }

        if (Interlocked.Exchange(ref _isStale, 0) == 1)
        {
            await KeepAsync(stopping);
        }

        if (tick % TicksPerQuestion == TicksPerQuestion - 1)
        {
            await _service.WatchNeighboursAsync(stopping);
        }
    }
}
