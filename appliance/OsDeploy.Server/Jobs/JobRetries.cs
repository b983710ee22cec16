using System.Globalization;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Appliance;

namespace OsDeploy.Server.Jobs;

/// <summary>Tries jobs again by themselves, as the setting allows, and says so. A host that fails twice alike is an alarm.</summary>
internal sealed class JobRetries(JobBoard board, JobSettingsBook settings, Alarms alarms, TimeProvider time)
{
    /// <summary>A host failed at the same step for the same reason again.</summary>
    public const string Alarm = "job-fails-alike";

    private const int AlikeForAlarm = 2;

    /// <summary>For the end of a rule: what becomes of a job that has just ended. A try that follows keeps the lease of its host all the while.</summary>
    public Job Decide(Job ended)
    {
        if (ended is not { State: JobState.Ended, Outcome: JobOutcome.Failed, Fault: { } fault })
        {
            return ended;
        }

        var (before, count) = ended.LastFault is { } last ? (last, ended.Alike) : FailureBefore(ended);
        var counted = ended with { Alike = before is not null && RetryRule.AreAlike(before, fault) ? count + 1 : 1 };
        var most = settings.Current.Retries;
        return RetryRule.DelayOf(counted, most) is { } delay ? JobRules.RetryLater(counted, delay, most, time.GetUtcNow()) : counted;
    }

    /// <summary>Says what was decided, once it is kept.</summary>
    public void Tell(Job job)
    {
        var waits = JobRules.WaitsToRetry(job);
        if (job.Outcome == JobOutcome.Verified)
        {
            alarms.Dismiss($"{Alarm}-{job.Host}");
            alarms.Dismiss($"{JobFaults.Silent(job).Code}-{job.Host}");
        }

        if ((waits ? job.LastFault : job.Outcome == JobOutcome.Failed ? job.Fault : null) is not { } fault)
        {
            return;
        }

        if (waits)
        {
            board.Log.Note(job.Id, $"It failed at {fault.Step}: {fault.Message} {AttemptOf(job)} begins by itself in {job.WindowLeft.ToString("0", CultureInfo.InvariantCulture)} s.");
        }

        if (job.Alike >= AlikeForAlarm)
        {
            alarms.Raise(
                Alarm,
                string.Create(CultureInfo.InvariantCulture, $"{job.HostName} has failed {job.Alike} times in a row at {fault.Step} for the same reason: {fault.Message}"),
                fault.Hint,
                job.Host,
                job.Id);
        }
    }

    /// <summary><c>Attempt 2 of 3</c></summary>
    public static string AttemptOf(Job job) => string.Create(CultureInfo.InvariantCulture, $"Attempt {job.Retries + 1} of {job.MostRetries + 1}");

    private (JobFault? Fault, int Count) FailureBefore(Job ended) =>
        board.OfHost(ended.Host).FirstOrDefault(job => job.Id != ended.Id && job.State == JobState.Ended) is { Outcome: JobOutcome.Failed } before ? (before.Fault, Math.Max(1, before.Alike)) : (null, 0);
}
