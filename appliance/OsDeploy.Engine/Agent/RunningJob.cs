using OsDeploy.Api.Agents;
using OsDeploy.Api.Jobs;
using OsDeploy.Text;

namespace OsDeploy.Agent;

/// <summary>A job this computer has: its order, how far it is, and why it is to stop.</summary>
internal sealed class RunningJob : IDisposable
{
    private const int MostWarnings = 99;
    private const int MaxWarning = 200;

    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly CancellationTokenSource _stop;
    private Meter? _phase;
    private int _phasesSaid;
    private RateWindow _rate = new();
    private volatile UserErrorException? _stopReason;

    /// <param name="isResumed">An earlier run of the program had begun it: something may have been written.</param>
    /// <param name="leave">The program is to end.</param>
    public RunningJob(JobOrder order, bool isResumed, Action<string> show, TimeProvider time, CancellationToken leave)
    {
        (Order, IsResumed, Log, _time, _started) = (order, isResumed, new JobLog(show, order.Fence), time, time.GetTimestamp());
        _stop = CancellationTokenSource.CreateLinkedTokenSource(leave);
    }

    public JobOrder Order { get; private set; }

    public bool IsResumed { get; }

    public JobProgress Progress { get; } = new();

    public JobLog Log { get; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    /// <summary>Null while nothing but the end of the program stops it.</summary>
    public UserErrorException? StopReason => _stopReason;

    public CancellationToken Stopping => _stop.Token;

    public void Stop(UserErrorException reason)
    {
        if (_stopReason is null)
        {
            _stopReason = reason;
            _stop.Cancel();
        }
    }

    /// <summary>The same job under a new lease, after a server that had forgotten this agent.</summary>
    public void Adopt(JobOrder order)
    {
        Order = order;
        Log.Adopt(order.Fence);
    }

    /// <summary>What has happened since the last one that was acknowledged.</summary>
    /// <param name="end">Left out while there are more lines than one report carries.</param>
    public JobReport NextReport(JobEnd? end)
    {
        SayPhases(isEnd: end is not null);
        var (first, lines, isAll) = Log.Waiting();
        return new JobReport(Order.Fence, View(), WarningsToReport(), first, lines, isAll ? end : null);
    }

    public void Dispose() => _stop.Dispose();

    private JobProgressView View()
    {
        var (name, meter, _) = Progress.Current;
        if (meter != _phase)
        {
            (_phase, _rate) = (meter, new RateWindow());
        }

        var done = meter.Done;
        _rate.Add(Elapsed, done);
        return new JobProgressView(name, done, meter.Total, Math.Max(0, _rate.Rate ?? 0), Progress.Bottleneck);
    }

    private List<string> WarningsToReport()
    {
        var warnings = Progress.Warnings;
        var shown = warnings.Take(MostWarnings).Select(warning => Printable.Of(warning, MaxWarning)).ToList();
        if (warnings.Count > MostWarnings)
        {
            shown.Add($"... and {warnings.Count - MostWarnings} more warnings.");
        }

        return shown;
    }

    // A phase is said when it is over: then it has a figure.
    private void SayPhases(bool isEnd)
    {
        var phases = Progress.Phases;
        for (; _phasesSaid < phases.Count - (isEnd ? 0 : 1); _phasesSaid++)
        {
            var (name, seconds, bytes) = phases[_phasesSaid];
            Log.Say($"{name}: {Sizes.Of(TimeSpan.FromSeconds(seconds))}{(bytes > 0 ? ", " + Sizes.Of(bytes) : "")}");
        }
    }
}
