using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Hosts.Lists;
using OsDeploy.Storage.Documents;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosts;

/// <summary>Registered hosts. Whatever is said about a host passes here. Safe for many threads.</summary>
/// <remarks><c>by</c> is the caller's <see cref="Api.Caller.AuditName"/>.</remarks>
internal sealed class HostRegistry(Registry registry, Presence presence)
{
    private readonly HostViews _views = new(registry, presence);
    private readonly HostEdit _edit = new(registry);

    /// <summary>By name.</summary>
    public IReadOnlyList<HostView> List() => _views.Of(registry.Hosts.FindAll());

    /// <summary>The same without inventories, jobs and partitions.</summary>
    public IReadOnlyList<HostView> ListBriefly() => _views.BriefOf(registry.Hosts.FindAll());

    /// <param name="since">A host heard later counts as seen.</param>
    public HostCounts Count(DateTimeOffset since)
    {
        var (all, seen, unconfigured) = (0, 0, 0);
        foreach (var (host, _) in registry.Hosts.FindAll())
        {
            all++;
            seen += presence.Find(host.Id)?.At > since ? 1 : 0;
            unconfigured += host.Configuration is null ? 1 : 0;
        }

        return new HostCounts(all, seen, unconfigured);
    }

    /// <inheritdoc cref="Presence.Since"/>
    public IReadOnlyList<HeardComputer> Heard(DateTimeOffset? after) => presence.Since(after);

    /// <exception cref="UserErrorException"><c>host-missing</c></exception>
    public HostView Show(string host) => _views.Of(registry.HostOf(host));

    /// <summary>With its inventory; null: there is none. Reads one host: agents ask this hundreds of times a minute.</summary>
    public Host? FindById(string id) => registry.Hosts.FindById(id)?.Value is { } host
        ? host with { Inventory = registry.Inventories.FindById(id)?.Value.Inventory }
        : null;

    /// <summary>It is registered, and nobody has blocked it.</summary>
    public bool MayWork(string id) => registry.Hosts.FindById(id) is { Value.IsBlocked: false };

    /// <summary>With its inventory, secrets sealed; null: there is none.</summary>
    public Host? Find(string nameOrId) => registry.FindHost(nameOrId) is { Value: var host } ? WithInventory(host) : null;

    /// <summary>The host to which one of these cards belongs, with its inventory; null: none, or several.</summary>
    public Host? OfCard(IReadOnlyList<MacAddress> macs) =>
        registry.Hosts.FindAll().Select(host => host.Value).Where(host => host.Identity.Macs.Any(macs.Contains)).Take(2).ToList() is [var only] ? WithInventory(only) : null;

    /// <summary>Name of a host whose own options name a client build; null: there is none.</summary>
    public string? NameWithBuild(string build) => registry.Hosts.FindAll().Select(host => host.Value).FirstOrDefault(host => host.Boot?.Build == build)?.Name.ToString();

    /// <summary>Every host, secrets sealed, without inventories.</summary>
    public IReadOnlyList<Host> All => [.. registry.Hosts.FindAll().Select(host => host.Value)];

    /// <summary>A host was heard. Nothing is written.</summary>
    public void Seen(string host, string address) => presence.Seen(host, address);

    public LastHeard? LastHeard(string host) => presence.Find(host);

    /// <inheritdoc cref="HostPick.Of"/>
    /// <returns>With their inventories.</returns>
    public IReadOnlyList<Host> Select(HostSelection selection)
    {
        var picked = HostPick.Of(
            selection,
            [.. registry.Hosts.FindAll().Select(host => host.Value)],
            [.. registry.Rooms.FindAll().Select(room => room.Value.Name)],
            [.. registry.Configurations.FindAll().Select(configuration => configuration.Value.Name)]);
        return [.. picked.Select(WithInventory)];
    }

    /// <summary>Registers all, or none. Hosts without a name get the next free ones of their rooms, in order.</summary>
    /// <exception cref="UserErrorException">
    /// <c>host-name-taken</c>, <c>host-mac-taken</c>, <c>host-mac-twice</c>, <c>host-name-needed</c>, <c>host-names-used-up</c>,
    /// <c>computer-name</c>, <c>room-missing</c>, <c>configuration-missing</c>, <c>text-length-invalid</c>
    /// </exception>
    public IReadOnlyList<HostView> Add(NewHosts asked, string by) => registry.Transact(() =>
    {
        var wanted = asked.Hosts.OfType<NewHost>().ToList();
        if (wanted.CountBy(one => one.Mac).FirstOrDefault(count => count.Value > 1) is { Value: > 1, Key: var twice })
        {
            throw HostErrors.MacTwice(twice);
        }

        var all = new HostSet(registry.Hosts.FindAll());
        var named = wanted.Where(one => !string.IsNullOrEmpty(one.Name)).Select(one => ComputerName.Parse(one.Name)).ToHashSet();
        var added = new List<Stored<Host>>();
        foreach (var one in wanted)
        {
            var name = string.IsNullOrEmpty(one.Name) ? NextName(all, one.Room, named) : ComputerName.Parse(one.Name);
            var host = _edit.New(one, name, by);
            added.Add(registry.Save(all, before: null, host));
            registry.Edges.Audit(by, "host-add", host.Name.ToString(), $"{one.Mac}, room {host.Room ?? "none"}, configuration {host.Configuration ?? "none"}");
        }

        return _views.Of(added);
    });

    /// <exception cref="UserErrorException">
    /// <c>host-missing</c>, <c>changed-meanwhile</c>, <c>host-name-taken</c>, <c>host-mac-taken</c>, <c>host-mac-needed</c>,
    /// <c>computer-name</c>, <c>room-missing</c>, <c>configuration-missing</c>, or what is wrong with a partition
    /// </exception>
    public HostView Change(string host, HostChange change, string by) => registry.Transact(() =>
    {
        var before = registry.HostOf(host);
        Registry.ThrowIfStale(change.Rev, before.Rev, before.Value.ChangedBy, before.Value.ChangedAt);
        var after = registry.Save(new HostSet(registry.Hosts.FindAll()), before, _edit.Changed(before.Value, change, by));
        registry.Edges.Audit(by, "host-change", before.Value.Name.ToString(), HostDifference.Of(before.Value, after.Value));
        return _views.Of(after);
    });

    /// <exception cref="UserErrorException"><c>host-missing</c>, <c>host-has-job</c></exception>
    public void Delete(string host, string by)
    {
        var id = registry.Transact(() =>
        {
            var (gone, rev) = registry.HostOf(host);
            if (registry.Edges.JobOf(gone.Id) is not null)
            {
                throw HostErrors.HasJob(gone.Name.ToString());
            }

            registry.UnmarkMaster(gone.Id, by);
            registry.Inventories.Delete(gone.Id);
            registry.Joinings.Delete(gone.Id);
            registry.Hosts.Delete(gone.Id, rev);
            registry.Edges.Audit(by, "host-delete", gone.Name.ToString(), string.Join(' ', gone.Identity.Macs));
            return gone.Id;
        });
        presence.Forget(id);
    }

    /// <summary>All hosts as a list that the import reads, by name.</summary>
    public byte[] Export() => HostListWriter.Write(registry.Hosts.FindAll().Select(host => host.Value).OrderBy(host => host.Name));

    private ComputerName NextName(HostSet all, string? room, IReadOnlySet<ComputerName> reserved) =>
        string.IsNullOrEmpty(room) ? throw HostErrors.NameNeeded() : all.FreeName(RoomRegistry.PatternOf(registry.RoomOf(room).Value), reserved);

    private Host WithInventory(Host host) => host with { Inventory = registry.Inventories.FindById(host.Id)?.Value.Inventory };
}

internal readonly record struct HostCounts(int All, int Seen, int WithoutConfiguration);
