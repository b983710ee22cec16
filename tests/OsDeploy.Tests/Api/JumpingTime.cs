namespace OsDeploy.Tests.Api;

/// <summary>
/// Time for tests of patience: a wait of up to half a minute (a pause between attempts) is over at once and moves the clock;
/// a longer one (a heartbeat, a deadline) ends when <see cref="Advance"/> has passed it.
/// </summary>
internal sealed class JumpingTime : TimeProvider
{
    // Jumps take microseconds: a test that waits for what never comes must end all the same.
    private const int MostJumps = 1_000_000;

    private static readonly TimeSpan s_longestJump = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Every pause that was jumped over.</summary>
    public List<TimeSpan> Jumps { get; } = [];

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _now.Ticks;
        }
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        Timer[] due;
        lock (_gate)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    private void Set(Timer timer, TimeSpan dueTime, TimeSpan period)
    {
        var jumps = dueTime > TimeSpan.Zero && dueTime <= s_longestJump && period <= TimeSpan.Zero;
        lock (_gate)
        {
            _timers.Remove(timer);
            if (jumps)
            {
                _now += dueTime;
                Jumps.Add(dueTime);
                Xunit.Assert.True(Jumps.Count < MostJumps, "What was waited for never came.");
            }
            else if (dueTime >= TimeSpan.Zero)
            {
                (timer.Due, timer.Period) = (_now + dueTime, period);
                _timers.Add(timer);
            }
        }

        if (jumps)
        {
            ThreadPool.QueueUserWorkItem(_ => timer.Callback());
        }
    }

    private sealed class Timer(JumpingTime time, Action callback) : ITimer
    {
        public Action Callback { get; } = callback;

        public TimeSpan Due { get; set; }

        public TimeSpan Period { get; set; }

        public void Fire()
        {
            time.Set(this, Period > TimeSpan.Zero ? Period : Timeout.InfiniteTimeSpan, Period);
            Callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Set(this, dueTime, period);
            return true;
        }

        public void Dispose() => time.Set(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
