using System.Collections.Concurrent;

namespace OsDeploy.Benchmarks.Rooms;

/// <summary>How long polls took, from all hosts at once.</summary>
internal sealed class PollTimes
{
    private readonly ConcurrentBag<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public void Add(TimeSpan time) => _milliseconds.Add(time.TotalMilliseconds);

    /// <summary>Nearest rank: the time that so many of the polls stayed within. 0 without a poll.</summary>
    /// <param name="share">0.99 for the 99th percentile.</param>
    public double Percentile(double share)
    {
        var sorted = _milliseconds.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Max((int)Math.Ceiling(share * sorted.Length) - 1, 0)];
    }
}
