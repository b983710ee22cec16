using OsDeploy.Api;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Cli.Verbs.Jobs;

internal sealed class JobCancelVerb(Session session) : JobsVerb(
    session,
    "cancel",
    "Stop jobs: one that waits never begins, one that runs stops at its next safe point.",
    "job cancel 42",
    "job cancel --batch 12")
{
    protected override ApiRoute<Nothing, JobView> Route => JobApi.Cancel;

    protected override bool Concerns(Job job) => job.State != JobState.Ended;
}
