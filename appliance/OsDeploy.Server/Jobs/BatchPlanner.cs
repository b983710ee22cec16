using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Hosts;
using OsDeploy.Server.Images;
using OsDeploy.Server.Personalisation;
using OsDeploy.Server.Secrets;

namespace OsDeploy.Server.Jobs;

/// <summary>Says host by host what rules a job out, before anything runs: state, lease, image, chunks, disk. Changes nothing.</summary>
/// <param name="personalities">Makes what says how hosts become themselves, for one batch.</param>
internal sealed class BatchPlanner(HostRegistry hosts, ConfigurationRegistry configurations, JobBoard board, ImageStores stores, JoinOutlook joining, Func<PersonalityMaker> personalities)
{
    public async Task<IReadOnlyList<HostPlan>> PlanAsync(IReadOnlyList<Host> chosen, BatchRequest request, CancellationToken cancel)
    {
        var images = new Dictionary<string, PlannedImage>(StringComparer.OrdinalIgnoreCase);
        var plans = new List<HostPlan>();
        var maker = request.Kind == JobKind.Restore ? personalities() : null;
        foreach (var host in chosen)
        {
            var plan = new HostPlan(host)
            {
                Configuration = host.Configuration is { } name ? configurations.Find(name) : null,
                Obstacle = ObstacleOf(host),
            };
            var planned = plan.Obstacle is null ? WithJoining(await PlanAsync(plan, request, images, cancel), request) : plan;
            plans.Add(planned.Obstacle is null && maker is not null ? await WithPersonalityAsync(planned, maker, request.Options, cancel) : planned);
        }

        return plans;
    }

    private static async Task<HostPlan> WithPersonalityAsync(HostPlan plan, PersonalityMaker maker, JobOptions options, CancellationToken cancel)
    {
        try
        {
            return plan with { Personality = await maker.MakeAsync(plan.Host, plan.Configuration, options, cancel) };
        }
        catch (UserErrorException e)
        {
            return plan with { Obstacle = JobFaults.Of(e) };
        }
    }

    /// <summary>What has changed about a host since its plan was made. Part of the transaction that starts.</summary>
    public HostPlan Again(HostPlan plan) => plan.Obstacle is not null ? plan
        : plan with { Obstacle = hosts.FindById(plan.Host.Id) is { } host ? ObstacleOf(host) : JobFaults.HostGone() };

    private JobFault? ObstacleOf(Host host) =>
        host.IsBlocked ? JobFaults.Blocked()
        : board.ActiveOf(host.Id) is { } job ? JobFaults.HasJob(job.Id)
        : null;

    private HostPlan WithJoining(HostPlan plan, BatchRequest request)
    {
        var note = request.Kind == JobKind.Restore && plan.Obstacle is null ? joining.NoteOf(plan.Host, plan.Configuration, request.Options) : null;
        return note is null ? plan : plan with { Note = plan.Note is null ? note : $"{plan.Note}; {note}" };
    }

    private async Task<HostPlan> PlanAsync(HostPlan plan, BatchRequest request, Dictionary<string, PlannedImage> images, CancellationToken cancel) => request.Kind switch
    {
        JobKind.Reboot or JobKind.Hold => plan,
        JobKind.Erase => Bind(plan, request, manifest: null),
        JobKind.ManualBackup => Bind(plan with { Image = ImageName.Parse(request.Options.ManualName) }, request, manifest: null),
        JobKind.ManualRestore => BindTo(plan, request, await ImageAsync(images, null, ImageKind.Manual, ImageName.Parse(request.Options.ManualName), request, cancel)),
        _ when plan.Configuration is null => plan with { Obstacle = JobFaults.NoConfiguration() },
        JobKind.Capture => await PlanCaptureAsync(plan, plan.Configuration, request, cancel),
        _ => BindTo(plan, request, await ImageAsync(images, plan.Configuration, ImageKind.Image, plan.Configuration.Image, request, cancel)),
    };

    private async Task<HostPlan> PlanCaptureAsync(HostPlan plan, Configuration configuration, BatchRequest request, CancellationToken cancel)
    {
        if (configuration.Master != plan.Host.Id)
        {
            var master = configuration.Master is { } id ? hosts.FindById(id)?.Name.ToString() : null;
            return plan with { Obstacle = JobFaults.NotMaster(configuration, master) };
        }

        var bound = Bind(plan with { Image = configuration.Image }, request, manifest: null);
        if (bound is not { Disks.Count: 0, Obstacle: null, Host.Inventory: { } inventory })
        {
            return bound;
        }

        // Several disks: those of the version before are meant again.
        var before = await stores.TryFindAsync(configuration, ImageKind.Image, configuration.Image, version: null, cancel);
        var same = before.Manifest is { } manifest ? SameDisks(manifest, inventory) : [];
        return same.Count > 0 ? bound with { Disks = same, Note = null } : bound;
    }

    private async Task<PlannedImage> ImageAsync(
        Dictionary<string, PlannedImage> images, Configuration? configuration, ImageKind kind, ImageName image, BatchRequest request, CancellationToken cancel)
    {
        var key = $"{configuration?.Id}/{image}";
        return images.TryGetValue(key, out var known) ? known : images[key] = await stores.TryFindAsync(configuration, kind, image, request.Options.Version, cancel);
    }

    private static HostPlan BindTo(HostPlan plan, BatchRequest request, PlannedImage image)
    {
        if (image is not { Version: { } version, Manifest: { } manifest })
        {
            return plan with { Obstacle = image.Fault };
        }

        var found = plan with { Image = version.Image, Version = version.Version };
        var firmware = plan.Host.Inventory?.Firmware;
        if (version.DamagedChunks > 0 && request.Kind != JobKind.Heal)
        {
            return found with { Obstacle = JobFaults.Damaged(version) };
        }

        return firmware is not null && manifest.Firmware != "any" && manifest.Firmware != firmware && !request.Options.AllowOtherFirmware && request.Kind == JobKind.Restore
            ? found with { Obstacle = JobFaults.OtherFirmware(manifest.Firmware, firmware) }
            : Bind(found, request, manifest);
    }

    private static HostPlan Bind(HostPlan plan, BatchRequest request, Manifest? manifest)
    {
        if (request.Disks is { Count: > 0 } named)
        {
            var chosen = NamedDisks.Find(named, plan.Host.Inventory);
            return plan with { Disks = DiskBinder.Number(chosen), Obstacle = DiskBinder.FaultOf(chosen, request.Options, manifest) };
        }

        if (plan.Host.Inventory is not { } inventory)
        {
            return plan with { Note = "never met: its disk is chosen when it is first seen" };
        }

        var (disks, fault) = DiskBinder.Bind(request.Kind, request.Options, inventory, manifest);
        return plan with { Disks = disks, Obstacle = fault, Note = fault is null && disks.Count == 0 ? "an operator must choose the disk" : null };
    }

    private static List<DiskBinding> SameDisks(Manifest manifest, Inventory inventory)
    {
        var same = manifest.Disks.Select(disk => (disk.Number, Found: inventory.Disks.Where(found => disk.Serial is not null && found.Serial == disk.Serial).ToList())).ToList();
        return same.TrueForAll(pair => pair.Found.Count == 1) ? [.. same.Select(pair => DiskBinder.BindingOf(pair.Number, pair.Found[0]))] : [];
    }
}
