using OsDeploy.Api.Jobs;
using OsDeploy.Server.Jobs;
using Xunit;

namespace OsDeploy.Tests.Jobs;

public sealed class JobClockTests
{
    [Theory]
    [InlineData(JobState.Scheduled, true)]
    [InlineData(JobState.Ended, false)]
    [InlineData(JobState.Waiting, false)]
    [InlineData(JobState.Frozen, false)]
    public void Only_a_job_that_still_waits_for_its_time_is_opened(JobState state, bool isOpened) =>
        Assert.Equal(isOpened, JobClock.OpenIfScheduled(SampleJobs.Of(state), isMet: true) is not null);
}
