using OsDeploy.Benchmarks.Rooms;
using Xunit;

namespace OsDeploy.Tests.Benchmarks;

public sealed class PollTimesTests
{
    [Theory]
    [InlineData(100, 0.99, 99)]
    [InlineData(100, 0.5, 50)]
    [InlineData(101, 0.99, 100)]
    [InlineData(10, 0.99, 10)]
    [InlineData(1, 0.5, 1)]
    public void A_percentile_is_the_time_that_so_many_polls_stayed_within(int polls, double share, double expected)
    {
        var times = new PollTimes();
        foreach (var milliseconds in Enumerable.Range(1, polls).Reverse())
        {
            times.Add(TimeSpan.FromMilliseconds(milliseconds));
        }

        Assert.Equal(expected, times.Percentile(share));
    }

    [Fact]
    public void Without_a_poll_there_is_no_time() => Assert.Equal((0, 0.0), (new PollTimes().Count, new PollTimes().Percentile(0.99)));
}
