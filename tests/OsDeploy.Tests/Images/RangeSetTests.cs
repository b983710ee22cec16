using OsDeploy.Images;
using Xunit;

namespace OsDeploy.Tests.Images;

/// <summary>The arithmetic of used maps, against one bit per byte.</summary>
public sealed class RangeSetTests
{
    private const int Length = 200;

    [Fact]
    public void A_set_holds_exactly_the_bytes_of_its_runs() => Seeded.Cases(500, random =>
    {
        var runs = RandomRuns(random);
        AssertIs(Bits(runs), RangeSet.Of(runs));
    });

    [Fact]
    public void Union_subtraction_and_gaps_are_those_of_bits() => Seeded.Cases(500, random =>
    {
        var (a, b) = (RandomRuns(random), RandomRuns(random));
        var (bitsA, bitsB) = (Bits(a), Bits(b));
        AssertIs([.. bitsA.Zip(bitsB, (x, y) => x || y)], RangeSet.Of(a).Union(RangeSet.Of(b)));
        AssertIs([.. bitsA.Zip(bitsB, (x, y) => x && !y)], RangeSet.Of(a).Subtract(RangeSet.Of(b)));
        var window = RandomRun(random);
        AssertIs([.. bitsA.Select((x, i) => !x && i >= window.Start && i < window.End)], RangeSet.Of(a).Gaps(window));
    });

    [Fact]
    public void Within_cuts_runs_to_the_window() => Seeded.Cases(500, random =>
    {
        var runs = RandomRuns(random);
        var window = RandomRun(random);
        AssertIs([.. Bits(runs).Select((x, i) => x && i >= window.Start && i < window.End)], RangeSet.Of(RangeSet.Of(runs).Within(window)));
    });

    [Fact]
    public void Runs_that_touch_become_one()
    {
        var set = RangeSet.Of(new ByteRange(0, 5), new ByteRange(5, 5), new ByteRange(20, 0));
        Assert.Equal([new ByteRange(0, 10)], set.Runs.ToArray());
        Assert.Equal(10, set.TotalLength);
    }

    private static ByteRange[] RandomRuns(Random random) => [.. Enumerable.Range(0, random.Next(12)).Select(_ => RandomRun(random))];

    private static ByteRange RandomRun(Random random)
    {
        var start = random.Next(Length);
        return new ByteRange(start, random.Next(Math.Min(40, Length - start + 1)));
    }

    private static bool[] Bits(IEnumerable<ByteRange> runs)
    {
        var bits = new bool[Length];
        foreach (var run in runs)
        {
            Array.Fill(bits, true, (int)run.Start, (int)run.Length);
        }

        return bits;
    }

    private static void AssertIs(bool[] expected, RangeSet set)
    {
        var runs = set.Runs.ToArray();
        Assert.Equal(expected, Bits(runs));
        Assert.All(runs, run => Assert.True(run.Length > 0));
        Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Start, "runs touch or are out of order"));
        Assert.Equal(expected.Count(bit => bit), set.TotalLength);
    }
}
