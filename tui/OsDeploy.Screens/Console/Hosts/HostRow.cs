using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Console.Jobs;
using OsDeploy.Screens.Session;

namespace OsDeploy.Screens.Console.Hosts;

/// <summary>One host of the table. Its id stays; everything else may be another at the next look.</summary>
/// <param name="Fraction">0 to 1; null: nothing runs, or nobody knows how much there is.</param>
internal sealed record HostRow(
    HostView View, bool IsMaster, HostCondition Condition, JobView? Job, double? Fraction, DateTimeOffset? LastSeen, string Word)
{
    public string Id => View.Host.Id;

    public string Name { get; } = View.Host.Name.ToString();

    public string Room => View.Host.Room ?? "";

    public string Configuration => View.Host.Configuration ?? "";

    public string Macs { get; } = string.Join(' ', View.Host.Identity.Macs);

    /// <summary><c>! failed</c></summary>
    public string State => $"{HostConditions.SignOf(Condition)} {Word}";

    public JobProgressView? Progress => Job is { Job.State: JobState.Running, Progress: { } progress } ? progress : null;

    public string Rate => JobText.Rate(Progress?.BytesPerSecond);

    public TimeSpan? Left => JobText.LeftOf(Progress);

    public static HostRow Of(HostView view, Snapshot snapshot, DateTimeOffset now, HashSet<string> masters)
    {
        var (host, seen) = (view.Host, snapshot.LastSeen(view.Host.Id));
        var job = snapshot.LatestJobs.GetValueOrDefault(host.Id);
        var condition = HostConditions.Of(host, job, seen, now);
        var isWorking = condition == HostCondition.Working;
        return new HostRow(
            view, masters.Contains(host.Id), condition, job, isWorking ? JobText.FractionOf(job?.Progress) : null, seen,
            isWorking ? JobText.PhaseOf(job!) : condition == HostCondition.Scheduled && job!.Job.Retries > 0 ? JobText.RetryOf(job.Job) : HostConditions.WordOf(condition));
    }

    /// <summary>Whether what somebody types stands anywhere on the line.</summary>
    public bool Has(string text) =>
        Stands(Name, text) || Stands(Room, text) || Stands(Configuration, text) || Stands(Word, text) || Stands(Macs, text)
        || Stands(View.Host.Notes, text) || Stands(View.Host.Details.Owner, text) || Stands(View.Host.Details.InventoryNumber, text) || Stands(View.Address, text);

    private static bool Stands(string? where, string text) => where?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
