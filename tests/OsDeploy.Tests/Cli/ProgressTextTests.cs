using OsDeploy.Cli.Progress;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class ProgressTextTests
{
    private const long GiB = 1L << 30;

    private static readonly ProgressReading s_half = new("capture", 3 * GiB / 2, 3 * GiB, TimeSpan.FromSeconds(5), 300 << 20, "disk");

    [Fact]
    public void A_terminal_shows_phase_bar_percent_rate_time_left_and_bottleneck() =>
        Assert.Equal("capture   [##########          ]   50 %   300 MiB/s  0:05 left  limit: disk", ProgressText.ForTerminal(s_half, 80));

    [Fact]
    public void A_narrow_terminal_loses_the_bar_and_never_wraps()
    {
        var line = ProgressText.ForTerminal(s_half, 40);

        Assert.Equal("capture    50 %   300 MiB/s  0:05 left ", line);
        Assert.True(line.Length < 40);
    }

    [Fact]
    public void A_log_line_says_how_much_of_how_much() =>
        Assert.Equal("capture: 50 %, 1.50 GiB of 3.00 GiB, 300 MiB/s, 0:05 left, limit: disk", ProgressText.ForLog(s_half));

    [Fact]
    public void Without_a_total_there_is_neither_percent_nor_time_left() =>
        Assert.Equal("map: 1.50 GiB, 0:05, 300 MiB/s, limit: cpu", ProgressText.ForLog(s_half with { Phase = "map", Total = 0, Bottleneck = "cpu" }));

    [Fact]
    public void Before_anything_moved_only_the_time_is_shown() =>
        Assert.Equal("preflight: 0 B, 0:02", ProgressText.ForLog(new ProgressReading("preflight", 0, 0, TimeSpan.FromSeconds(2), null, "disk")));

    [Theory]
    [InlineData(0, 100, 0)]
    [InlineData(999, 1000, 99)]
    [InlineData(1000, 1000, 100)]
    [InlineData(2000, 1000, 100)]
    public void One_hundred_percent_means_all_of_it(long done, long total, int percent) =>
        Assert.Equal(percent, (s_half with { Done = done, Total = total }).Percent);

    [Fact]
    public void A_stalled_job_promises_no_end() => Assert.Null((s_half with { Rate = 0.001 }).Left);
}
