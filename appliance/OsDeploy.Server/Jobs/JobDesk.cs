using System.Globalization;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Agents;
using OsDeploy.Server.Api;
using OsDeploy.Server.Hosts;
using OsDeploy.Server.Images;
using OsDeploy.Text;

namespace OsDeploy.Server.Jobs;

/// <summary>What operators do with jobs that were started.</summary>
internal sealed class JobDesk(JobBoard board, HostRegistry hosts, BatchPlanner planner, ImageStores stores, WakeOnLan wake, Pairings pairings, AuditLog audit, TimeProvider time)
{
    public JobView View(Job job)
    {
        var (progress, heardAt) = board.Live.Of(job.Id);
        var unpaired = job.State == JobState.Waiting ? pairings.Of(job.Host) : [];
        return new JobView(job, job.State == JobState.Running ? progress : null, heardAt, AwaitsOf(job, unpaired), unpaired.Count > 0 ? unpaired : null);
    }

    public BatchView View(Batch batch)
    {
        var jobs = board.OfBatch(batch.Id);
        int Ended(JobOutcome outcome) => jobs.Count(job => job.Outcome == outcome);
        return new BatchView(
            batch,
            Ended(JobOutcome.Verified),
            Ended(JobOutcome.Failed),
            Ended(JobOutcome.Skipped),
            jobs.Count(job => job.State == JobState.Running),
            jobs.Count(job => job.State is JobState.Scheduled or JobState.Waiting or JobState.NeedsDisk or JobState.Frozen),
            RateOf(jobs),
            wake.NotSeen(batch.Id));
    }

    /// <exception cref="UserErrorException"><c>job-missing</c></exception>
    public Job Require(string id) => board.Find(id) ?? throw JobErrors.Missing(id);

    public Job Cancel(string id, OperatorCaller by)
    {
        RequireRight(Require(id), by);
        return board.Change(id, job =>
        {
            audit.Append(by.AuditName, "job-cancel", "job " + job.Id.TrimStart('0'), job.HostName);
            return JobRules.Cancel(job, by.Name, time.GetUtcNow(), isSilent: board.Live.IsSilent(job.Id));
        });
    }

    /// <summary>Tries again what did not end well. What never began is planned anew: why it was skipped may be over, or may not.</summary>
    public async Task<Job> RetryAsync(string id, OperatorCaller by, CancellationToken cancel)
    {
        var ended = Require(id);
        RequireRight(ended, by);
        var host = hosts.FindById(ended.Host) ?? throw JobErrors.HostGone(ended.HostName);
        var plan = ended is { State: JobState.Ended, StartedAt: null } ? await PlanAsync(ended, host, cancel) : null;
        return board.Change(id, job =>
        {
            if (host.IsBlocked)
            {
                throw JobErrors.HostBlocked(job.HostName);
            }

            if (job is not ({ State: JobState.Frozen } or { State: JobState.Ended, Outcome: not JobOutcome.Verified }) && !JobRules.WaitsToRetry(job))
            {
                throw JobErrors.NotRetried(job.State == JobState.Ended ? "verified" : Printable.Of(job.State.ToString()));
            }

            audit.Append(by.AuditName, "job-retry", "job " + job.Id.TrimStart('0'), job.HostName);
            return JobRules.Retry(plan is null ? job : plan.Renew(job));
        });
    }

    /// <summary>An operator says which disks are meant. They are looked up among those the host has.</summary>
    public async Task<Job> ChooseDisksAsync(string id, DiskChoice choice, OperatorCaller by, CancellationToken cancel)
    {
        var waiting = Require(id);
        RequireRight(waiting, by);
        var manifest = await ManifestAsync(waiting, cancel);
        var chosen = NamedDisks.Find(choice.Disks, hosts.FindById(waiting.Host)?.Inventory);
        if (DiskBinder.FaultOf(chosen, waiting.Options, manifest) is { } fault)
        {
            throw fault.ToError();
        }

        var disks = DiskBinder.Number(chosen);
        return board.Change(id, job =>
        {
            if (job.State is not (JobState.NeedsDisk or JobState.Scheduled or JobState.Waiting))
            {
                throw JobErrors.NoDiskChoice();
            }

            audit.Append(by.AuditName, "job-disk", "job " + job.Id.TrimStart('0'), string.Join(", ", disks.Select(disk => disk.Serial ?? disk.Wwn)));
            return JobRules.Bind(job, disks);
        });
    }

    /// <summary>An operator has read the words on the screen of the job's host.</summary>
    /// <exception cref="UserErrorException"><c>job-missing</c>, <c>pairing-nobody</c>, <c>pairing-words</c></exception>
    public Job Pair(string id, Pairing pairing, OperatorCaller by)
    {
        var job = Require(id);
        RequireRight(job, by);
        if (job.State != JobState.Waiting)
        {
            throw AgentErrors.NobodyToPair(job.HostName); // whose rights were asked for must be the job that then begins
        }

        pairings.Pair(job, pairing.Words, by.AuditName);
        return job;
    }

    private async Task<HostPlan> PlanAsync(Job job, Host host, CancellationToken cancel)
    {
        // Disks that a person has named stay named: planning anew must not choose others by itself.
        var request = new BatchRequest("", job.Kind, new HostSelection(), job.Options, Disks: job.Disks.Count > 0 ? job.Disks : null);
        var plan = (await planner.PlanAsync([host], request, cancel))[0];
        return plan.Obstacle is { } obstacle ? throw obstacle.ToError() : plan;
    }

    private async Task<Manifest?> ManifestAsync(Job job, CancellationToken cancel)
    {
        if (job.Version is not { } version)
        {
            return null;
        }

        await using var opened = stores.OpenFor(job);
        return Manifest.Parse(await opened.Store.ReadManifestAsync(version, cancel));
    }

    /// <exception cref="UserErrorException"><c>not-allowed</c>, <c>outside-your-rooms</c></exception>
    public void RequireRight(Job job, OperatorCaller by)
    {
        if (job.Kind is not (JobKind.Restore or JobKind.Reboot or JobKind.Hold) && !by.May(Right.StartAnyJob))
        {
            throw JobErrors.KindNotAllowed();
        }

        if (!by.MayWorkIn(hosts.FindById(job.Host)?.Room))
        {
            throw JobErrors.OutsideRooms([job.HostName]);
        }
    }

    private string? AwaitsOf(Job job, IReadOnlyList<UnpairedStart> unpaired) => job.State switch
    {
        JobState.Waiting when unpaired.Count > 1 => "an operator to compare four words; more than one computer says it is this host: osdeploy job pair",
        JobState.Waiting when unpaired.Count == 1 => $"an operator to compare four words: {unpaired[0].Words}; osdeploy job pair",
        JobState.NeedsDisk => "an operator to choose the disk: osdeploy job disk",
        JobState.Frozen => "an operator to decide: a second computer said it was this host; osdeploy job retry or cancel",
        JobState.Waiting => "the host to start over the network",
        JobState.Scheduled when JobRules.WaitsToRetry(job) => string.Create(CultureInfo.InvariantCulture, $"{JobRetries.AttemptOf(job).ToLowerInvariant()} in {Math.Max(0, board.Live.LeftOf(job).TotalSeconds):0} s; before: {job.LastFault?.Message}"),
        JobState.Scheduled => "its time",
        _ => null,
    };

    private double RateOf(IReadOnlyList<Job> jobs)
    {
        var begun = jobs.Where(job => job.StartedAt is not null).ToList();
        if (begun.Count == 0)
        {
            return 0;
        }

        var bytes = begun.Sum(job => job.Figures is { } figures ? Math.Max(figures.Used, figures.Written) : board.Live.Of(job.Id).Progress?.Done ?? 0);
        var seconds = (begun.Max(job => job.EndedAt ?? time.GetUtcNow()) - begun.Min(job => job.StartedAt!.Value)).TotalSeconds;
        return seconds > 0 ? bytes / seconds : 0;
    }
}
