namespace OsDeploy.Server.Multicast;

/// <summary>Bytes a second over the last second or so.</summary>
internal sealed class RateMeter(TimeProvider time)
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(1);

    private long _since = time.GetTimestamp();
    private long _bytes;

    public double BytesPerSecond { get; private set; }

    public void Add(long bytes)
    {
        _bytes += bytes;
        var elapsed = time.GetElapsedTime(_since);
        if (elapsed >= s_window)
        {
            (BytesPerSecond, _bytes, _since) = (_bytes / elapsed.TotalSeconds, 0, time.GetTimestamp());
        }
    }
}
