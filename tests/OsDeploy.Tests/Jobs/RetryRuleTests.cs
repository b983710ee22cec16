using System.Text.RegularExpressions;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Jobs;
using OsDeploy.Tui.Tests;
using Xunit;

namespace OsDeploy.Tests.Jobs;

public sealed partial class RetryRuleTests
{
    private const string Passing = "store-unreachable";

    // Where the reasons of jobs that fail are written down.
    private static readonly string[] s_sentences =
    [
        "appliance/OsDeploy.Core/Errors.cs", "appliance/OsDeploy.Engine/Agent/AgentErrors.cs", "appliance/OsDeploy.Engine/Imaging/ImagingErrors.cs", "appliance/OsDeploy.Engine/Disks/DiskErrors.cs", "appliance/OsDeploy.Engine/Windows/WindowsErrors.cs",
        "appliance/OsDeploy.Server/Errors.cs", "appliance/OsDeploy.Server/Jobs/JobErrors.cs", "appliance/OsDeploy.Server/Jobs/JobFaults.cs",
    ];

    [Fact]
    public void Every_reason_there_is_may_pass_or_needs_a_person() =>
        Golden.Check(string.Concat(Codes.Select(code => $"{code,-28} {(RetryRule.MayPass(code) ? "may pass" : "needs a person")}\n")), "RetryRule");

    [Theory]
    [InlineData("disk-write-failed")]
    [InlineData("verify-failed")]
    [InlineData("memory-suspect")]
    [InlineData("disk-changed")]
    [InlineData("disk-too-small")]
    [InlineData("disk-in-use")]
    [InlineData("cancelled")]
    [InlineData("job-cancelled")]
    [InlineData("job-stopped")]
    [InlineData("job-declined")]
    [InlineData("lease-lost")]
    [InlineData("store-not-trusted")]
    [InlineData("store-chunk-damaged")]
    [InlineData("chunks-missing")]
    [InlineData("no-reason")]
    [InlineData("fault")]
    [InlineData("something of a later version")]
    public void What_a_person_must_look_at_is_not_tried_again(string code) => Assert.Null(RetryRule.DelayOf(Failed(code), JobSettings.MostRetries));

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(1, 0, 30)]
    [InlineData(1, 1, null)]
    [InlineData(3, 0, 30)]
    [InlineData(3, 1, 120)]
    [InlineData(3, 2, 600)]
    [InlineData(3, 3, null)]
    [InlineData(99, 3, null)]
    public void It_is_tried_as_often_as_the_setting_says_and_waits_longer_each_time(int most, int retries, int? seconds) =>
        Assert.Equal(seconds, (int?)RetryRule.DelayOf(Failed(Passing) with { Retries = retries }, most)?.TotalSeconds);

    [Theory]
    [InlineData(JobKind.Restore, true)]
    [InlineData(JobKind.Capture, true)]
    [InlineData(JobKind.ManualBackup, false)]
    [InlineData(JobKind.ManualRestore, false)]
    [InlineData(JobKind.Erase, false)]
    [InlineData(JobKind.Reboot, false)]
    [InlineData(JobKind.Hold, false)]
    [InlineData(JobKind.Heal, false)]
    public void Only_a_restore_or_a_capture_is_tried_again(JobKind kind, bool isTried) => Assert.Equal(isTried, RetryRule.DelayOf(Failed(Passing) with { Kind = kind }, 1) is not null);

    [Fact]
    public void What_has_not_failed_or_is_being_cancelled_is_not_tried_again()
    {
        Assert.Null(RetryRule.DelayOf(Failed(Passing) with { Outcome = JobOutcome.Skipped }, 3));
        Assert.Null(RetryRule.DelayOf(Failed(Passing) with { Outcome = JobOutcome.Verified }, 3));
        Assert.Null(RetryRule.DelayOf(Failed(Passing) with { IsCancelling = true }, 3));
        Assert.Null(RetryRule.DelayOf(Failed(Passing) with { State = JobState.Frozen }, 3));
    }

    [Theory]
    [InlineData("write", "store-unreachable", true)]
    [InlineData("compare", "store-unreachable", false)]
    [InlineData("write", "disk-write-failed", false)]
    public void Two_failures_are_alike_at_the_same_step_for_the_same_reason(string step, string code, bool areAlike) =>
        Assert.Equal(areAlike, RetryRule.AreAlike(new JobFault("write", "store-unreachable", "a", "b"), new JobFault(step, code, "c", "d")));

    [Fact]
    public void What_somebody_wanted_twice_is_no_cause() =>
        Assert.False(RetryRule.AreAlike(new JobFault("write", "cancelled", "a", "b"), new JobFault("write", "cancelled", "a", "b")));

    [Fact]
    public void A_try_that_follows_by_itself_has_begun_and_keeps_the_fence()
    {
        var failed = Failed(Passing) with { Fence = 4, StartedAt = SampleJobs.Now, Phase = "write", Warnings = ["x"], EndedAt = SampleJobs.Now };
        var again = JobRules.RetryLater(failed, TimeSpan.FromSeconds(30), 2, SampleJobs.Now);

        Assert.True(JobRules.WaitsToRetry(again) && JobRules.IsActive(again) && JobRules.IsOver(again));
        Assert.Equal((1, 2, 4L, Passing, "write", 30d), (again.Retries, again.MostRetries, again.Fence, again.LastFault!.Code, again.Phase, again.WindowLeft));
        Assert.Equal((SampleJobs.Now.AddSeconds(30), SampleJobs.Now, null, null), (again.StartAt, again.StartedAt, again.Outcome, again.Fault));

        var opened = JobRules.Open(again, isMet: true);
        Assert.Equal((JobState.Waiting, 3600d), (opened.State, opened.WindowLeft));
        Assert.Equal((JobOutcome.Failed, "cancelled"), (JobRules.Cancel(again, "anna", SampleJobs.Now).Outcome, JobRules.Cancel(again, "anna", SampleJobs.Now).Fault!.Code));
        Assert.Equal((JobOutcome.Failed, "agent-silent"), (JobRules.Expire(opened, SampleJobs.Now).Outcome, JobRules.Expire(opened, SampleJobs.Now).Fault!.Code));
        Assert.False(JobRules.IsOver(JobRules.Claim(opened, "a9", SampleJobs.Now)));
    }

    [Fact]
    public void A_person_who_tries_again_begins_to_count_anew()
    {
        var again = JobRules.Retry(Failed(Passing) with { Retries = 3, MostRetries = 3, Alike = 4 });

        Assert.Equal((0, Passing, 4), (again.Retries, again.LastFault!.Code, again.Alike));
    }

    // Words without a dash are names of steps.
    private static IEnumerable<string> Codes =>
        s_sentences.SelectMany(file => Code().Matches(Repository.Read(file)).Select(match => match.Groups["code"].Value)).Where(code => code.Contains('-', StringComparison.Ordinal)).Append("cancelled").Append("fault").Distinct().Order(StringComparer.Ordinal);

    private static Job Failed(string code) => SampleJobs.Of(JobState.Ended) with { Outcome = JobOutcome.Failed, Fault = new JobFault("write", code, "It broke.", "Mend it.") };

    [GeneratedRegex("""(?<=(?:new\(|,)\s*)"(?<code>[a-z]+(?:-[a-z]+)*)"(?=,\s)""")]
    private static partial Regex Code();
}
