using System.Collections.Concurrent;
using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Jobs;

/// <summary>
/// Every job and batch, durable before anybody hears of it. A host has one active job: the lease of a host is a document, and a second
/// one with its id cannot be inserted.
/// </summary>
internal sealed class JobBoard
{
    private const string NumberFormat = "D7";

    private readonly DocumentStore _documents;
    private readonly TimeProvider _time;
    private readonly Collection<Job> _jobs;
    private readonly Collection<Batch> _batches;
    private readonly Collection<HostLease> _leases;
    private readonly ConcurrentDictionary<string, Job> _running = new();

    public JobBoard(DocumentStore documents, TimeProvider time)
    {
        (_documents, _time) = (documents, time);
        _jobs = documents.GetCollection("job", ApiJson.Default.Job, job => job.Id);
        _batches = documents.GetCollection("batch", ApiJson.Default.Batch, batch => batch.Id);
        _leases = documents.GetCollection("host_lease", JobJson.Default.HostLease, lease => lease.Host);
        _jobs.EnsureIndex("batch");
        _jobs.EnsureIndex("host");
        _batches.EnsureIndex("request");
        Log = new JobLog(documents, time);
        Live = new LiveJobs(time);
        foreach (var job in Active())
        {
            Follow(job);
        }
    }

    public JobLog Log { get; }

    public LiveJobs Live { get; }

    /// <summary>Starts jobs together. Asked twice with the same request, it starts once.</summary>
    /// <param name="make">Makes the jobs once their numbers are known; those that end at once hold no lease.</param>
    public (Batch Batch, bool IsNew) Start(Batch batch, Func<string, Func<string>, IReadOnlyList<Job>> make)
    {
        var (started, jobs) = _documents.Transact(() => Insert(batch, make));
        foreach (var job in jobs)
        {
            Follow(job);
        }

        return (started, jobs.Count > 0);
    }

    /// <summary>Whether something was started by this request.</summary>
    public bool HasStarted(string request) => _batches.Where("request", request).Count > 0;

    /// <summary>Keeps what a hook has done with its batch.</summary>
    public void Keep(string batch, HookRun run) => _documents.Transact(() =>
    {
        if (FindBatch(batch) is { } found)
        {
            _batches.Upsert(found with { Hooks = [.. found.Hooks, run] });
        }
    });

    /// <summary>Changes a job by a rule. Ends its lease, its window and its batch with it.</summary>
    /// <param name="rule">Null: nothing changes after all. It runs inside the transaction.</param>
    /// <exception cref="UserErrorException"><c>job-missing</c></exception>
    public Job Change(string id, Func<Job, Job?> rule)
    {
        var (before, after) = _documents.Transact(() => Apply(id, rule));

        // Only now: a change that was rolled back must leave nothing behind in memory.
        if (before.State != after.State || before.Agent != after.Agent)
        {
            Follow(after);
        }

        return after;
    }

    /// <summary>The running job an agent has. Agents ask at every chunk, so this comes from memory.</summary>
    public Job? RunningOf(string agent) => _running.GetValueOrDefault(agent);

    /// <summary>As they were when they were claimed: from memory.</summary>
    public IReadOnlyCollection<Job> Running => [.. _running.Values];

    /// <summary>Name of a host whose active job needs a version; null: nobody does.</summary>
    public string? UserOf(VersionId version) => Active().FirstOrDefault(job => job.Version == version)?.HostName;

    /// <summary>Name of a host that is reading the store just now; null: none is.</summary>
    public string? Reader() => _running.Values.FirstOrDefault(job => job.Kind is JobKind.Restore or JobKind.ManualRestore or JobKind.Heal)?.HostName;

    /// <returns>The active job of a host, or null.</returns>
    public Job? ActiveOf(string host) => _leases.FindById(host) is { Value.Job: var id } ? _jobs.FindById(id)?.Value : null;

    public IReadOnlyList<Job> Active() => [.. _leases.FindAll().Select(lease => _jobs.FindById(lease.Value.Job)?.Value).OfType<Job>()];

    /// <param name="id">With or without its leading zeros.</param>
    public Job? Find(string id) => Normal(id) is { } normal ? _jobs.FindById(normal)?.Value : null;

    public Batch? FindBatch(string id) => Normal(id) is { } normal ? _batches.FindById(normal)?.Value : null;

    public IReadOnlyList<Job> OfBatch(string batch) => Normal(batch) is { } normal ? [.. _jobs.Where("batch", normal).Select(job => job.Value)] : [];

    /// <param name="host">Id of the host.</param>
    public IReadOnlyList<Job> OfHost(string host) => [.. _jobs.Where("host", host).Reverse().Select(job => job.Value)];

    public IReadOnlyList<Job> Newest(int count) => [.. _jobs.Page(null, count, descending: true).Select(job => job.Value)];

    public IReadOnlyList<Batch> NewestBatches(int count) => [.. _batches.Page(null, count, descending: true).Select(batch => batch.Value)];

    /// <summary>Writes down how much of each window is left, so that a restart does not begin it anew.</summary>
    public void KeepWindows() => _documents.Transact(() =>
    {
        foreach (var job in Active().Where(job => job.State is not (JobState.Running or JobState.Scheduled)))
        {
            Change(job.Id, known => known with { WindowLeft = Math.Max(0, Live.LeftOf(known).TotalSeconds) });
        }
    });

    private static string? Normal(string id) =>
        id.Length is > 0 and <= 9 && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Text(number) : null;

    private static string Text(int number) => number.ToString(NumberFormat, CultureInfo.InvariantCulture);

    private static int NextNumber<T>(Collection<T> collection, Func<T, string> idOf)
        where T : class =>
        collection.Page(null, 1, descending: true) is [{ Value: var last }] ? int.Parse(idOf(last), CultureInfo.InvariantCulture) + 1 : 1;

    private (Batch Batch, IReadOnlyList<Job> Jobs) Insert(Batch batch, Func<string, Func<string>, IReadOnlyList<Job>> make)
    {
        if (_batches.Where("request", batch.Request) is [{ Value: var started }, ..])
        {
            return (started, []);
        }

        var number = NextNumber(_batches, known => known.Id);
        var next = NextNumber(_jobs, known => known.Id);
        var jobs = make(Text(number), () => Text(next++));
        foreach (var job in jobs)
        {
            _jobs.Insert(job);
            if (JobRules.IsActive(job))
            {
                _leases.Insert(new HostLease(job.Host, job.Id));
            }
        }

        var kept = _batches.Insert(batch with
        {
            Id = Text(number),
            Jobs = [.. jobs.Select(job => job.Id)],
            EndedAt = jobs.Any(JobRules.IsActive) ? null : _time.GetUtcNow(),
        });
        return (kept.Value, jobs);
    }

    private (Job Before, Job After) Apply(string id, Func<Job, Job?> rule)
    {
        var (job, rev) = Require(id);
        if (rule(job) is not { } changed || changed == job)
        {
            return (job, job);
        }

        _jobs.Update(changed, rev);
        if (!JobRules.IsActive(changed))
        {
            EndLease(changed);
        }
        else if (!JobRules.IsActive(job))
        {
            Reopen(changed);
        }

        return (job, changed);
    }

    private void Follow(Job job)
    {
        foreach (var (agent, _) in _running.Where(pair => pair.Value.Id == job.Id && pair.Key != job.Agent))
        {
            _running.TryRemove(agent, out _);
        }

        if (job is { State: JobState.Running, Agent: { } working })
        {
            _running[working] = job;
        }

        if (JobRules.IsActive(job))
        {
            Live.Open(job);
        }
        else
        {
            Live.Close(job.Id);
        }
    }

    private Stored<Job> Require(string id) => (Normal(id) is { } normal ? _jobs.FindById(normal) : null) ?? throw JobErrors.Missing(id);

    private void EndLease(Job job)
    {
        if (_leases.FindById(job.Host)?.Value.Job == job.Id)
        {
            _leases.Delete(job.Host);
        }

        if (FindBatch(job.Batch) is { EndedAt: null } batch && !OfBatch(job.Batch).Any(JobRules.IsActive))
        {
            _batches.Upsert(batch with { EndedAt = _time.GetUtcNow() });
        }
    }

    private void Reopen(Job job)
    {
        if (_leases.FindById(job.Host) is { Value.Job: var other })
        {
            throw JobErrors.HostHasJob(job.HostName, other);
        }

        _leases.Insert(new HostLease(job.Host, job.Id));
        if (FindBatch(job.Batch) is { EndedAt: not null } batch)
        {
            _batches.Upsert(batch with { EndedAt = null });
        }
    }
}
