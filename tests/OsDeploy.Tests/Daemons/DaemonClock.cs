namespace OsDeploy.Tests.Daemons;

/// <summary>
/// The clock that only goes forward, with its timers, and the one on the wall, which somebody may set to anything. Timers fire inside
/// <see cref="Pass"/>, each once however long it was.
/// </summary>
internal sealed class DaemonClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private TimeSpan _passed = TimeSpan.FromDays(3);
    private DateTimeOffset _wall = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _passed.Ticks;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _wall;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void SetWall(DateTimeOffset wall)
    {
        lock (_gate)
        {
            _wall = wall;
        }
    }

    public void Pass(TimeSpan time)
    {
        List<Timer> due;
        lock (_gate)
        {
            (_passed, _wall) = (_passed + time, _wall + time);
            due = [.. _timers.Where(timer => timer.Due <= _passed)];
            foreach (var timer in due)
            {
                Set(timer, timer.Period > TimeSpan.Zero ? timer.Period : Timeout.InfiniteTimeSpan, timer.Period);
            }
        }

        due.ForEach(timer => timer.Callback());
    }

    private void Set(Timer timer, TimeSpan dueTime, TimeSpan period)
    {
        _timers.Remove(timer);
        if (dueTime >= TimeSpan.Zero)
        {
            (timer.Due, timer.Period) = (_passed + dueTime, period);
            _timers.Add(timer);
        }
    }

    private sealed class Timer(DaemonClock clock, Action callback) : ITimer
    {
        public Action Callback { get; } = callback;

        public TimeSpan Due { get; set; }

        public TimeSpan Period { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock.Set(this, dueTime, period);
                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
