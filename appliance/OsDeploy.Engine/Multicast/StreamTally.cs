using OsDeploy.Api.Carousels;

namespace OsDeploy.Multicast;

/// <summary>
/// Counts what comes past. What was sent is told by the numbers of datagrams whose seal was opened; the others are only counted, and only if
/// their number could be true.
/// </summary>
internal sealed class StreamTally(TimeProvider time)
{
    private const long Plausible = 1 << 20;

    private readonly Lock _lock = new();
    private long _highest = -1;
    private long _reported = -1;
    private long _received;
    private long _bytes;
    private long _overrun;
    private long _since = time.GetTimestamp();
    private long _lastGood = time.GetTimestamp();

    /// <summary>Since a datagram of this carousel came that nobody else can have sent.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Interlocked.Read(ref _lastGood));

    public void Opened(long packet, int bytes)
    {
        lock (_lock)
        {
            if (_reported < 0)
            {
                _reported = packet - 1;
            }

            _highest = Math.Max(_highest, packet);
            _received++;
            _bytes += bytes;
        }

        Interlocked.Exchange(ref _lastGood, time.GetTimestamp());
    }

    public void Seen(long packet, int bytes)
    {
        lock (_lock)
        {
            if (Math.Abs(packet - _highest) < Plausible)
            {
                _received++;
                _bytes += bytes;
            }
        }
    }

    public void Overrun() => Interlocked.Increment(ref _overrun);

    /// <summary>Waiting begins anew: the group was joined again.</summary>
    public void Restart() => Interlocked.Exchange(ref _lastGood, time.GetTimestamp());

    /// <summary>What was counted since the last call.</summary>
    public CarouselReport Take(long fence, long missing, string? leaves)
    {
        lock (_lock)
        {
            var sent = _reported < 0 ? 0 : _highest - _reported;
            var report = new CarouselReport(
                fence, _bytes, _received, Math.Max(0, sent - _received), Interlocked.Exchange(ref _overrun, 0), missing, time.GetElapsedTime(_since).TotalSeconds, leaves);
            (_received, _bytes, _since) = (0, 0, time.GetTimestamp());
            _reported = Math.Max(_reported, _highest);
            return report;
        }
    }
}
