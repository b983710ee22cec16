using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Images;
using OsDeploy.Personalisation;
using OsDeploy.Server.Boot;
using OsDeploy.Server.Hosts;
using OsDeploy.Server.Secrets;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Configurations;

/// <summary>What a host is to be made of, for an order to an agent: secrets are open. Never written, logged or answered to an operator.</summary>
internal sealed record OpenPlan(IReadOnlyList<PartitionPlan> Partitions, RemoteStore? Store);

/// <summary>Computer configurations. Hosts and rooms name their configuration, so a change of its name changes them in the same transaction.</summary>
/// <remarks><c>by</c> is the caller's <see cref="Api.Caller.AuditName"/>.</remarks>
internal sealed class ConfigurationRegistry(Registry registry, IImageStore images)
{
    private readonly ProductIds _productIds = new(registry.Edges.Seal, registry.Edges.Open);
    private readonly RemoteStores _stores = new(registry.Edges.Seal, registry.Edges.Open);

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<ConfigurationView>> ListAsync(CancellationToken cancel)
    {
        var versions = await images.ListAsync(cancel);
        var hosts = registry.Hosts.FindAll();
        return [.. registry.Configurations.FindAll().OrderBy(one => one.Value.Name, StringComparer.OrdinalIgnoreCase).Select(one => ViewOf(one, hosts, versions))];
    }

    /// <exception cref="UserErrorException"><c>configuration-missing</c></exception>
    public async Task<ConfigurationView> ShowAsync(string configuration, CancellationToken cancel) =>
        ViewOf(registry.ConfigurationOf(configuration), registry.Hosts.FindAll(), await images.ListAsync(cancel));

    /// <summary>As it is stored, secrets sealed; null: there is none.</summary>
    public Configuration? Find(string nameOrId) => registry.FindConfiguration(nameOrId)?.Value;

    /// <summary>Name of a configuration whose options name a client build; null: there is none.</summary>
    public string? NameWithBuild(string build) => registry.Configurations.FindAll().Select(one => one.Value).FirstOrDefault(one => one.Boot?.Build == build)?.Name;

    /// <summary>The store on another appliance that a configuration uses, with its token open; null: this one's.</summary>
    public RemoteStore? StoreOf(Configuration configuration) => configuration.Store is { } store ? _stores.Opened(store) : null;

    /// <summary>What a host's partitions and store are, with open secrets.</summary>
    public OpenPlan Open(Host host)
    {
        var configuration = registry.ConfigurationOf(host);
        return new OpenPlan(
            [.. EffectivePlan.Of(configuration, host).Select(partition => _productIds.Opened(partition.Plan))],
            configuration?.Store is { } store ? _stores.Opened(store) : null);
    }

    /// <summary>Open product keys of the partitions that have one, with the host's own over them.</summary>
    public IReadOnlyList<PartitionProductId> ProductIdsOf(Configuration? configuration, Host host) =>
    [
        .. EffectivePlan.Of(configuration, host).Select(partition => _productIds.Opened(partition.Plan))
            .Where(plan => !string.IsNullOrEmpty(plan.ProductId)).Select(plan => new PartitionProductId(plan.Disk, plan.Number, plan.ProductId!)),
    ];

    /// <summary>Open; null: it says none.</summary>
    public string? AdminPasswordOf(Configuration? configuration) => configuration?.AdminPassword is { } text ? registry.Edges.Open(text) : null;

    /// <exception cref="UserErrorException"><c>configuration-name-invalid</c>, <c>configuration-name-taken</c>, or what is wrong with a partition or the store</exception>
    public async Task<ConfigurationView> AddAsync(NewConfiguration asked, string by, CancellationToken cancel)
    {
        var versions = await images.ListAsync(cancel);
        return registry.Transact(() =>
        {
            var name = FreeName(asked.Name, id: null);
            var added = registry.Configurations.Insert(Checked(new Configuration
            {
                Id = Registry.NewId(),
                Name = name,
                Description = PlanRules.DescriptionOf(asked.Description) ?? "",
                DeviceType = KnownOf(asked.DeviceType),
                Image = ImageNames.Of(name, [.. registry.Configurations.FindAll().Select(other => other.Value.Image), .. versions.Select(version => version.Image)]),
                Partitions = PlansOf(asked.Partitions ?? [], []),
                Store = asked.Store is { } store ? _stores.Sealed(store, before: null) : null,
                KeepVersions = KeepOf(asked.KeepVersions),
                OpenRestore = asked.OpenRestore,
                IsStrict = asked.IsStrict,
                Join = JoinRules.Changed(before: null, asked.Join),
                ChangedBy = by,
                ChangedAt = registry.Now,
            }));
            registry.Edges.Audit(by, "configuration-add", name, DetailOf(added.Value));
            return ViewOf(added, registry.Hosts.FindAll(), versions);
        });
    }

    /// <exception cref="UserErrorException">
    /// <c>configuration-missing</c>, <c>changed-meanwhile</c>, <c>configuration-name-invalid</c>, <c>configuration-name-taken</c>, or what is
    /// wrong with a partition, also of a host with its own values, or the store
    /// </exception>
    public async Task<ConfigurationView> ChangeAsync(string configuration, ConfigurationChange change, string by, CancellationToken cancel)
    {
        var versions = await images.ListAsync(cancel);
        return registry.Transact(() =>
        {
            var (before, rev) = registry.ConfigurationOf(configuration);
            Registry.ThrowIfStale(change.Rev, rev, before.ChangedBy, before.ChangedAt);
            var after = Checked(Changed(before, change, by));
            foreach (var host in HostsOf(before))
            {
                PlanRules.CheckHost(after, host.Value);
            }

            var changed = registry.Configurations.Update(after, rev);
            if (before.Name != after.Name)
            {
                Rename(before, after.Name, by);
            }

            registry.Edges.Audit(by, "configuration-change", before.Name, DetailOf(after));
            return ViewOf(changed, registry.Hosts.FindAll(), versions);
        });
    }

    /// <summary>Makes a host the one whose disks are captured. It joins the configuration, and is the master of no other.</summary>
    /// <exception cref="UserErrorException"><c>configuration-missing</c>, <c>host-missing</c>, or what its own partition settings break</exception>
    public async Task<ConfigurationView> SetMasterAsync(string configuration, string host, string by, CancellationToken cancel)
    {
        var versions = await images.ListAsync(cancel);
        return registry.Transact(() =>
        {
            var (id, name) = (registry.ConfigurationOf(configuration).Value.Id, registry.ConfigurationOf(configuration).Value.Name);
            var chosen = registry.HostOf(host);
            if (!PlainText.AreEqual(chosen.Value.Configuration, name))
            {
                registry.Save(new HostSet(registry.Hosts.FindAll()), chosen, chosen.Value with { Configuration = name, ChangedBy = by, ChangedAt = registry.Now });
            }

            // Read anew: the host may have left this one as the master of another spelling of it.
            var (before, rev) = registry.Configurations.FindById(id)!.Value;
            var marked = registry.Configurations.Update(before with { Master = chosen.Value.Id, ChangedBy = by, ChangedAt = registry.Now }, rev);
            registry.Edges.Audit(by, "configuration-master", name, chosen.Value.Name.ToString());
            return ViewOf(marked, registry.Hosts.FindAll(), versions);
        });
    }

    /// <summary>
    /// Deletes the versions of its image, with quarantine, then in one transaction frees its hosts and rooms and deletes it. Cut short, it
    /// is still there, and deleting it again ends the work. Commit point: that transaction.
    /// </summary>
    /// <exception cref="UserErrorException"><c>configuration-missing</c>, <c>configuration-has-jobs</c>, <c>store-busy</c></exception>
    public async Task<DeletedConfiguration> DeleteAsync(string configuration, string by, CancellationToken cancel)
    {
        var gone = registry.Transact(() =>
        {
            var found = registry.ConfigurationOf(configuration).Value;
            ThrowIfWorking(found);
            registry.Edges.Audit(by, "configuration-delete-begin", found.Name, $"image {found.Image}");
            return found;
        });
        var endsAt = (DateTimeOffset?)null;
        var versions = (await images.ListAsync(cancel)).Where(version => IsOf(version, gone)).ToList();
        foreach (var version in versions)
        {
            var end = await images.DeleteAsync(version.Version, cancel);
            endsAt = endsAt > end ? endsAt : end;
        }

        return registry.Transact(() =>
        {
            var (found, rev) = registry.ConfigurationOf(gone.Id);
            ThrowIfWorking(found);
            registry.Configurations.Delete(found.Id, rev);
            var (hosts, rooms) = Rename(found, null, by);
            registry.Edges.Audit(by, "configuration-delete", found.Name, $"{hosts} hosts, {rooms} rooms, {versions.Count} versions");
            return new DeletedConfiguration(hosts, rooms, versions.Count, endsAt);
        });
    }

    /// <summary>Deletes (with quarantine) the versions of a configuration's image beyond the newest <see cref="Configuration.KeepVersions"/>, never the current one.</summary>
    public async Task KeepNewestAsync(Configuration configuration, CancellationToken cancel)
    {
        if (configuration.KeepVersions == 0 || configuration.Store is not null)
        {
            return;
        }

        var newest = (await images.ListAsync(cancel)).Where(version => IsOf(version, configuration)).OrderByDescending(version => version.CapturedAt);
        foreach (var old in newest.Skip(configuration.KeepVersions).Where(version => !version.IsCurrent && registry.Edges.IsInUse?.Invoke(version.Version) != true).ToList())
        {
            await images.DeleteAsync(old.Version, cancel);
            registry.Edges.Audit("appliance", "version-delete", configuration.Image.ToString(), $"{old.Version.Short}: {configuration.KeepVersions} versions are kept");
        }
    }

    // What anybody may start would begin before anything was compared.
    private static Configuration Checked(Configuration configuration) =>
        configuration is { OpenRestore: true, IsStrict: true } ? throw ConfigurationErrors.OpenAndStrict() : configuration;

    private static bool IsOf(VersionEntry version, Configuration configuration) => version.Kind == ImageKind.Image && version.Image == configuration.Image;

    private static int KeepOf(int count) => count is >= 0 and <= 1000 ? count : throw ConfigurationErrors.KeepInvalid(count);

    // A number that is no name of one is read as JSON too.
    private static DeviceType KnownOf(DeviceType type) => Enum.IsDefined(type) ? type : throw Errors.RequestMalformed("there is no such device type");

    private static string DetailOf(Configuration configuration) =>
        $"name {configuration.Name}, image {configuration.Image}, partitions {configuration.Partitions.Count}, store {configuration.Store?.Url ?? "own"}, keep {configuration.KeepVersions}{(configuration.OpenRestore ? ", open restore" : "")}{(configuration.IsStrict ? ", strict" : "")}{(configuration.Boot is null ? "" : ", own boot options")}{JoinRules.Words(configuration.Join)}{(configuration.AdminPassword is null ? "" : ", administrator's password")}";

    private static ConfigurationView ViewOf(Stored<Configuration> stored, IReadOnlyList<Stored<Host>> hosts, IReadOnlyList<VersionEntry> versions)
    {
        var (configuration, rev) = stored;
        var shown = configuration with
        {
            Partitions = [.. configuration.Partitions.Select(ProductIds.Masked)],
            Store = configuration.Store is { } store ? RemoteStores.Masked(store) : null,
            AdminPassword = configuration.AdminPassword is null ? null : Secret.Mask,
        };
        var master = hosts.Select(host => host.Value).FirstOrDefault(host => host.Id == configuration.Master);
        return new ConfigurationView(
            shown, rev, master?.Name.ToString(), hosts.Count(host => PlainText.AreEqual(host.Value.Configuration, configuration.Name)), versions.Count(version => IsOf(version, configuration)));
    }

    private Configuration Changed(Configuration before, ConfigurationChange change, string by) => before with
    {
        Name = change.Name is { } name ? FreeName(name, before.Id) : before.Name,
        Description = PlanRules.DescriptionOf(change.Description) ?? before.Description,
        DeviceType = KnownOf(change.DeviceType ?? before.DeviceType),
        Partitions = change.Partitions is { } plans ? PlansOf(plans, before.Partitions) : before.Partitions,
        Store = change.NoStore ? null : change.Store is { } store ? _stores.Sealed(store, before.Store) : before.Store,
        KeepVersions = change.KeepVersions is { } keep ? KeepOf(keep) : before.KeepVersions,
        OpenRestore = change.OpenRestore ?? before.OpenRestore,
        IsStrict = change.IsStrict ?? before.IsStrict,
        Boot = change.Boot is { } boot ? BootRules.Checked(boot) : before.Boot,
        Join = JoinRules.Changed(before.Join, change.Join),
        AdminPassword = AdminPassword(before.AdminPassword, change.AdminPassword),
        ChangedBy = by,
        ChangedAt = registry.Now,
    };

    private string? AdminPassword(string? before, string? asked) => asked switch
    {
        null or Secret.Mask => before,
        "" => null,
        _ => JoinAccounts.Sealed(asked, registry.Edges),
    };

    private IReadOnlyList<PartitionPlan> PlansOf(IReadOnlyList<PartitionPlan> asked, IReadOnlyList<PartitionPlan> before)
    {
        var plans = asked.OfType<PartitionPlan>().Select(plan => plan with
        {
            Description = PlanRules.DescriptionOf(plan.Description)!,
            Format = plan.Use == PartitionUse.Format ? plan.Format : null,
        }).OrderBy(plan => (plan.Disk, plan.Number)).ToList();
        PlanRules.Check(plans);
        return _productIds.Sealed(plans, before);
    }

    private string FreeName(string name, string? id)
    {
        if (!PlainText.IsName(name))
        {
            throw ConfigurationErrors.NameInvalid(name);
        }

        var isTaken = registry.Configurations.FindAll().Any(other => other.Value.Id != id && PlainText.AreEqual(other.Value.Name, name));
        return isTaken ? throw ConfigurationErrors.NameTaken(name) : name;
    }

    private IEnumerable<Stored<Host>> HostsOf(Configuration configuration) =>
        registry.Hosts.FindAll().Where(host => PlainText.AreEqual(host.Value.Configuration, configuration.Name));

    private void ThrowIfWorking(Configuration configuration)
    {
        if (HostsOf(configuration).Select(host => host.Value).FirstOrDefault(host => registry.Edges.JobOf(host.Id) is not null) is { } working)
        {
            throw ConfigurationErrors.HasJobs(configuration.Name, working.Name.ToString());
        }
    }

    /// <param name="to">Null: they have none.</param>
    private (int Hosts, int Rooms) Rename(Configuration from, string? to, string by)
    {
        var (hosts, rooms) = (HostsOf(from).ToList(), registry.Rooms.FindAll().Where(room => PlainText.AreEqual(room.Value.Configuration, from.Name)).ToList());
        foreach (var (host, rev) in hosts)
        {
            registry.Hosts.Update(host with { Configuration = to, ChangedBy = by, ChangedAt = registry.Now }, rev);
        }

        foreach (var (room, rev) in rooms)
        {
            registry.Rooms.Update(room with { Configuration = to, ChangedBy = by, ChangedAt = registry.Now }, rev);
        }

        return (hosts.Count, rooms.Count);
    }
}
