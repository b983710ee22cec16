using Microsoft.Extensions.Logging;
using OsDeploy.Api.Health;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Hosting;

namespace OsDeploy.Server.Health;

/// <summary>
/// Looks how the appliance is, every ten minutes, and raises an alarm for what is not well. One that somebody has dismissed comes again when
/// it gets worse, not at every look; one whose cause is gone goes by itself.
/// </summary>
/// <param name="look">Looks at everything once.</param>
internal sealed class HealthWatch(Func<CancellationToken, Task<HealthReport>> look, Alarms alarms, TimeProvider time, ILogger<HealthWatch> log) : PeriodicWork(s_every, time, log)
{
    private const string AlarmPrefix = "health-";

    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _time = time;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, HealthState> _raised = [];
    private HealthReport? _last;
    private long _lastAt;

    /// <summary>What the last look found; one that is too old is done again.</summary>
    public async Task<HealthReport> CurrentAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            return _last is { } last && _time.GetElapsedTime(_lastAt) < s_every ? last : await LookAsync(cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        await _turn.WaitAsync(stopping);
        try
        {
            await LookAsync(stopping);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<HealthReport> LookAsync(CancellationToken cancel)
    {
        var report = await look(cancel);
        (_last, _lastAt) = (report, _time.GetTimestamp());
        Tell(report);
        return report;
    }

    private void Tell(HealthReport report)
    {
        foreach (var item in report.Items.Where(item => item.State >= HealthState.Warning && item.State > _raised.GetValueOrDefault(item.Id)))
        {
            alarms.Raise(AlarmPrefix + item.Id, item.Text, item.Hint, host: null, job: null);
        }

        foreach (var alarm in alarms.All.Where(alarm => alarm.Id.StartsWith(AlarmPrefix, StringComparison.Ordinal) && IsOver(alarm.Id[AlarmPrefix.Length..], report)))
        {
            alarms.Dismiss(alarm.Id);
        }

        foreach (var item in report.Items.Where(item => item.State != HealthState.Unknown))
        {
            _raised[item.Id] = item.State;
        }
    }

    // What cannot be read now may still be as bad as it was; a disk that is not there any more is nobody's trouble.
    private static bool IsOver(string id, HealthReport report) => report.Items.FirstOrDefault(item => item.Id == id) is { } item
        ? item.State < HealthState.Unknown
        : !id.StartsWith(DiskRules.Prefix, StringComparison.Ordinal) || report.Items.All(other => other.Id != DiskRules.All);
}
