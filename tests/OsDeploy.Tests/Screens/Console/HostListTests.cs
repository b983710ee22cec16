using System.Diagnostics;
using System.Globalization;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Screens.Console.Jobs;
using OsDeploy.Screens.Words;
using OsDeploy.Tests.Jobs;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

public sealed class HostListTests
{
    [Theory]
    [InlineData("r101-pc01", "o ready")]
    [InlineData("r101-pc02", "! failed")]
    [InlineData("r101-pc03", "> writing")]
    [InlineData("r102-pc01", "x blocked")]
    [InlineData("r102-pc02", "- not seen")]
    [InlineData("office", "? which disk?")]
    public void A_state_is_a_sign_and_a_word(string name, string state) =>
        Assert.Equal(state, SampleSchool.ListOf(SampleSchool.Small).Rows.Single(row => row.Name == name).State);

    [Fact]
    public void What_is_tried_again_by_itself_says_when_and_why()
    {
        var at = new DateTimeOffset(2026, 11, 22, 8, 12, 0, TimeSpan.Zero);
        var job = SampleJobs.Of(JobState.Scheduled) with { Retries = 1, MostRetries = 2, StartAt = at, LastFault = new JobFault("write", "store-unreachable", "The store did not answer.", "") };
        var row = new BatchRow(new JobView(job, null, null, "attempt"), TimeZoneInfo.Utc);

        Assert.Equal((". again, try 2 of 3", "again by itself at 08:12; before: The store did not answer."), (row.State, row.Result));
        Assert.True(JobActions.CanRetry(job) && JobActions.CanCancel(job) && row.IsActive);
        Assert.False(JobActions.CanRetry(job with { Retries = 0 }));
    }

    [Fact]
    public void What_runs_says_how_far_how_fast_and_how_long()
    {
        var row = SampleSchool.ListOf(SampleSchool.Small).Rows.Single(row => row.Name == "r101-pc03");

        Assert.Equal((0.25, "5 B/s", TimeSpan.FromSeconds(15)), (row.Fraction, row.Rate, row.Left));
        Assert.True(SampleSchool.ListOf(SampleSchool.Small).Rows.Single(row => row.Name == "r101-pc01").IsMaster);
    }

    [Theory]
    [InlineData("", "office r101-pc01 r101-pc02 r101-pc03 r102-pc01 r102-pc02")]
    [InlineData("PC01", "r101-pc01 r102-pc01")]
    [InlineData("r101 fail", "r101-pc02")]
    [InlineData("window", "r102-pc02")]
    [InlineData("linux", "office")]
    [InlineData("02:00:00:00:00:04", "r102-pc01")]
    [InlineData("nothing at all", "")]
    public void What_is_typed_must_stand_on_the_line(string typed, string expected)
    {
        var list = SampleSchool.ListOf(SampleSchool.Small);
        list.Search = typed;

        Assert.Equal(expected, string.Join(' ', list.Rows.Select(row => row.Name)));
    }

    [Theory]
    [InlineData("trouble", "office r101-pc02")]
    [InlineData("without", "r102-pc02")]
    [InlineData("room", "r101-pc01 r101-pc02 r101-pc03")]
    [InlineData("configuration", "office")]
    [InlineData("masters", "r101-pc01")]
    public void A_filter_is_about_some_hosts(string filter, string expected)
    {
        var list = SampleSchool.ListOf(SampleSchool.Small);
        list.Filter = filter switch
        {
            "trouble" => HostFilter.Trouble,
            "without" => HostFilter.WithoutConfiguration,
            "room" => HostFilter.OfRoom("R101"),
            "masters" => HostFilter.Masters,
            _ => HostFilter.OfConfiguration("linux"),
        };

        Assert.Equal(expected, string.Join(' ', list.Rows.Select(row => row.Name)));
    }

    [Fact]
    public void Every_column_sorts_both_ways_and_names_decide_where_it_is_equal()
    {
        foreach (var column in Enum.GetValues<HostColumn>())
        {
            var list = SampleSchool.ListOf(SampleSchool.Small);
            if (column != HostColumn.Name)
            {
                list.Sort(column);
            }

            var up = list.Rows.Select(row => row.Name).ToList();
            list.Sort(column);
            Assert.Equal(up.AsEnumerable().Reverse(), list.Rows.Select(row => row.Name));
        }

        var byState = SampleSchool.ListOf(SampleSchool.Small);
        byState.Sort(HostColumn.State);
        Assert.Equal(["r101-pc02", "office", "r101-pc03"], byState.Rows.Take(3).Select(row => row.Name));
    }

    [Fact]
    public void A_selection_stays_while_lines_change_and_forgets_only_who_is_gone()
    {
        var list = SampleSchool.ListOf(SampleSchool.Small);
        list.Filter = HostFilter.OfRoom("r101");
        list.ToggleShown();
        list.Search = "pc03";
        var later = SampleSchool.Small with
        {
            Hosts = SampleSchool.Small.Hosts.Where(pair => pair.Key != "h1").ToDictionary(),
            Jobs = SampleSchool.Of([], [SampleSchool.Job(2, "h3", JobState.Ended, JobOutcome.Verified)]).Jobs,
        };

        list.Update(later, SampleSchool.Now);

        Assert.Equal(["r101-pc02", "r101-pc03"], list.Selected.Select(row => row.Name).Order());
        Assert.Equal("+ verified", Assert.Single(list.Rows).State);
        list.ToggleShown();
        Assert.Equal(["r101-pc02"], list.Selected.Select(row => row.Name));
    }

    [Fact]
    public void Without_a_selection_the_line_under_the_cursor_is_meant()
    {
        var list = SampleSchool.ListOf(SampleSchool.Small);
        Assert.Equal(["office"], list.Meant("h6").Select(row => row.Name));
        Assert.Empty(list.Meant(null));
        list.Toggle("h1");
        Assert.Equal(["r101-pc01"], list.Meant("h6").Select(row => row.Name));
        Assert.Equal(1, list.IndexOf("h1"));
        Assert.Equal(-1, list.IndexOf("gone"));
    }

    [Fact]
    public void Another_language_says_the_same_with_other_words()
    {
        Language.Use(Language.German);

        Assert.Equal("! fehlgeschlagen", SampleSchool.ListOf(SampleSchool.Small).Rows.Single(row => row.Name == "r101-pc02").State);
    }

    [Fact]
    public void Ten_thousand_hosts_are_filtered_and_sorted_while_somebody_types()
    {
        var now = SampleSchool.Of(
            Enumerable.Range(1, 10_000).Select(i => SampleSchool.Host(i, $"pc{i:d5}", $"room-{i % 300}", $"config-{i % 7}")),
            Enumerable.Range(1, 200).Select(i => SampleSchool.Job(i, $"h{i}", JobState.Running, progress: new JobProgressView("write", i, 200, 5, "disk"))));
        var list = SampleSchool.ListOf(now);
        list.Sort(HostColumn.Room);
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 10; i++)
        {
            var began = Stopwatch.GetTimestamp();
            list.Search = string.Create(CultureInfo.InvariantCulture, $"room-{i} conf");
            list.Sort(i % 2 == 0 ? HostColumn.State : HostColumn.Name);
            best = Min(best, Stopwatch.GetElapsedTime(began));
        }

        Assert.NotEmpty(list.Rows);
        Assert.True(best < TimeSpan.FromMilliseconds(100), $"{best.TotalMilliseconds} ms");
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
