using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Api;
using OsDeploy.Server.Hosts;

namespace OsDeploy.Server.Jobs;

/// <summary>Answers <see cref="JobApi"/>.</summary>
/// <param name="retried">Told the id of a job that is tried again.</param>
internal sealed class JobHandlers(BatchStarter starter, JobDesk desk, JobBoard board, JobSettingsBook settings, HostRegistry hosts, AuditLog audit, Action<string> retried)
{
    private const int MostListed = 1000;

    public void Map(HandlerTable on)
    {
        on.On(JobApi.Start, (call, request) => starter.RunAsync(request, call.Operator, call.Cancel));
        on.On(JobApi.ListBatches, call => (IReadOnlyList<BatchView>)[.. board.NewestBatches(CountOf(call, 50)).Select(desk.View)]);
        on.On(JobApi.List, call => (IReadOnlyList<JobView>)[.. Jobs(call).Take(CountOf(call, 200)).Select(desk.View).Select(Briefly)]);
        on.On(JobApi.Show, call => desk.View(desk.Require(call.Value("job"))));
        on.On(JobApi.ListProgress, _ => (IReadOnlyList<JobPulse>)[.. board.Running.Select(desk.View).Select(view => new JobPulse(view.Job.Id, view.Progress, view.HeardAt))]);
        on.On(JobApi.Log, call => board.Log.Read(desk.Require(call.Value("job")).Id, NumberOf(call, "after") ?? 0));
        on.On(JobApi.Cancel, call => desk.View(desk.Cancel(call.Value("job"), call.Operator)));
        on.On(JobApi.Retry, async (call, _) =>
        {
            var job = await desk.RetryAsync(call.Value("job"), call.Operator, call.Cancel);
            retried(job.Id);
            return desk.View(job);
        });
        on.On(JobApi.Settings, _ => settings.Current);
        on.On(JobApi.ChangeSettings, (call, wanted) => settings.Write(wanted, () => audit.Append(call.Caller.AuditName, "job-settings", "all jobs", string.Create(CultureInfo.InvariantCulture, $"retries {wanted.Retries}"))));
        on.On(JobApi.ChooseDisks, async (call, choice) => desk.View(await desk.ChooseDisksAsync(call.Value("job"), choice, call.Operator, call.Cancel)));
        on.On(JobApi.Pair, (call, pairing) => desk.View(desk.Pair(call.Value("job"), pairing, call.Operator)));
    }

    // A host may get thousands of files; who wants to know which asks for the one job.
    private static JobView Briefly(JobView view) => view with { Job = view.Job with { Personality = null } };

    private IEnumerable<Job> Jobs(Call call)
    {
        var jobs = call.Query("batch") is { } batch ? board.OfBatch(batch)
            : call.Query("host") is { } host ? board.OfHost(hosts.Show(host).Host.Id)
            : call.Query("active") is not null ? board.Active()
            : board.Newest(CountOf(call, 200));
        return call.Query("active") is null ? jobs : jobs.Where(JobRules.IsActive);
    }

    private static int CountOf(Call call, int usual) => (int)Math.Clamp(NumberOf(call, "count") ?? usual, 1, MostListed);

    private static long? NumberOf(Call call, string name) =>
        long.TryParse(call.Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
