using OsDeploy.Api;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Cli.Verbs.Jobs;

internal sealed class JobRetryVerb(Session session) : JobsVerb(
    session,
    "retry",
    "Try jobs again that failed, were skipped or are frozen. A restore goes on where it was: what is right already is not written again.",
    "job retry 42",
    "job retry --batch 12")
{
    protected override ApiRoute<Nothing, JobView> Route => JobApi.Retry;

    protected override bool Concerns(Job job) => job is { State: JobState.Frozen } or { State: JobState.Scheduled, Retries: > 0 } or { Outcome: JobOutcome.Failed or JobOutcome.Skipped };
}
