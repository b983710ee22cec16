using Microsoft.Extensions.Logging;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Hosting;
using OsDeploy.Server.Jobs;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Images;

/// <summary>
/// Reads every chunk once a week and says what is damaged before a room needs it. Only while no host works: it gives way as soon as one
/// begins and goes on with the version it was at.
/// </summary>
internal sealed class Scrubber(IImageStore store, JobBoard board, Alarms alarms, DocumentStore documents, TimeProvider time, ILogger<Scrubber> log)
    : PeriodicWork(s_look, time, log)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_giveWay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_every = TimeSpan.FromDays(7);

    private readonly TimeProvider _time = time;
    private readonly Collection<ScrubRecord> _records = documents.GetCollection("scrub", ScrubJson.Default.ScrubRecord, record => record.Id);

    public DateTimeOffset? FinishedAt => _records.FindById(ScrubRecord.Only)?.Value.FinishedAt;

    protected override Task RunAsync(CancellationToken stopping) => RunIfDueAsync(stopping);

    /// <summary>One scrub, if a week has passed and nobody works.</summary>
    internal async Task RunIfDueAsync(CancellationToken cancel)
    {
        var record = _records.FindById(ScrubRecord.Only)?.Value ?? new ScrubRecord(ScrubRecord.Only, null, []);
        if ((record.FinishedAt is { } finished && _time.GetUtcNow() - finished < s_every && finished <= _time.GetUtcNow()) || IsBusy())
        {
            return;
        }

        foreach (var entry in await store.ListAsync(cancel))
        {
            var id = entry.Version.ToString();
            if (record.Done.Contains(id))
            {
                continue;
            }

            if (!await CheckAsync(entry, cancel))
            {
                return;
            }

            record = record with { Done = [.. record.Done, id] };
            _records.Upsert(record);
        }

        _records.Upsert(new ScrubRecord(ScrubRecord.Only, _time.GetUtcNow(), []));
    }

    /// <returns>False if it gave way to a host.</returns>
    private async Task<bool> CheckAsync(VersionEntry entry, CancellationToken cancel)
    {
        using var giveWay = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var watch = WatchAsync(giveWay.CancelAsync, done.Token);
        try
        {
            var report = await store.CheckAsync(entry.Version, new Meter(), giveWay.Token);
            if (!report.IsClean)
            {
                alarms.Raise(
                    "image-damaged",
                    $"{entry.Image}@{entry.Version.Short} is damaged: {report.Faults[0]}",
                    "Heal it from a host that still has it (`osdeploy job start heal HOST`), or capture again.",
                    host: null,
                    job: null);
            }

            return true;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            await done.CancelAsync();
            await watch;
        }
    }

    private async Task WatchAsync(Func<Task> giveWay, CancellationToken done)
    {
        try
        {
            using var timer = new PeriodicTimer(s_giveWay, _time);
            while (await timer.WaitForNextTickAsync(done))
            {
                if (IsBusy())
                {
                    await giveWay();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The check is over.
        }
    }

    private bool IsBusy() => board.Active().Any(job => job.State == JobState.Running);
}
