namespace OsDeploy.Tui.App;

/// <summary>What is to be done later, by the clock of the application. One timer wakes it for the next of them.</summary>
internal sealed class Timeouts : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly List<Entry> _entries = [];

    public Timeouts(TimeProvider time, Action wake)
    {
        _time = time;
        _timer = time.CreateTimer(_ => wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public object Add(TimeSpan every, Func<bool> callback)
    {
        var entry = new Entry(every, callback, _time.GetTimestamp());
        _entries.Add(entry);
        SetTimer();
        return entry;
    }

    public bool Remove(object token) => token is Entry entry && _entries.Remove(entry);

    /// <summary>Runs what is due; what wants to go on is due again that long after now.</summary>
    public void RunDue()
    {
        foreach (var entry in _entries.Where(entry => Left(entry) <= TimeSpan.Zero).ToArray())
        {
            if (!_entries.Contains(entry))
            {
                continue;
            }

            entry.Since = _time.GetTimestamp();
            if (!entry.Callback())
            {
                _entries.Remove(entry);
            }
        }

        SetTimer();
    }

    public void Dispose() => _timer.Dispose();

    private TimeSpan Left(Entry entry) => entry.Every - _time.GetElapsedTime(entry.Since);

    private void SetTimer()
    {
        var next = _entries.Count == 0 ? Timeout.InfiniteTimeSpan : _entries.Min(Left);
        _timer.Change(next < TimeSpan.Zero && _entries.Count > 0 ? TimeSpan.Zero : next, Timeout.InfiniteTimeSpan);
    }

    private sealed class Entry(TimeSpan every, Func<bool> callback, long since)
    {
        public TimeSpan Every { get; } = every;

        public Func<bool> Callback { get; } = callback;

        public long Since { get; set; } = since;
    }
}
