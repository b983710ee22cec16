namespace OsDeploy.Imaging;

/// <summary>Holds a rate: whoever takes from it is told how long to wait first. Safe for many threads.</summary>
internal sealed class TokenBucket(long bytesPerSecond, TimeProvider time)
{
    // As much as may come at once after a pause: a quarter of a second's worth.
    private const double BurstSeconds = 0.25;

    private readonly Lock _gate = new();
    private double _left = bytesPerSecond * BurstSeconds;
    private long _filledAt = time.GetTimestamp();

    /// <summary>Takes bytes that may not be there yet; who comes later waits for them too.</summary>
    /// <returns>How long to wait before they are used.</returns>
    public TimeSpan Take(long bytes)
    {
        lock (_gate)
        {
            Fill();
            _left -= bytes;
            return _left >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_left / bytesPerSecond);
        }
    }

    /// <summary>It was less than what was taken, or more (a negative number).</summary>
    public void GiveBack(long bytes)
    {
        lock (_gate)
        {
            _left += bytes;
        }
    }

    private void Fill()
    {
        var now = time.GetTimestamp();
        _left = Math.Min(bytesPerSecond * BurstSeconds, _left + (bytesPerSecond * time.GetElapsedTime(_filledAt, now).TotalSeconds));
        _filledAt = now;
    }
}
