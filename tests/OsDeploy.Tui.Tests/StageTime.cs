namespace OsDeploy.Tui.Tests;

/// <summary>Time that passes when the test says so, timers included.</summary>
internal sealed class StageTime : TimeProvider
{
    private readonly List<StageTimer> _timers = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(_now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new StageTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan time)
    {
        _now += time.Ticks;
        foreach (var timer in _timers.ToArray())
        {
            timer.RingIfDue();
        }
    }

    /// <summary>Rings once; what wants to ring again sets it anew.</summary>
    private sealed class StageTimer(StageTime time, Action ring) : ITimer
    {
        private long? _due;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _due = dueTime < TimeSpan.Zero ? null : time._now + dueTime.Ticks;
            return true;
        }

        public void RingIfDue()
        {
            if (_due <= time._now)
            {
                _due = null;
                ring();
            }
        }

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
