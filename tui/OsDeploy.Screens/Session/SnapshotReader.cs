using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Screens.Session;

/// <summary>Makes the next snapshot out of the last: only what has changed is asked for.</summary>
/// <param name="api">Asks once and does not wait.</param>
internal sealed class SnapshotReader(ApiClient api, Func<CancellationToken, Task<IReadOnlyList<Images.VersionEntry>>> versions, TimeProvider time)
{
    // Beyond this a list costs less than one by one.
    private const int MostSingle = 16;
    private const int MostEnded = 1000;

    /// <exception cref="UserErrorException">The appliance does not answer, or the session has ended.</exception>
    public async Task<Snapshot> ReadAsync(Snapshot before, Changes changes, CancellationToken cancel)
    {
        var all = changes.All;
        var now = before with { LostSince = null, IsComplete = before.IsComplete || all };
        now = all || changes.Hosts.Count + changes.GoneHosts.Count > 0 ? now with { Hosts = await HostsAsync(now, changes, cancel) } : now;
        now = all || changes.Jobs.Count > 0 || changes.Batches.Count > 0 ? now with { Jobs = await JobsAsync(now, changes, cancel) } : now;
        now = all || changes.Progress ? now with { Jobs = await ProgressAsync(now, cancel) } : now;
        now = all || changes.Progress || changes.Jobs.Count > 0 ? now with { Carousels = await CarouselsAsync(before, now, cancel) } : now;
        now = all || changes.Pending ? now with { Pending = await api.CallAsync(HostApi.ListPending, cancel) } : now;
        now = all || changes.Rooms ? now with { Rooms = await api.CallAsync(HostApi.ListRooms, cancel) } : now;
        now = all || changes.Configurations ? now with { Configurations = await api.CallAsync(ConfigurationApi.List, cancel) } : now;
        now = all || changes.Versions ? now with { Versions = await versions(cancel) } : now;
        now = all || changes.BatchList ? now with { Batches = await api.CallAsync(JobApi.ListBatches, cancel) } : now;
        now = all || changes.Heard ? now with { Heard = await HeardAsync(all ? Snapshot.Empty : now, cancel) } : now;
        now = all || changes.Boot ? now with { BootNews = now.BootNews + 1 } : now;
        return all || changes.Status ? await StatusAsync(now, cancel) : now;
    }

    private async Task<Snapshot> StatusAsync(Snapshot now, CancellationToken cancel)
    {
        var status = await api.CallAsync(ApplianceApi.Status, cancel);
        return now with { Status = status, Skew = status.Now - time.GetUtcNow() };
    }

    private async Task<IReadOnlyDictionary<string, HostView>> HostsAsync(Snapshot now, Changes changes, CancellationToken cancel)
    {
        if (changes.All || changes.Hosts.Count > MostSingle)
        {
            return (await api.AskAsync(HostApi.List, "brief=true", cancel)).ToDictionary(view => view.Host.Id);
        }

        var hosts = new Dictionary<string, HostView>(now.Hosts);
        foreach (var gone in changes.GoneHosts)
        {
            hosts.Remove(gone);
        }

        foreach (var id in changes.Hosts)
        {
            if (await TryAsync(() => api.CallAsync(HostApi.Show, cancel, id), "host-missing") is { } view)
            {
                hosts[id] = view with { Host = view.Host with { Inventory = null }, Job = null, Partitions = [] };
            }
            else
            {
                hosts.Remove(id);
            }
        }

        return hosts;
    }

    private async Task<IReadOnlyDictionary<string, JobView>> JobsAsync(Snapshot now, Changes changes, CancellationToken cancel)
    {
        var jobs = new Dictionary<string, JobView>(now.Jobs);
        if (changes.All || changes.Jobs.Count > MostSingle)
        {
            Add(jobs, await api.AskAsync(JobApi.List, "active=true&count=1000", cancel));
            Add(jobs, await api.AskAsync(JobApi.List, "count=200", cancel));
        }

        foreach (var batch in changes.Batches)
        {
            Add(jobs, await api.AskAsync(JobApi.List, $"batch={batch}&count=1000", cancel));
        }

        foreach (var id in Unread(now, jobs, changes))
        {
            Set(jobs, id, await TryAsync(() => api.CallAsync(JobApi.Show, cancel, id), "job-missing"));
        }

        return Cut(jobs);
    }

    // What a list has brought anew is known; what was active and is on no list has ended meanwhile.
    private static List<string> Unread(Snapshot now, Dictionary<string, JobView> jobs, Changes changes)
    {
        bool IsOld(string id) => jobs.TryGetValue(id, out var view) && now.Jobs.TryGetValue(id, out var before) && ReferenceEquals(view, before);
        var meant = changes.All ? now.ActiveJobs.Select(view => view.Job.Id) : changes.Jobs;
        return [.. meant.Where(id => !jobs.ContainsKey(id) || IsOld(id))];
    }

    private static void Add(Dictionary<string, JobView> jobs, IEnumerable<JobView> more)
    {
        foreach (var view in more)
        {
            jobs[view.Job.Id] = view;
        }
    }

    private static void Set(Dictionary<string, JobView> jobs, string id, JobView? view)
    {
        if (view is null)
        {
            jobs.Remove(id);
        }
        else
        {
            jobs[id] = view;
        }
    }

    private static Dictionary<string, JobView> Cut(Dictionary<string, JobView> jobs)
    {
        foreach (var old in jobs.Values.Where(view => view.Job.State == JobState.Ended).OrderByDescending(view => view.Job.Id, StringComparer.Ordinal).Skip(MostEnded).ToList())
        {
            jobs.Remove(old.Job.Id);
        }

        return jobs;
    }

    private async Task<IReadOnlyDictionary<string, JobView>> ProgressAsync(Snapshot now, CancellationToken cancel)
    {
        var jobs = new Dictionary<string, JobView>(now.Jobs);
        foreach (var pulse in await api.CallAsync(JobApi.ListProgress, cancel))
        {
            if (jobs.TryGetValue(pulse.Job, out var view))
            {
                jobs[pulse.Job] = view with { Progress = pulse.Progress, HeardAt = pulse.HeardAt };
            }
        }

        return jobs;
    }

    // While hosts restore, and once more after the last of them: nobody else has a stream. An older appliance knows of none.
    private async Task<IReadOnlyList<CarouselView>> CarouselsAsync(Snapshot before, Snapshot now, CancellationToken cancel) => IsRestoring(now) || IsRestoring(before)
        ? await TryAsync(() => api.CallAsync(CarouselApi.List, cancel), "route-missing") ?? []
        : now.Carousels;

    private static bool IsRestoring(Snapshot snapshot) => snapshot.ActiveJobs.Any(view => view.Job is { Kind: JobKind.Restore, State: JobState.Running });

    private async Task<IReadOnlyDictionary<string, HeardComputer>> HeardAsync(Snapshot now, CancellationToken cancel)
    {
        var last = now.Heard.Count == 0 ? (DateTimeOffset?)null : now.Heard.Values.Max(one => one.At);
        var news = await api.AskAsync(HostApi.ListHeard, last is { } at ? "after=" + Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture)) : "", cancel);
        var heard = new Dictionary<string, HeardComputer>(now.Heard);
        foreach (var one in news)
        {
            heard[one.Id] = one;
        }

        return news.Count > 0 ? heard : now.Heard;
    }

    private static async Task<T?> TryAsync<T>(Func<Task<T>> ask, string gone)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (UserErrorException e) when (e.Code == gone)
        {
            return null;
        }
    }
}
