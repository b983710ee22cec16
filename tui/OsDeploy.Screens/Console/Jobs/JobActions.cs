using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Jobs;

/// <summary>What can be done with jobs that were started.</summary>
internal static class JobActions
{
    public static bool CanCancel(Job job) => job.State != JobState.Ended;

    /// <summary>A restore goes on where it was: what is right on the disk is not written again. One that is tried again by itself need not be waited for.</summary>
    public static bool CanRetry(Job job) => job is { State: JobState.Frozen } or { State: JobState.Scheduled, Retries: > 0 } or { Outcome: JobOutcome.Failed or JobOutcome.Skipped };

    public static bool CanChooseDisks(Job job) => job.State == JobState.NeedsDisk;

    /// <param name="jobs">Those it does not concern are left alone.</param>
    public static FormModel Cancel(ConsoleContext context, IReadOnlyList<JobView> jobs) =>
        Form(context, [.. jobs.Where(view => CanCancel(view.Job))], JobApi.Cancel, "cancel", Words.Jobs.CancelTitle, Words.Jobs.CancelJobs, Words.Jobs.CancelMeaning, isDestructive: true);

    /// <inheritdoc cref="Cancel"/>
    public static FormModel Retry(ConsoleContext context, IReadOnlyList<JobView> jobs) =>
        Form(context, [.. jobs.Where(view => CanRetry(view.Job))], JobApi.Retry, "retry", Words.Jobs.RetryTitle, Words.Common.Retry, Words.Jobs.RetryMeaning, isDestructive: jobs.Any(view => CanRetry(view.Job) && JobText.IsDestructive(view.Job.Kind)));

    private static FormModel Form(
        ConsoleContext context, IReadOnlyList<JobView> jobs, ApiRoute<Nothing, JobView> route, string verb, string title, string label, string meaning, bool isDestructive) => new(
        title,
        [
            new InfoEntry("jobs", () => string.Join(", ", jobs.Select(view => view.Job.HostName)), Words.Hosts.Meant) { IsLong = true },
            new InfoEntry("meaning", () => meaning),
        ],
        new FormAction(verb, label, cancel => Several.RunAsync(jobs, view => view.Job.HostName, view => context.Session.CallAsync(route, cancel, view.Job.Id))) { IsDestructive = isDestructive })
    {
        Rule = () => jobs.Count == 0 ? Words.Jobs.NoneConcerned : null,
        Equivalent = () => jobs.Count == 0 ? [] : [new CommandLine(["job", verb, .. jobs.Select(view => JobText.NumberOf(view.Job.Id))])],
    };

    /// <summary>What may be done for a host whose job failed, the likeliest first.</summary>
    public static IReadOnlyList<Choice> Remedies(Job job) => job.Outcome != JobOutcome.Failed ? [] :
    [
        new Choice("retry", job.Kind == JobKind.Restore ? Words.Jobs.RemedyResume : Words.Jobs.RemedyRetry),
        .. job.Kind == JobKind.Restore ? [new Choice("again", Words.Jobs.RemedyAgain)] : Array.Empty<Choice>(),
        new Choice("hold", Words.Jobs.RemedyHold),
        new Choice("leave", Words.Jobs.RemedyLeave),
    ];

    /// <summary>Why a job failed, at which step, and what to do about it.</summary>
    public static string FaultOf(Job job) => job.Fault is { } fault ? Language.Fill(Words.Jobs.FaultText, fault.Message, fault.Hint, fault.Step, fault.Code) : "";
}
