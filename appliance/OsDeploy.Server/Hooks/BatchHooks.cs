using Microsoft.Extensions.Logging;
using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Hosting;
using OsDeploy.Server.Jobs;
using OsDeploy.Text;

namespace OsDeploy.Server.Hooks;

/// <summary>Runs the school's own programs before and after batches. Only the one that checks can stop a batch; the others raise an alarm.</summary>
internal sealed class BatchHooks(HookFolder folder, JobBoard board, Alarms alarms, TimeProvider time, ILogger<BatchHooks> log) : PeriodicWork(s_look, time, log)
{
    private const int MostBatches = 50;

    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(5);

    // A hook that is put there today is not for the batches of yesterday.
    private static readonly TimeSpan s_late = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _time = time;

    /// <returns>What has run, for the batch.</returns>
    /// <exception cref="UserErrorException"><c>hook-refused</c></exception>
    public async Task<IReadOnlyList<HookRun>> BeforeAsync(BatchRequest request, IReadOnlyList<HostPlan> plans, string by, CancellationToken cancel)
    {
        var able = plans.Where(plan => plan.Obstacle is null).ToList();
        if (able.Count == 0)
        {
            return [];
        }

        var facts = new Dictionary<string, string>
        {
            ["KIND"] = ApiWord.Of(request.Kind),
            ["BY"] = by,
            ["HOSTS"] = string.Join(' ', able.Select(plan => plan.Host.Name)),
            ["IMAGES"] = string.Join(' ', able.Select(plan => plan.Image?.ToString()).OfType<string>().Distinct()),
        };
        var check = await folder.RunAsync(HookName.Check, facts, cancel);
        if (check is { ExitCode: not 0 })
        {
            throw JobErrors.HookRefused(LastLineOf(check));
        }

        var before = await folder.RunAsync(HookName.Of(HookName.Before, request.Kind), facts, cancel);
        Tell(before);
        return [.. new[] { check, before }.OfType<HookRun>()];
    }

    /// <summary>Looks for batches that have just ended.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        var now = _time.GetUtcNow();
        foreach (var batch in board.NewestBatches(MostBatches).Where(batch => batch.EndedAt is { } ended && now - ended < s_late))
        {
            var hook = HookName.Of(HookName.After, batch.Kind);
            if (batch.Hooks.Any(run => run.Hook == hook && run.At >= batch.EndedAt))
            {
                continue;
            }

            var jobs = board.OfBatch(batch.Id);
            string Named(JobOutcome outcome) => string.Join(' ', jobs.Where(job => job.Outcome == outcome).Select(job => job.HostName));
            var run = await folder.RunAsync(
                hook,
                new Dictionary<string, string>
                {
                    ["KIND"] = ApiWord.Of(batch.Kind),
                    ["BY"] = batch.CreatedBy,
                    ["BATCH"] = batch.Id.TrimStart('0'),
                    ["HOSTS"] = string.Join(' ', jobs.Select(job => job.HostName)),
                    ["VERIFIED"] = Named(JobOutcome.Verified),
                    ["FAILED"] = Named(JobOutcome.Failed),
                    ["SKIPPED"] = Named(JobOutcome.Skipped),
                },
                cancel);
            Tell(run);
            if (run is not null)
            {
                board.Keep(batch.Id, run);
            }
        }
    }

    protected override Task RunAsync(CancellationToken stopping) => LookAsync(stopping);

    private static string LastLineOf(HookRun run) => run.Output.Split('\n')[^1] is { Length: > 0 } line ? line : "it said nothing";

    private void Tell(HookRun? run)
    {
        if (run is { ExitCode: not 0 })
        {
            alarms.Raise("hook-failed", $"The hook {run.Hook} did not end well: {Printable.Of(LastLineOf(run), 300)}", "`osdeploy job batches --json` shows all it said; the batch went on.", host: null, job: null);
        }
    }
}
