using OsDeploy.Screens.Console.Jobs;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

public sealed class StartTimeTests
{
    private static readonly TimeZoneInfo s_zone = TimeZoneInfo.CreateCustomTimeZone("school", TimeSpan.FromHours(1), "school", "school");

    [Theory]
    [InlineData("", null)]
    [InlineData("22:30", "2026-11-21T22:30")]
    [InlineData("7:30", "2026-11-22T07:30")]
    [InlineData("2026-12-01 06:00", "2026-12-01T06:00")]
    [InlineData("2026-12-01T06:00", "2026-12-01T06:00")]
    public void A_time_is_the_next_one_that_is_meant(string text, string? expected)
    {
        Assert.True(StartTime.TryParse(text, SampleSchool.Now, s_zone, out var at));
        Assert.Equal(expected, StartTime.ArgumentOf(at, s_zone));
    }

    [Theory]
    [InlineData("tonight")]
    [InlineData("25:00")]
    [InlineData("2026-11-20 06:00")]
    public void What_is_no_time_or_is_over_is_refused(string text) => Assert.False(StartTime.TryParse(text, SampleSchool.Now, s_zone, out _));
}
