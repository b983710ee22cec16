using OsDeploy.Api.Hosts;
using OsDeploy.Storage.Documents;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosts;

/// <summary>Whom an agent's hello is from: a host, or a computer that waits for an operator. Exactly one is not null.</summary>
/// <param name="Host">With its inventory.</param>
internal sealed record MeetResult(Host? Host, PendingHost? Pending);

/// <summary>Computers that appear on the network, and what becomes of those nobody knows.</summary>
internal sealed class HostMeetings(Registry registry, Presence presence)
{
    /// <summary>More make the oldest fall out: whoever can send packets can send many.</summary>
    public const int MaxPending = 1000;

    private const string Agent = "agent";

    // As with hosts, an inventory lies apart.
    private static readonly Inventory s_elsewhere = new(null, null, "", 0, [], []);

    // How old the stored time of a pending computer may become while the one in memory is exact.
    private static readonly TimeSpan s_stale = TimeSpan.FromHours(1);

    /// <summary>
    /// Finds out which host this is and keeps what it says about itself; a computer that is surely nobody becomes pending. Writes only
    /// what has changed.
    /// </summary>
    /// <param name="isLab">A computer of a test meets only hosts of tests.</param>
    public MeetResult Meet(HardwareIdentity saidIdentity, Inventory saidInventory, string address, bool isLab) => registry.Transact(() =>
    {
        var (identity, inventory) = (HardwareLimits.Of(saidIdentity), HardwareLimits.Of(saidInventory));
        var all = new HostSet(registry.Hosts.FindAll());
        var match = Match(all, identity, isLab);
        var result = match is { Kind: MatchKind.Known, Ids: [var id] }
            ? new MeetResult(Recognise(all, all[id], identity, inventory), null)
            : new MeetResult(null, Remember(identity, inventory, Printable.Of(address), NamesOf(match, all), isLab));
        presence.Seen(result.Host?.Id ?? result.Pending!.Id, Printable.Of(address));
        return result;
    });

    /// <summary>A pending computer was heard. Nothing is written.</summary>
    public void Seen(string pending, string address) => presence.Seen(pending, Printable.Of(address));

    /// <summary>The host a computer surely is; null: none. Writes nothing.</summary>
    public Host? HostOf(HardwareIdentity identity, bool isLab)
    {
        var hosts = registry.Hosts.FindAll().Where(host => host.Value.IsLab == isLab).ToList();
        var match = HardwareMatch.Of(HardwareValues.Of(identity), hosts.Select(host => KnownHardware.Of(host.Value.Id, host.Value.Identity)));
        return match is { Kind: MatchKind.Known, Ids: [var id] } ? hosts.Single(host => host.Value.Id == id).Value : null;
    }

    /// <summary>A pending computer with its inventory; null: there is none.</summary>
    public PendingHost? Find(string pending) => registry.Pending.FindById(pending)?.Value is { } waiting ? WithInventory(waiting) : null;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<PendingHost> List()
    {
        var all = new HostSet(registry.Hosts.FindAll());
        return
        [
            .. registry.Pending.FindAll().Select(pending => WithPresence(pending.Value)).OrderByDescending(pending => pending.LastSeen)
                .Select(pending => WithInventory(pending) with { Candidates = NamesOf(Match(all, pending.Identity, pending.IsLab), all) }),
        ];
    }

    public int Count => registry.Pending.Count();

    /// <summary>Turns a pending computer into a new host, or makes it the present hardware of a known one.</summary>
    /// <exception cref="UserErrorException">
    /// <c>pending-missing</c>, <c>host-missing</c>, <c>host-name-taken</c>, <c>host-mac-taken</c>, <c>host-name-needed</c>,
    /// <c>host-names-used-up</c>, <c>computer-name</c>, <c>room-missing</c>, <c>configuration-missing</c>
    /// </exception>
    public HostView Approve(string pending, Approval approval, string by)
    {
        return registry.Transact(() =>
        {
            var waiting = registry.PendingOf(pending);
            var all = new HostSet(registry.Hosts.FindAll());
            var saved = string.IsNullOrEmpty(approval.Host) ? Register(all, waiting, approval, by) : Renew(all, waiting, registry.HostOf(approval.Host), by);
            registry.Inventories.Upsert(new HostInventory(saved.Value.Id, WithInventory(waiting).Inventory));
            Forget(pending);
            presence.Seen(saved.Value.Id, waiting.Address);
            return new HostViews(registry, presence).Of(saved);
        });
    }

    /// <exception cref="UserErrorException"><c>pending-missing</c></exception>
    public void Reject(string pending, string by)
    {
        registry.Transact(() =>
        {
            var waiting = registry.PendingOf(pending);
            Forget(pending);
            registry.Edges.Audit(by, "pending-reject", pending, string.Join(' ', waiting.Identity.Macs));
        });
    }

    private static HardwareMatch Match(HostSet all, HardwareIdentity seen, bool isLab) => HardwareMatch.Of(
        HardwareValues.Of(seen), all.All.Where(host => host.Value.IsLab == isLab).Select(host => KnownHardware.Of(host.Value.Id, host.Value.Identity)));

    private static IReadOnlyList<string> NamesOf(HardwareMatch match, HostSet all) => [.. match.Ids.Select(id => all[id].Value.Name).Order().Select(name => name.ToString())];

    private Host Recognise(HostSet all, Stored<Host> known, HardwareIdentity seen, Inventory inventory)
    {
        var learned = Learning.Of(known.Value, seen, mac => all.Find(mac) is null);
        if (!Learning.IsSame(known.Value.Identity, learned))
        {
            known = registry.Write(all, known, known.Value with { Identity = learned, ChangedBy = Agent, ChangedAt = registry.Now });
            registry.Edges.Audit(Agent, "host-learn", known.Value.Name.ToString(), string.Join(' ', learned.Macs));
        }

        Keep(known.Value.Id, inventory);
        foreach (var pending in SameHardware(seen, known.Value.IsLab).Ids)
        {
            Forget(pending);
        }

        return known.Value with { Inventory = inventory };
    }

    private void Keep(string id, Inventory inventory)
    {
        if (registry.Inventories.FindById(id) is not { Value.Inventory: var old } || !Learning.IsSame(old, inventory))
        {
            registry.Inventories.Upsert(new HostInventory(id, inventory));
        }
    }

    private void Forget(string pending)
    {
        registry.Pending.Delete(pending);
        registry.Inventories.Delete(pending);
        presence.Forget(pending);
    }

    // The same computer is one pending record, whatever dock it is at; one that fits several is the first of them.
    private HardwareMatch SameHardware(HardwareIdentity seen, bool isLab)
    {
        var match = HardwareMatch.Of(
            HardwareValues.Of(seen),
            registry.Pending.FindAll().Where(pending => pending.Value.IsLab == isLab).Select(pending => KnownHardware.Of(pending.Value.Id, pending.Value.Identity)));
        return match.Kind is MatchKind.Known or MatchKind.Tie ? match : new HardwareMatch(MatchKind.Nobody, []);
    }

    private PendingHost Remember(HardwareIdentity identity, Inventory inventory, string address, IReadOnlyList<string> candidates, bool isLab)
    {
        var before = SameHardware(identity, isLab).Ids is [var id, ..] ? registry.Pending.FindById(id)?.Value : null;
        var now = registry.Now;
        if (before is null)
        {
            MakeRoom();
        }

        var after = new PendingHost(before?.Id ?? Registry.NewId(), identity, s_elsewhere, address, before?.FirstSeen ?? now, now, candidates, isLab);
        var isSame = before is not null && Learning.IsSame(before.Identity, identity) && before.Address == address
            && before.Candidates.SequenceEqual(candidates) && now - before.LastSeen < s_stale;
        if (!isSame)
        {
            registry.Pending.Upsert(after);
        }

        Keep(after.Id, inventory);
        return after with { Inventory = inventory };
    }

    private void MakeRoom()
    {
        foreach (var oldest in registry.Pending.FindAll().Select(pending => WithPresence(pending.Value)).OrderByDescending(pending => pending.LastSeen).Skip(MaxPending - 1))
        {
            Forget(oldest.Id);
        }
    }

    private PendingHost WithInventory(PendingHost pending) =>
        registry.Inventories.FindById(pending.Id) is { Value.Inventory: var inventory } ? pending with { Inventory = inventory } : pending;

    private PendingHost WithPresence(PendingHost pending) =>
        presence.Find(pending.Id) is { } heard ? pending with { LastSeen = heard.At, Address = heard.Address } : pending;

    private Stored<Host> Register(HostSet all, PendingHost waiting, Approval approval, string by)
    {
        var room = registry.RoomName(approval.Room);
        var name = string.IsNullOrEmpty(approval.Name)
            ? all.FreeName(RoomRegistry.PatternOf(registry.RoomOf(room ?? throw HostErrors.NameNeeded()).Value), new HashSet<ComputerName>())
            : ComputerName.Parse(approval.Name);
        var saved = registry.Save(all, before: null, new Host
        {
            Id = Registry.NewId(),
            Name = name,
            Identity = Learning.OwnCards(waiting.Identity, mac => all.Find(mac) is null) ?? throw Taken(all, waiting.Identity),
            Room = room,
            Configuration = new HostEdit(registry).ConfigurationFor(approval.Configuration, room),
            IsLab = waiting.IsLab,
            ChangedBy = by,
            ChangedAt = registry.Now,
        });
        registry.Edges.Audit(by, "host-add", name.ToString(), $"pending {waiting.Id}, room {room ?? "none"}, configuration {saved.Value.Configuration ?? "none"}");
        return saved;
    }

    private Stored<Host> Renew(HostSet all, PendingHost waiting, Stored<Host> host, string by)
    {
        if (host.Value.IsLab != waiting.IsLab)
        {
            throw HostErrors.LabMixed(host.Value.Name.ToString());
        }

        var own = Learning.OwnCards(waiting.Identity, mac => all.Find(mac)?.Value.Id is not { } owner || owner == host.Value.Id) ?? throw Taken(all, waiting.Identity);
        var saved = registry.Save(all, host, host.Value with
        {
            Identity = Learning.Renewed(host.Value.Identity, own),
            ChangedBy = by,
            ChangedAt = registry.Now,
        });
        registry.Edges.Audit(by, "host-renew", host.Value.Name.ToString(), $"pending {waiting.Id}: {HostDifference.Of(host.Value, saved.Value)}");
        return saved;
    }

    // Only after OwnCards left nothing: every card it has is somebody's, or it has none.
    private static UserErrorException Taken(HostSet all, HardwareIdentity identity) =>
        identity.Macs is [var mac, ..] && all.Find(mac) is { Value: var owner } ? HostErrors.MacTaken(mac, owner.Name.ToString()) : HostErrors.NothingToKnowBy();
}
