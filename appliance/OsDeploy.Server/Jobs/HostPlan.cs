using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Personalisation;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Personalisation;

namespace OsDeploy.Server.Jobs;

/// <summary>What starting would do for one host, decided before anything runs.</summary>
internal sealed record HostPlan(Host Host)
{
    public Configuration? Configuration { get; init; }

    public ImageName? Image { get; init; }

    public VersionId? Version { get; init; }

    public IReadOnlyList<DiskBinding> Disks { get; init; } = [];

    /// <summary>With a restore: what makes the host itself; null: nothing does.</summary>
    public Personality? Personality { get; init; }

    /// <summary>Why it is skipped; null: it can start.</summary>
    public JobFault? Obstacle { get; init; }

    /// <summary>What the operator should know although it can start.</summary>
    public string? Note { get; init; }

    public HostOutlook Outlook => new(Host.Id, Host.Name.ToString(), Disks, Obstacle, Note, Personality is { } personality ? PersonalityText.Of(personality) : null);

    public Job JobOf(string id, string batch, BatchRequest request, string by, DateTimeOffset now)
    {
        var job = Renew(new Job
        {
            Id = id,
            Batch = batch,
            Kind = request.Kind,
            Host = Host.Id,
            HostName = Host.Name.ToString(),
            Options = request.Options,
            State = JobState.Scheduled,
            CreatedBy = by,
            CreatedAt = now,
            StartAt = request.At,
            WindowLeft = JobRules.Window.TotalSeconds,
        });
        return Obstacle is { } obstacle ? JobRules.Skip(job, obstacle, now)
            : request.At > now ? job
            : JobRules.Open(job, isMet: Host.Inventory is not null);
    }

    /// <summary>A job with what this plan says.</summary>
    public Job Renew(Job job) => job with
    {
        Configuration = Configuration?.Name,
        ConfigurationId = Configuration?.Id,
        Partitions = [.. EffectivePlan.Of(Configuration, Host).Select(partition => partition.Plan with { ProductId = null })],
        Personality = Personality,
        Image = Image,
        Version = Version,
        Store = Configuration?.Store is { } store && job.Kind is (JobKind.Capture or JobKind.Restore or JobKind.Heal) ? new(store.Url, store.Pin) : null,
        Disks = Disks,
    };
}
