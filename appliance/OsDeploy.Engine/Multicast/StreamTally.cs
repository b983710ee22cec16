using OsDeploy.Api.Carousels;

namespace OsDeploy.Multicast;

/// <summary>
/// Counts what comes past, each number once. What was sent is told by the numbers of datagrams whose seal was opened; the others only count if
/// their number is close to those.
/// </summary>
internal sealed class StreamTally(TimeProvider time)
{
    // Numbers around the highest that was opened, half of them behind it.
    private const int Window = 1 << 15;

    private readonly Lock _lock = new();
    private readonly bool[] _counted = new bool[Window];
    private long _highest = -1;
    private long _reported = -1;
    private long _received;
    private long _bytes;
    private long _overrun;
    private long _since = time.GetTimestamp();
    private long _lastGood = time.GetTimestamp();

    /// <summary>Since a datagram of this carousel came that was not sent before.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Interlocked.Read(ref _lastGood));

    public void Opened(long packet, int bytes)
    {
        lock (_lock)
        {
            if (packet > _highest)
            {
                Advance(packet);
                Interlocked.Exchange(ref _lastGood, time.GetTimestamp());
            }

            Count(packet, bytes);
        }
    }

    public void Seen(long packet, int bytes)
    {
        lock (_lock)
        {
            Count(packet, bytes);
        }
    }

    /// <summary>A chunk that came whole was dropped.</summary>
    /// <param name="datagrams">Of its content.</param>
    public void Overrun(int datagrams) => Interlocked.Add(ref _overrun, datagrams);

    /// <summary>Waiting begins anew.</summary>
    public void Restart() => Interlocked.Exchange(ref _lastGood, time.GetTimestamp());

    /// <summary>What was counted since the last call. The fence is the door's to fill in.</summary>
    public CarouselReport Take(long missing, string? leaves)
    {
        lock (_lock)
        {
            var sent = _highest - _reported;
            var report = new CarouselReport(
                0, _bytes, _received, Math.Max(0, sent - _received), Interlocked.Exchange(ref _overrun, 0), missing, time.GetElapsedTime(_since).TotalSeconds, leaves);
            (_received, _bytes, _since, _reported) = (0, 0, time.GetTimestamp(), _highest);
            return report;
        }
    }

    private void Advance(long packet)
    {
        if (_highest < 0)
        {
            _reported = packet - 1;
        }

        // Half a window ahead of the highest counts already: what comes into view beyond that is new.
        for (var number = Math.Max(_highest + (Window / 2), packet - (Window / 2)); number < packet + (Window / 2); number++)
        {
            _counted[number % Window] = false;
        }

        _highest = packet;
    }

    private void Count(long packet, int bytes)
    {
        var isNear = _highest >= 0 && packet >= _highest - (Window / 2) && packet < _highest + (Window / 2);
        if (isNear && !_counted[packet % Window])
        {
            _counted[packet % Window] = true;
            _received++;
            _bytes += bytes;
        }
    }
}
