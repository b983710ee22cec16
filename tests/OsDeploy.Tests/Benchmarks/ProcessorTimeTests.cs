using OsDeploy.Benchmarks.Machine;
using Xunit;

namespace OsDeploy.Tests.Benchmarks;

public sealed class ProcessorTimeTests
{
    [Theory]
    [InlineData("7 (osdeploy) S 1 7 7 0 -1 4194560 900 0 0 0 250 50 30 20 20 0 9 0 100", 3.5)]
    [InlineData("7 (a name) R 9 9 (x) S 1 7 7 0 -1 4194560 900 0 0 0 1 2 3 4 20 0 9 0 100", 0.1)]
    public void Own_time_and_that_of_ended_children_is_summed(string stat, double seconds) => Assert.Equal(seconds, ProcessorTime.Parse(stat), 6);

    [Fact]
    public void Programs_that_are_gone_count_nothing() => Assert.Equal(0, ProcessorTime.SecondsOf([int.MaxValue]));
}
