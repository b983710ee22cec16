using OsDeploy.Benchmarks.Lines;
using OsDeploy.Benchmarks.Measuring;
using OsDeploy.Benchmarks.Trials;
using OsDeploy.Benchmarks.Volumes;
using Xunit;

namespace OsDeploy.Tests.Benchmarks;

public sealed class LineResultTests
{
    private const long Used = 1_000_000_000;

    [Fact]
    public void A_run_in_half_the_time_has_twice_the_speed()
    {
        var line = new Line("trial", Quantity.Speed, "own", "peer", Goal.AtLeast(2));
        var result = LineResult.Of(line, Result(own: [Lasting(5)], peer: [Lasting(10)]));
        Assert.Equal((200.0, 100.0, 2.0, true), (result.Figure, result.PeerFigure, result.Ratio, result.Met));
    }

    [Fact]
    public void Ratios_are_taken_round_by_round_and_their_median_is_judged()
    {
        // The medians alone (10 s and 20 s) would say 2.
        var line = new Line("trial", Quantity.Speed, "own", "peer", Goal.AtLeast(2.5));
        var result = LineResult.Of(line, Result(own: [Lasting(10), Lasting(20), Lasting(5)], peer: [Lasting(40), Lasting(20), Lasting(20)]));
        Assert.Equal([4.0, 1.0, 4.0], result.Ratios);
        Assert.True(result.Met);
    }

    [Fact]
    public void A_peer_that_ran_once_is_compared_with_the_same_round()
    {
        var line = new Line("trial", Quantity.Cpu, "own", "peer");
        var result = LineResult.Of(line, Result(own: [Lasting(10), Lasting(99)], peer: [Lasting(40)]));
        Assert.Equal([0.25], result.Ratios);
    }

    [Fact]
    public void A_share_is_of_the_used_bytes()
    {
        var line = new Line("trial", Quantity.Written, "own", Line.UsedData, Goal.AtMost(0.20));
        var result = LineResult.Of(line, Result(own: [Lasting(1) with { WrittenBytes = Used / 4 }], peer: []));
        Assert.Equal(0.25, result.Ratio);
        Assert.False(result.Met);
    }

    [Fact]
    public void A_line_without_a_run_is_neither_met_nor_missed_and_says_why()
    {
        var line = new Line("trial", Quantity.Memory, "own", Goal: Goal.AtMost(250));
        var result = LineResult.Of(line, Result(own: [], peer: [], failure: "not built"));
        Assert.Null(result.Figure);
        Assert.Null(result.Met);
        Assert.Equal("not built", result.Note);
    }

    private static Measured Lasting(double seconds) => new(seconds, CpuSeconds: seconds, PeakBytes: 0);

    private static TrialResult Result(Measured[] own, Measured[] peer, string? failure = null) => new(
        new Trial("trial", VolumeRecipe.Ntfs(quick: true), [], []),
        Used,
        new Dictionary<string, Samples> { ["own"] = new(own, failure), ["peer"] = new(peer) });
}
