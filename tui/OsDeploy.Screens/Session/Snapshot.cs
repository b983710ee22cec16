using OsDeploy.Api.Appliance;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;

namespace OsDeploy.Screens.Session;

/// <summary>Everything a console shows, as it was at one moment. Never changes: the next moment is another one.</summary>
internal sealed record Snapshot
{
    private readonly IReadOnlyDictionary<string, JobView> _jobs = new Dictionary<string, JobView>();
    private Dictionary<string, JobView>? _latest;

    public static Snapshot Empty { get; } = new();

    /// <summary>Null: not heard yet.</summary>
    public ApplianceStatus? Status { get; init; }

    /// <summary>By id; without inventories, jobs and partitions.</summary>
    public IReadOnlyDictionary<string, HostView> Hosts { get; init; } = new Dictionary<string, HostView>();

    /// <summary>When hosts and pending computers were last heard, by id.</summary>
    public IReadOnlyDictionary<string, HeardComputer> Heard { get; init; } = new Dictionary<string, HeardComputer>();

    public IReadOnlyList<PendingHost> Pending { get; init; } = [];

    public IReadOnlyList<RoomView> Rooms { get; init; } = [];

    public IReadOnlyList<ConfigurationView> Configurations { get; init; } = [];

    /// <summary>Of images and of manual images.</summary>
    public IReadOnlyList<VersionEntry> Versions { get; init; } = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<BatchView> Batches { get; init; } = [];

    /// <summary>By id: those that have not ended, and those that ended lately.</summary>
    public IReadOnlyDictionary<string, JobView> Jobs
    {
        get => _jobs;
        init => (_jobs, _latest) = (value, null);
    }

    /// <summary>Streams to many hosts: those that run while hosts restore, as they were last.</summary>
    public IReadOnlyList<CarouselView> Carousels { get; init; } = [];

    /// <summary>Grows with everything that is heard of starts over the network: whoever shows them reads them then.</summary>
    public long BootNews { get; init; }

    /// <summary>How far the appliance's clock is ahead of this one's.</summary>
    public TimeSpan Skew { get; init; }

    /// <summary>Since when the appliance has not answered, by this clock; null: it does.</summary>
    public DateTimeOffset? LostSince { get; init; }

    /// <summary>Everything was read at least once.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The job each host has, else its last one, by the host's id.</summary>
    public IReadOnlyDictionary<string, JobView> LatestJobs => _latest ??= Jobs.Values
        .GroupBy(view => view.Job.Host).ToDictionary(group => group.Key, group => group.MaxBy(view => (view.Job.State != JobState.Ended, view.Job.Id))!);

    public IEnumerable<JobView> ActiveJobs => Jobs.Values.Where(view => view.Job.State != JobState.Ended);

    /// <returns>Null: the host has no job.</returns>
    public JobView? ActiveJobOf(string host) => LatestJobs.TryGetValue(host, out var view) && view.Job.State != JobState.Ended ? view : null;

    public DateTimeOffset? LastSeen(string id) => Heard.TryGetValue(id, out var heard) ? heard.At : null;

    /// <returns>Null: none was ever opened for it, or it is not known.</returns>
    public CarouselView? CarouselOf(string batch) => Carousels.FirstOrDefault(view => view.Batch == batch);

    /// <returns>How a job's host stands to its stream; null: it has none.</returns>
    public CarouselHost? StreamOf(string job) => Carousels.SelectMany(view => view.Hosts).FirstOrDefault(host => host.Job == job);

    public IReadOnlyList<JobView> JobsOf(string batch) => [.. Jobs.Values.Where(view => view.Job.Batch == batch).OrderBy(view => view.Job.Id, StringComparer.Ordinal)];

    public ConfigurationView? Configuration(string? name) =>
        Configurations.FirstOrDefault(view => string.Equals(view.Configuration.Name, name, StringComparison.OrdinalIgnoreCase));

    public RoomView? Room(string? name) => Rooms.FirstOrDefault(view => string.Equals(view.Room.Name, name, StringComparison.OrdinalIgnoreCase));
}
