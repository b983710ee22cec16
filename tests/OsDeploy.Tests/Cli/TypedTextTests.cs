using OsDeploy.Api.Accounts;
using OsDeploy.Api.Jobs;
using OsDeploy.Cli;
using Xunit;

namespace OsDeploy.Tests.Cli;

/// <summary>Lists, times and words as people type them.</summary>
public sealed class TypedTextTests
{
    // 2026-11-20 09:00 on the clock on the wall.
    private static readonly ZonedTime s_clock = new(new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(1));

    [Theory]
    [InlineData("52:54:00:12:34:56 52-54-00-12-34-57\n5254.0012.3458;525400123459")]
    [InlineData("\"52:54:00:12:34:56\",\t'52:54:00:12:34:57' | 52:54:00:12:34:58\r\n52:54:00:12:34:59, 52-54-00-12-34-56")]
    public void Pasted_addresses_are_found_whatever_stands_between_them(string pasted) => Assert.Equal(
        ["52:54:00:12:34:56", "52:54:00:12:34:57", "52:54:00:12:34:58", "52:54:00:12:34:59"],
        MacList.Parse(pasted).Select(mac => mac.ToString()));

    [Fact]
    public void What_is_no_address_is_named() =>
        Assert.Contains("\"52:54:00:12:34\"", Assert.Throws<UserErrorException>(() => MacList.Parse("52:54:00:12:34:56 52:54:00:12:34")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("22:30", "2026-11-20T21:30:00Z")]
    [InlineData("9:01", "2026-11-20T08:01:00Z")]
    [InlineData("09:00", "2026-11-21T08:00:00Z")]
    [InlineData("7:00", "2026-11-21T06:00:00Z")]
    [InlineData("2026-11-23T06:00", "2026-11-23T05:00:00Z")]
    [InlineData("2026-11-23 06:00", "2026-11-23T05:00:00Z")]
    [InlineData("2026-11-23T06:00Z", "2026-11-23T06:00:00Z")]
    [InlineData("2026-11-23T06:00:30+02:00", "2026-11-23T04:00:30Z")]
    public void A_time_is_the_next_one_on_the_wall(string typed, string moment) =>
        Assert.Equal(DateTimeOffset.Parse(moment, null), StartTime.Parse(typed, s_clock));

    [Theory]
    [InlineData("24:00")]
    [InlineData("tomorrow")]
    [InlineData("2026-11-20T08:59")]
    [InlineData("2026-02-30T08:00")]
    public void A_time_that_is_none_or_past_is_refused(string typed) =>
        Assert.Equal("usage-time", Assert.Throws<UserErrorException>(() => StartTime.Parse(typed, s_clock)).Code);

    [Fact]
    public void Every_kind_of_job_has_a_word_that_is_read_back() => Assert.All(Enum.GetValues<JobKind>(), kind =>
    {
        Assert.Matches("^[a-z]+(-[a-z]+)*$", JobKinds.Of(kind));
        Assert.True(JobKinds.TryParse(JobKinds.Of(kind), out var read));
        Assert.Equal(kind, read);
    });

    [Fact]
    public void Every_role_has_a_word_that_is_read_back() => Assert.All(Enum.GetValues<Role>(), role =>
    {
        Assert.True(Words.TryParse<Role>(Words.Of(role), out var read));
        Assert.Equal(role, read);
    });

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("viewer,admin")]
    [InlineData("root")]
    public void What_is_no_word_is_refused(string text) => Assert.False(Words.TryParse<Role>(text, out _));

    private sealed class ZonedTime(DateTimeOffset now, TimeSpan offset) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("school", offset, "school", "school");

        public override DateTimeOffset GetUtcNow() => now;
    }
}
