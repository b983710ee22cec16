namespace OsDeploy;

/// <summary>Bytes a second over the last few seconds: steady enough to read, quick enough to show a disk that stalls.</summary>
public sealed class RateWindow
{
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(8);

    private readonly Queue<(TimeSpan Time, long Done)> _samples = new();
    private (TimeSpan Time, long Done) _newest;

    /// <summary>Null until two samples are apart in time.</summary>
    public double? Rate
    {
        get
        {
            if (_samples.Count == 0)
            {
                return null;
            }

            var oldest = _samples.Peek();
            var seconds = (_newest.Time - oldest.Time).TotalSeconds;
            return seconds > 0 ? (_newest.Done - oldest.Done) / seconds : null;
        }
    }

    public void Add(TimeSpan time, long done)
    {
        _newest = (time, done);
        _samples.Enqueue(_newest);
        while (_samples.Count > 2 && time - _samples.Peek().Time > s_length)
        {
            _samples.Dequeue();
        }
    }
}
