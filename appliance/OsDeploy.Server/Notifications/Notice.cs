using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Jobs;
using OsDeploy.Text;

namespace OsDeploy.Server.Notifications;

/// <summary>One thing that somebody is told. Every text in it is printable: there is no end of a line in it.</summary>
/// <param name="Kind"><c>alarm</c>, <c>batch</c> or <c>test</c>.</param>
/// <param name="Id">Of the alarm or batch.</param>
/// <param name="Hint">What to do; empty: nothing.</param>
internal sealed record Notice(string Kind, string Id, DateTimeOffset At, string Code, string Text, string Hint)
{
    private const int Widest = 500;

    public static Notice Of(Alarm alarm) =>
        new("alarm", Printable.Of(alarm.Id), alarm.At, Printable.Of(alarm.Code), Printable.Of(alarm.Message, Widest), Printable.Of(alarm.Hint, Widest));

    public static Notice Of(Batch batch, IReadOnlyList<Job> jobs)
    {
        int Ended(JobOutcome outcome) => jobs.Count(job => job.Outcome == outcome);
        var number = batch.Id.TrimStart('0');
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Batch {number} ({ApiWord.Of(batch.Kind)}, by {batch.CreatedBy}) has ended: {Ended(JobOutcome.Verified)} verified, {Ended(JobOutcome.Failed)} failed, {Ended(JobOutcome.Skipped)} skipped.");
        var hint = Ended(JobOutcome.Failed) > 0 ? "`osdeploy job list --batch " + number + "` says which and why." : "";
        return new Notice("batch", number, batch.EndedAt!.Value, "batch-ended", Printable.Of(text, Widest), hint);
    }

    public static Notice OfTest(DateTimeOffset now, string by) => new("test", "test", now, "notification-test", $"This is a test, asked for by {Printable.Of(by)}. Nothing is wrong.", "");
}
