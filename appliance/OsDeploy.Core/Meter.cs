namespace OsDeploy;

/// <summary>
/// Counts work done. Workers add; screens, logs and the API read a few times a second. Reading never waits for a worker.
/// </summary>
/// <param name="whole">Counts with it: this is a part of that.</param>
public sealed class Meter(Meter? whole = null)
{
    private long _done;
    private long _total;

    public long Done => Interlocked.Read(ref _done);

    /// <summary>0 while it is not known.</summary>
    public long Total => Interlocked.Read(ref _total);

    public void Add(long amount)
    {
        Interlocked.Add(ref _done, amount);
        whole?.Add(amount);
    }

    public void AddTotal(long amount) => Interlocked.Add(ref _total, amount);
}
