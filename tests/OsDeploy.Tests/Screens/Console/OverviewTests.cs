using OsDeploy.Screens.Console;
using OsDeploy.Screens.Console.Overview;
using OsDeploy.Screens.Session;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

public sealed class OverviewTests
{
    private static IReadOnlyList<OverviewLine> Lines => OverviewText.Of(SampleSchool.Small, SampleSchool.ListOf(SampleSchool.Small).Rows);

    [Fact]
    public void What_needs_a_person_comes_first_and_every_line_opens_something()
    {
        Assert.Equal(
            [
                "! A second computer claims r101-pc02.",
                "! 2 computers wait for registration",
                "! Batch 1: Restore, by anna: 1 running, 1 need a person, 1 failed; 5 B/s, 0:15 left",
                "! 1: failed",
                "! 1: which disk?",
                "> 1: working",
                "  1: blocked",
                "  1: ready",
                "! 1 host without a configuration",
                "  6 hosts in all",
                "  2 computer configurations",
                "  Store: 300 GiB free, versions: 3",
            ],
            Lines.Select(line => $"{line.Sign} {line.Text}"));
        Assert.All(Lines, line => Assert.NotNull(line.Target));
        Assert.Equal(Lines.Count, Lines.Select(line => line.Id).Distinct().Count());
    }

    [Fact]
    public void A_line_about_hosts_opens_just_those()
    {
        var rows = SampleSchool.ListOf(SampleSchool.Small).Rows;
        var failed = Assert.IsType<OpenHosts>(Lines.Single(line => line.Id == "hosts-Failed").Target);

        Assert.Equal("r101-pc02", rows.Single(failed.Filter.Fits).Name);
    }

    [Fact]
    public void An_appliance_nobody_has_heard_yet_has_an_overview_too() => Assert.Equal(
        ["0 hosts in all", "0 computer configurations"], OverviewText.Of(Snapshot.Empty, []).Select(line => line.Text));

    [Fact]
    public void The_header_says_whose_appliance_it_is_and_whether_it_answers()
    {
        var now = SampleSchool.Small;
        Assert.Equal("school  https://10.0.0.2:7443", ConsoleHeader.Left(now));
        Assert.Equal("! 1 alarm  2 jobs  300 GiB free  07:40", ConsoleHeader.Right(now, null, SampleSchool.Now, TimeZoneInfo.Utc));
        Assert.StartsWith("! no answer since 07:39", ConsoleHeader.Right(now with { LostSince = SampleSchool.Now.AddMinutes(-1) }, null, SampleSchool.Now, TimeZoneInfo.Utc), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, "now")]
    [InlineData(60 * 12, "12 min")]
    [InlineData(60 * 60 * 3, "3 h")]
    [InlineData(60 * 60 * 24, "1 day")]
    [InlineData(60 * 60 * 24 * 5, "5 days")]
    public void A_time_is_as_long_ago_as_a_column_has_room_for(int seconds, string expected) =>
        Assert.Equal(expected, Times.Ago(SampleSchool.Now.AddSeconds(-seconds), SampleSchool.Now));
}
