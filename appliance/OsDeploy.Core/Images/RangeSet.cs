namespace OsDeploy.Images;

/// <summary>
/// Bytes of a region as ascending runs that neither overlap nor touch. Immutable; the work on a partition's used map is
/// this arithmetic.
/// </summary>
public sealed class RangeSet
{
    public static readonly RangeSet Empty = new([]);

    private readonly ByteRange[] _runs;

    private RangeSet(ByteRange[] runs) => _runs = runs;

    public ReadOnlySpan<ByteRange> Runs => _runs;

    public long TotalLength => _runs.Sum(run => run.Length);

    /// <summary>Takes runs in any order, overlapping or touching; empty ones are dropped.</summary>
    public static RangeSet Of(IEnumerable<ByteRange> runs)
    {
        var merged = new List<ByteRange>();
        foreach (var run in runs.Where(run => run.Length > 0).OrderBy(run => run.Start))
        {
            if (merged.Count > 0 && run.Start <= merged[^1].End)
            {
                merged[^1] = ByteRange.Between(merged[^1].Start, Math.Max(merged[^1].End, run.End));
            }
            else
            {
                merged.Add(run);
            }
        }

        return new RangeSet([.. merged]);
    }

    public static RangeSet Of(params ReadOnlySpan<ByteRange> runs) => Of(runs.ToArray().AsEnumerable());

    public RangeSet Union(RangeSet other) => Of(_runs.Concat(other._runs));

    public RangeSet Subtract(RangeSet other)
    {
        var left = new List<ByteRange>();
        var next = 0;
        foreach (var run in _runs)
        {
            var position = run.Start;
            while (next < other._runs.Length && other._runs[next].End <= position)
            {
                next++;
            }

            for (var i = next; i < other._runs.Length && other._runs[i].Start < run.End; i++)
            {
                if (other._runs[i].Start > position)
                {
                    left.Add(ByteRange.Between(position, other._runs[i].Start));
                }

                position = Math.Max(position, other._runs[i].End);
            }

            if (position < run.End)
            {
                left.Add(ByteRange.Between(position, run.End));
            }
        }

        return Of(left);
    }

    /// <summary>What of <paramref name="window"/> is in no run.</summary>
    public RangeSet Gaps(ByteRange window) => Of(window).Subtract(this);

    /// <summary>The runs that meet <paramref name="window"/>, cut to it, in order.</summary>
    public IEnumerable<ByteRange> Within(ByteRange window)
    {
        for (var i = FirstEndingAfter(window.Start); i < _runs.Length && _runs[i].Start < window.End; i++)
        {
            yield return ByteRange.Between(Math.Max(_runs[i].Start, window.Start), Math.Min(_runs[i].End, window.End));
        }
    }

    private int FirstEndingAfter(long position)
    {
        var (low, high) = (0, _runs.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _runs[middle].End <= position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
