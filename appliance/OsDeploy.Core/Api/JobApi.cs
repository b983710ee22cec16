using OsDeploy.Api.Accounts;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Api;

/// <summary>Batches and jobs.</summary>
public static class JobApi
{
    private const string Root = "/api/v1";

    /// <summary>Long enough for the hooks that run before it.</summary>
    internal static TimeSpan StartPatience { get; } = TimeSpan.FromMinutes(6);

    /// <summary>Previews or starts. 409 <c>count-not-confirmed</c>, <c>hook-refused</c>; 403 for hosts outside the operator's rooms.</summary>
    public static ApiRoute<BatchRequest, BatchAnswer> Start { get; } =
        new("POST", Root + "/batches", Access.Of(Right.StartRestores), ApiJson.Default.BatchRequest, ApiJson.Default.BatchAnswer) { Patience = StartPatience };

    /// <summary>Newest first; query <c>count</c> (50, up to 1000).</summary>
    public static ApiRoute<Nothing, IReadOnlyList<BatchView>> ListBatches { get; } =
        new("GET", Root + "/batches", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListBatchView);

    /// <summary>Newest first; query <c>batch</c>, <c>host</c> (a name), <c>active</c> (<c>true</c>), <c>count</c> (200, up to 1000).</summary>
    public static ApiRoute<Nothing, IReadOnlyList<JobView>> List { get; } =
        new("GET", Root + "/jobs", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListJobView);

    public static ApiRoute<Nothing, JobView> Show { get; } =
        new("GET", Root + "/jobs/{job}", Access.Of(Right.View), null, ApiJson.Default.JobView);

    /// <summary>How far the running jobs are: what changes every second, and nothing else.</summary>
    public static ApiRoute<Nothing, IReadOnlyList<JobPulse>> ListProgress { get; } =
        new("GET", Root + "/progress", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListJobPulse);

    /// <summary>Oldest first; query <c>after</c>: only lines with a greater number.</summary>
    public static ApiRoute<Nothing, IReadOnlyList<JobLogLine>> Log { get; } =
        new("GET", Root + "/jobs/{job}/log", Access.Of(Right.View), null, ApiJson.Default.IReadOnlyListJobLogLine);

    /// <summary>A waiting job ends as skipped, a running one stops at its next safe point.</summary>
    public static ApiRoute<Nothing, JobView> Cancel { get; } =
        new("POST", Root + "/jobs/{job}/cancel", Access.Of(Right.StartRestores), null, ApiJson.Default.JobView);

    /// <summary>Opens the window again for a failed, skipped or frozen job. 409 <c>host-has-job</c>.</summary>
    public static ApiRoute<Nothing, JobView> Retry { get; } =
        new("POST", Root + "/jobs/{job}/retry", Access.Of(Right.StartRestores), null, ApiJson.Default.JobView);

    public static ApiRoute<DiskChoice, JobView> ChooseDisks { get; } =
        new("PUT", Root + "/jobs/{job}/disks", Access.Of(Right.StartRestores), ApiJson.Default.DiskChoice, ApiJson.Default.JobView);

    /// <summary>An operator has compared: the computer with these words on its screen is the job's host. 409 <c>pairing-nobody</c>, <c>pairing-words</c>.</summary>
    public static ApiRoute<Pairing, JobView> Pair { get; } =
        new("POST", Root + "/jobs/{job}/pair", Access.Of(Right.StartRestores), ApiJson.Default.Pairing, ApiJson.Default.JobView);

    public static ApiRoute<Nothing, JobSettings> Settings { get; } =
        new("GET", Root + "/job-settings", Access.Of(Right.View), null, ApiJson.Default.JobSettings);

    /// <summary>Holds for jobs that fail from now on. Answers what holds.</summary>
    public static ApiRoute<JobSettings, JobSettings> ChangeSettings { get; } =
        new("PUT", Root + "/job-settings", Access.Of(Right.Administer), ApiJson.Default.JobSettings, ApiJson.Default.JobSettings);

    public static IReadOnlyList<ApiRoute> All { get; } = [Start, ListBatches, List, Show, ListProgress, Log, Cancel, Retry, ChooseDisks, Pair, Settings, ChangeSettings];
}
