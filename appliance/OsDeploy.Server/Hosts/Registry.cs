using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Secrets;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Hosts;

/// <summary>
/// The documents of hosts, pending computers, rooms and configurations, and what holds between them: names point to what exists,
/// a name and a MAC belong to one host, a master is a host of its configuration.
/// </summary>
/// <remarks>References are by name and compared without case. Every change runs in <see cref="Transact{T}"/>, which is one at a time.</remarks>
internal sealed class Registry
{
    private readonly DocumentStore _store;
    private readonly TimeProvider _time;

    public Registry(DocumentStore store, RegistryEdges edges, TimeProvider time)
    {
        (_store, Edges, _time) = (store, edges, time);
        Hosts = store.GetCollection("host", ApiJson.Default.Host, host => host.Id);
        Inventories = store.GetCollection("inventory", RegistryJson.Default.HostInventory, one => one.Host);
        Joinings = store.GetCollection("host_joining", SecretJson.Default.HostJoining, one => one.Host);
        Pending = store.GetCollection("pending", ApiJson.Default.PendingHost, pending => pending.Id);
        Rooms = store.GetCollection("room", ApiJson.Default.Room, room => room.Id);
        Configurations = store.GetCollection("configuration", ApiJson.Default.Configuration, configuration => configuration.Id);
    }

    public RegistryEdges Edges { get; }

    /// <summary>Without their inventories.</summary>
    public Collection<Host> Hosts { get; }

    public Collection<HostInventory> Inventories { get; }

    public Collection<HostJoining> Joinings { get; }

    public Collection<PendingHost> Pending { get; }

    public Collection<Room> Rooms { get; }

    public Collection<Configuration> Configurations { get; }

    public DateTimeOffset Now => _time.GetUtcNow();

    public static string NewId() => Guid.NewGuid().ToString("N");

    /// <exception cref="UserErrorException"><c>changed-meanwhile</c></exception>
    public static void ThrowIfStale(long? expected, long actual, string changedBy, DateTimeOffset changedAt)
    {
        if (expected is { } rev && rev != actual)
        {
            throw HostErrors.ChangedMeanwhile(changedBy, changedAt);
        }
    }

    public T Transact<T>(Func<T> work) => _store.Transact(work);

    public void Transact(Action work) => _store.Transact(work);

    /// <param name="nameOrId">A name goes before an id.</param>
    public Stored<Host>? FindHost(string nameOrId) =>
        First(Hosts.FindAll(), host => PlainText.AreEqual(host.Name.ToString(), nameOrId)) ?? ById(Hosts, nameOrId);

    /// <exception cref="UserErrorException"><c>host-missing</c></exception>
    public Stored<Host> HostOf(string nameOrId) => FindHost(nameOrId) ?? throw HostErrors.HostMissing(nameOrId);

    public Stored<Room>? FindRoom(string nameOrId) => First(Rooms.FindAll(), room => PlainText.AreEqual(room.Name, nameOrId)) ?? ById(Rooms, nameOrId);

    /// <exception cref="UserErrorException"><c>room-missing</c></exception>
    public Stored<Room> RoomOf(string nameOrId) => FindRoom(nameOrId) ?? throw HostErrors.RoomMissing(nameOrId);

    /// <exception cref="UserErrorException"><c>pending-missing</c></exception>
    public PendingHost PendingOf(string id) => ById(Pending, id)?.Value ?? throw HostErrors.PendingMissing();

    public Stored<Configuration>? FindConfiguration(string nameOrId) =>
        First(Configurations.FindAll(), one => PlainText.AreEqual(one.Name, nameOrId)) ?? ById(Configurations, nameOrId);

    /// <exception cref="UserErrorException"><c>configuration-missing</c></exception>
    public Stored<Configuration> ConfigurationOf(string nameOrId) => FindConfiguration(nameOrId) ?? throw ConfigurationErrors.Missing(nameOrId);

    /// <summary>The name as it is written where it is defined; null stays null, and an empty one becomes it.</summary>
    /// <exception cref="UserErrorException"><c>room-missing</c></exception>
    public string? RoomName(string? name) => string.IsNullOrEmpty(name) ? null : RoomOf(name).Value.Name;

    /// <inheritdoc cref="RoomName"/>
    /// <exception cref="UserErrorException"><c>configuration-missing</c></exception>
    public string? ConfigurationName(string? name) => string.IsNullOrEmpty(name) ? null : ConfigurationOf(name).Value.Name;

    public Configuration? ConfigurationOf(Host host) => host.Configuration is { } name ? FindConfiguration(name)?.Value : null;

    /// <summary>Writes a host that is new or changed, after looking at everything that must hold. A master that leaves its configuration is one no more.</summary>
    /// <param name="before">Null: it is new.</param>
    /// <exception cref="UserErrorException"><c>host-name-taken</c>, <c>host-mac-taken</c>, or what its own partition settings break</exception>
    public Stored<Host> Save(HostSet all, Stored<Host>? before, Host after)
    {
        all.ThrowIfTaken(after);
        PlanRules.CheckHost(ConfigurationOf(after), after);
        return Write(all, before, after);
    }

    /// <summary>As <see cref="Save"/>, for who has looked already.</summary>
    public Stored<Host> Write(HostSet all, Stored<Host>? before, Host after)
    {
        var saved = before is { } known ? Hosts.Update(after, known.Rev) : Hosts.Insert(after);
        all.Put(saved);
        if (before is { Value: var old } && !PlainText.AreEqual(old.Configuration, after.Configuration))
        {
            UnmarkMaster(old.Id, after.ChangedBy);
        }

        return saved;
    }

    /// <summary>The host is the master of nothing afterwards.</summary>
    public void UnmarkMaster(string host, string by)
    {
        foreach (var (configuration, rev) in Configurations.FindAll().Where(one => one.Value.Master == host))
        {
            Configurations.Update(configuration with { Master = null, ChangedBy = by, ChangedAt = Now }, rev);
            Edges.Audit(by, "configuration-master", configuration.Name, "none");
        }
    }

    // What people type may be no Unicode, and no document has such an id.
    private static Stored<T>? ById<T>(Collection<T> collection, string id)
        where T : class => Guid.TryParseExact(id, "N", out _) ? collection.FindById(id) : null;

    private static Stored<T>? First<T>(IEnumerable<Stored<T>> all, Func<T, bool> isIt)
    {
        foreach (var one in all)
        {
            if (isIt(one.Value))
            {
                return one;
            }
        }

        return null;
    }
}
