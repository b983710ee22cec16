namespace OsDeploy.Server.Notifications;

/// <summary>
/// What waits to be sent one way. Who puts something in never waits: what finds no room pushes the oldest out. Safe for many threads.
/// </summary>
internal sealed class Outbox(TimeProvider time)
{
    public const int Most = 100;

    /// <summary>What could not be sent for so long is not sent any more.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Queue<(Notice Notice, long At)> _waiting = new();
    private TimeSpan _pause;
    private long _failedAt;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    public void Put(Notice notice)
    {
        lock (_gate)
        {
            _waiting.Enqueue((notice, time.GetTimestamp()));
            if (_waiting.Count > Most)
            {
                _waiting.Dequeue();
            }
        }
    }

    /// <summary>What is to be sent now, all in one message; nothing while a pause after a failure lasts.</summary>
    public IReadOnlyList<Notice> Due()
    {
        lock (_gate)
        {
            while (_waiting.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) >= Patience)
            {
                _waiting.Dequeue();
            }

            return _pause > TimeSpan.Zero && time.GetElapsedTime(_failedAt) < _pause ? [] : [.. _waiting.Select(one => one.Notice)];
        }
    }

    /// <summary>These arrived. What has come meanwhile still waits.</summary>
    public void Sent(IReadOnlyList<Notice> notices)
    {
        lock (_gate)
        {
            _pause = TimeSpan.Zero;
            while (_waiting.TryPeek(out var oldest) && notices.Contains(oldest.Notice))
            {
                _waiting.Dequeue();
            }
        }
    }

    /// <summary>They did not: they are tried again after a pause, which gets longer.</summary>
    public void Failed()
    {
        lock (_gate)
        {
            _failedAt = time.GetTimestamp();
            _pause = _pause == TimeSpan.Zero ? s_firstPause : TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, s_longestPause.Ticks));
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _waiting.Clear();
            _pause = TimeSpan.Zero;
        }
    }
}
