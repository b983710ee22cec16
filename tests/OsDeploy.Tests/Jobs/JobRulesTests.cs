using OsDeploy.Api.Agents;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Jobs;
using Xunit;

namespace OsDeploy.Tests.Jobs;

public sealed class JobRulesTests
{
    [Theory]
    [InlineData(JobKind.Restore, true, true, JobState.Waiting)]
    [InlineData(JobKind.Restore, false, true, JobState.NeedsDisk)]
    [InlineData(JobKind.Restore, false, false, JobState.Waiting)]
    [InlineData(JobKind.Reboot, false, true, JobState.Waiting)]
    public void A_job_opens_for_its_host_or_for_somebody_to_name_a_disk(JobKind kind, bool isBound, bool isMet, JobState expected)
    {
        var job = SampleJobs.Of(JobState.Scheduled, kind) with { WindowLeft = 1 };
        var opened = JobRules.Open(isBound ? job : job with { Disks = [] }, isMet);
        Assert.Equal((expected, 3600d), (opened.State, opened.WindowLeft));
    }

    [Fact]
    public void Every_claim_raises_the_fence()
    {
        var first = JobRules.Claim(SampleJobs.Of(), "a1", SampleJobs.Now);
        var second = JobRules.Claim(first, "a2", SampleJobs.Now.AddMinutes(5));
        Assert.Equal((1, 2), (first.Fence, second.Fence));
        Assert.Equal(("a2", SampleJobs.Now), (second.Agent, second.StartedAt!.Value));
    }

    [Theory]
    [InlineData(JobState.Waiting, false, JobOutcome.Skipped)]
    [InlineData(JobState.NeedsDisk, false, JobOutcome.Skipped)]
    [InlineData(JobState.Scheduled, false, JobOutcome.Skipped)]
    [InlineData(JobState.Frozen, true, JobOutcome.Failed)]
    public void Cancelling_what_does_not_run_ends_it_at_once(JobState state, bool wasStarted, JobOutcome outcome)
    {
        var job = JobRules.Cancel(SampleJobs.Of(state) with { StartedAt = wasStarted ? SampleJobs.Now : null, Phase = "write" }, "anna", SampleJobs.Now);
        Assert.Equal((JobState.Ended, outcome, "cancelled"), (job.State, job.Outcome, job.Fault!.Code));
    }

    [Fact]
    public void Cancelling_a_running_job_lets_it_reach_a_safe_point()
    {
        var job = JobRules.Cancel(JobRules.Claim(SampleJobs.Of(), "a1", SampleJobs.Now), "anna", SampleJobs.Now);
        Assert.Equal((JobState.Running, true), (job.State, job.IsCancelling));
    }

    [Fact]
    public void An_ended_job_cannot_be_cancelled_into_something_else()
    {
        var done = JobRules.End(JobRules.Claim(SampleJobs.Of(), "a1", SampleJobs.Now), new JobEnd(JobOutcome.Verified, null, null, null), SampleJobs.Now);
        Assert.Same(done, JobRules.Cancel(done, "anna", SampleJobs.Now));
    }

    [Theory]
    [InlineData(JobState.Running, true, JobOutcome.Failed, "agent-silent")]
    [InlineData(JobState.Frozen, true, JobOutcome.Failed, "agent-silent")]
    [InlineData(JobState.Waiting, false, JobOutcome.Skipped, "host-not-met")]
    [InlineData(JobState.NeedsDisk, false, JobOutcome.Skipped, "disk-not-chosen")]
    public void A_window_that_is_over_ends_the_job_by_name(JobState state, bool wasStarted, JobOutcome outcome, string code)
    {
        var job = JobRules.Expire(SampleJobs.Of(state) with { StartedAt = wasStarted ? SampleJobs.Now : null, Phase = "write" }, SampleJobs.Now);
        Assert.Equal((JobState.Ended, outcome, code), (job.State, job.Outcome, job.Fault!.Code));
    }

    [Fact]
    public void A_failure_always_has_a_reason_and_a_success_never()
    {
        var running = JobRules.Claim(SampleJobs.Of(), "a1", SampleJobs.Now);
        Assert.Equal("no-reason", JobRules.End(running, new JobEnd(JobOutcome.Failed, null, null, null), SampleJobs.Now).Fault?.Code);
        var fault = new JobFault("write", "x", "y", "z");
        Assert.Null(JobRules.End(running, new JobEnd(JobOutcome.Verified, fault, null, null), SampleJobs.Now).Fault);
        Assert.Equal(JobOutcome.Failed, JobRules.End(running, new JobEnd(JobOutcome.Skipped, fault, null, null), SampleJobs.Now).Outcome);
    }

    [Fact]
    public void Trying_again_begins_anew_and_keeps_the_fence()
    {
        var failed = JobRules.Fail(JobRules.Claim(SampleJobs.Of(), "a1", SampleJobs.Now) with { IsCancelling = true }, new JobFault("write", "x", "y", "z"), SampleJobs.Now);
        var again = JobRules.Retry(failed);
        Assert.Equal((JobState.Waiting, 1L, false), (again.State, again.Fence, again.IsCancelling));
        Assert.Null(again.Outcome);
        Assert.Null(again.Fault);
        Assert.Null(again.EndedAt);
        Assert.Null(again.StartedAt);
    }
}
