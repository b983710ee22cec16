namespace OsDeploy.Server.Multicast;

/// <summary>A token bucket: bytes may leave as fast as they come in, and a few milliseconds' worth at once, because nobody wakes on the microsecond.</summary>
internal sealed class Pacer(TimeProvider time)
{
    private const double BurstSeconds = 0.004;
    private const int WaitMilliseconds = 1;

    private long _last = time.GetTimestamp();
    private double _credit;

    /// <summary>Waits until the bucket is not empty, and takes.</summary>
    /// <exception cref="OperationCanceledException"/>
    public void Take(int bytes, double bytesPerSecond, CancellationToken cancel)
    {
        while (!TryTake(bytes, bytesPerSecond))
        {
            cancel.WaitHandle.WaitOne(WaitMilliseconds);
            cancel.ThrowIfCancellationRequested();
        }
    }

    internal bool TryTake(int bytes, double bytesPerSecond)
    {
        var now = time.GetTimestamp();
        _credit = Math.Min(_credit + (time.GetElapsedTime(_last, now).TotalSeconds * bytesPerSecond), bytesPerSecond * BurstSeconds);
        _last = now;
        if (_credit < 0)
        {
            return false;
        }

        _credit -= bytes;
        return true;
    }
}
