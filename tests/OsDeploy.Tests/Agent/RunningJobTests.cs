using System.Text.Json;
using OsDeploy.Agent;
using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Jobs;
using Xunit;

namespace OsDeploy.Tests.Agent;

public sealed class RunningJobTests
{
    [Fact]
    public void A_report_is_never_more_than_a_server_takes_and_the_end_comes_behind_the_last_line()
    {
        using var job = Job(fence: 1);
        for (var i = 0; i < 500; i++)
        {
            job.Log.Say(new string('ä', 1000));
            job.Progress.Warn(new string('ö', 1000));
        }

        var end = new JobEnd(JobOutcome.Verified, null, null, null);
        var (reports, lines) = (0, 0);
        for (var isLast = false; !isLast; reports++)
        {
            var report = job.NextReport(end);
            Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(report, ApiJson.Default.JobReport).Length, 1, ApiLimits.MaxJson);
            Assert.Equal(lines + 1, report.FirstLine);
            lines += report.Log.Count;
            job.Log.Acknowledge(report.FirstLine, report.Log.Count);
            isLast = report.End is not null;
        }

        Assert.True(reports > 1);
        Assert.Equal(500, lines);
    }

    [Fact]
    public void The_lines_of_each_lease_have_numbers_above_those_of_the_one_before()
    {
        var firsts = Enumerable.Range(1, 20).Select(fence =>
        {
            using var job = Job(fence);
            return job.NextReport(null).FirstLine;
        }).ToList();

        Assert.Equal(1, firsts[0]);
        Assert.All(firsts.Zip(firsts.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 250));
        Assert.True(firsts[^1] < 5000);
    }

    [Fact]
    public void Lines_that_no_server_has_heard_go_on_under_a_new_lease()
    {
        using var job = Job(fence: 1);
        job.Log.Say("one");
        job.Log.Say("two");
        job.Log.Acknowledge(1, 1);

        job.Adopt(AgentLoopTests.Order(JobKind.Hold) with { Fence = 2 });

        var report = job.NextReport(null);
        Assert.Equal((2, 251), (report.Fence, report.FirstLine));
        Assert.Equal(["two"], report.Log);
    }

    [Fact]
    public void A_phase_is_said_when_it_is_over()
    {
        using var job = Job(fence: 1);
        job.Progress.Begin("compare", 100).Add(50);
        Assert.Empty(job.NextReport(null).Log);
        job.Progress.Begin("write", 100);

        Assert.Equal(["compare: 0:00, 50 B"], job.NextReport(null).Log);
    }

    private static RunningJob Job(long fence) =>
        new(AgentLoopTests.Order(JobKind.Hold) with { Fence = fence }, isResumed: false, _ => { }, TimeProvider.System, TestContext.Current.CancellationToken);
}
