using OsDeploy.Api.Boot;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Moving;
using OsDeploy.Images;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Hosting;
using OsDeploy.Server.Hosts;

namespace OsDeploy.Server.Moving;

/// <summary>
/// Adds what another appliance has and this one has not. What is here stays as it is, whatever the other one says: a name, a MAC address or
/// a UUID that is taken here is a conflict, and is listed. The same walk makes the preview and the work; the caller's transaction is around it.
/// </summary>
/// <param name="here">Of this appliance.</param>
/// <param name="there">Of the backup.</param>
/// <param name="theirs">Opens the secrets of the backup; null: nobody can.</param>
/// <param name="apply">False: only say what would happen.</param>
internal sealed class Merge(Registry here, StagedData there, SecretBox ours, SecretBox? theirs, IReadOnlyList<VersionEntry> versions, string by, bool apply)
{
    private readonly MergeSide _ours = new(theirs is null ? null : ours);
    private readonly MergeSide _theirs = new(theirs);
    private readonly Dictionary<string, string> _configurations = new(StringComparer.OrdinalIgnoreCase); // name there, name here
    private readonly Dictionary<string, string> _rooms = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _hosts = []; // id there, id here
    private readonly List<(Configuration There, string Id)> _added = [];

    public List<MergeLine> Lines { get; } = [];

    /// <summary>Ids of what is the same or was added, by their ids there: configurations, rooms and hosts.</summary>
    public Dictionary<string, string> Ids { get; } = [];

    /// <summary>Images whose versions must not come in: another image has their name here.</summary>
    public HashSet<ImageName> RefusedImages { get; } = [];

    public void Run()
    {
        foreach (var (configuration, _) in there.Registry.Configurations.FindAll().OrderBy(one => one.Value.Name, StringComparer.OrdinalIgnoreCase))
        {
            Take(configuration);
        }

        foreach (var (room, _) in there.Registry.Rooms.FindAll().OrderBy(one => one.Value.Name, StringComparer.OrdinalIgnoreCase))
        {
            Take(room);
        }

        var all = new HostSet(here.Hosts.FindAll());
        foreach (var (host, _) in there.Registry.Hosts.FindAll().OrderBy(one => one.Value.Name.ToString(), StringComparer.OrdinalIgnoreCase))
        {
            Take(host, all);
        }

        SetMasters();
    }

    private void Take(Configuration configuration)
    {
        var found = here.Configurations.FindAll().Select(one => one.Value).FirstOrDefault(one => PlainText.AreEqual(one.Name, configuration.Name) || one.Id == configuration.Id);
        if (found is not null)
        {
            var isSame = _ours.TextOf(found) == _theirs.TextOf(configuration);
            Add("configuration", configuration.Name, isSame ? MergeAction.Same : MergeAction.Conflict, isSame ? "" : PlainText.AreEqual(found.Name, configuration.Name) ? "another one has this name here" : $"it is called {found.Name} here");
            Know(_configurations, configuration.Name, found.Name, isSame ? configuration.Id : null, found.Id);
            if (!isSame && found.Image != configuration.Image)
            {
                RefusedImages.Add(configuration.Image);
            }

            return;
        }

        if (here.Configurations.FindAll().FirstOrDefault(one => one.Value.Image == configuration.Image) is { Value: { } owner })
        {
            RefusedImages.Add(configuration.Image);
            Add("configuration", configuration.Name, MergeAction.Conflict, $"its image {configuration.Image} is that of {owner.Name} here");
            return;
        }

        if (versions.Any(version => version.Image == configuration.Image))
        {
            RefusedImages.Add(configuration.Image);
            Add("configuration", configuration.Name, MergeAction.Conflict, $"there are versions of an image {configuration.Image} here that belong to nobody");
            return;
        }

        var sealing = new Resealer(theirs, ours);
        var added = sealing.Move(configuration) with { Id = Registry.NewId(), Master = null, Boot = WithoutBuild(configuration.Boot), ChangedBy = by, ChangedAt = here.Now };
        if (apply)
        {
            here.Configurations.Insert(added);
        }

        Add("configuration", configuration.Name, MergeAction.Add, sealing.HasLost ? "without its secrets" : "");
        Know(_configurations, configuration.Name, configuration.Name, configuration.Id, added.Id);
        _added.Add((configuration, added.Id));
    }

    private void Take(Room room)
    {
        if (here.Rooms.FindAll().Select(one => one.Value).FirstOrDefault(one => PlainText.AreEqual(one.Name, room.Name) || one.Id == room.Id) is { } found)
        {
            var isSame = MergeSide.TextOf(found) == MergeSide.TextOf(room);
            Add("room", room.Name, isSame ? MergeAction.Same : MergeAction.Conflict, isSame ? "" : PlainText.AreEqual(found.Name, room.Name) ? "another one has this name here" : $"it is called {found.Name} here");
            Know(_rooms, room.Name, found.Name, isSame ? room.Id : null, found.Id);
            return;
        }

        if (room.Configuration is { } wanted && NameHere(_configurations, wanted) is null)
        {
            Add("room", room.Name, MergeAction.Conflict, $"its configuration {wanted} is not here");
            return;
        }

        var added = room with { Id = Registry.NewId(), Configuration = NameHere(_configurations, room.Configuration), ChangedBy = by, ChangedAt = here.Now };
        if (apply)
        {
            here.Rooms.Insert(added);
        }

        Add("room", room.Name, MergeAction.Add, "");
        Know(_rooms, room.Name, room.Name, room.Id, added.Id);
    }

    private void Take(Host host, HostSet all)
    {
        var same = MatchesOf(host, all);
        if (same is [var only] && only.Name == host.Name && _ours.TextOf(only) == _theirs.TextOf(host))
        {
            Add("host", host.Name.ToString(), MergeAction.Same, "");
            _hosts[host.Id] = Ids[host.Id] = only.Id;
        }
        else if (WhyNot(host, same) is { } why)
        {
            Add("host", host.Name.ToString(), MergeAction.Conflict, why);
        }
        else
        {
            Insert(host, all);
        }
    }

    private static List<Host> MatchesOf(Host host, HostSet all)
    {
        var uuid = HardwareValues.UuidOf(host.Identity.SystemUuid);
        return
        [
            .. all.All.Select(one => one.Value).Where(one => one.Name == host.Name || one.Id == host.Id || one.Identity.Macs.Intersect(host.Identity.Macs).Any()
                || (uuid is not null && HardwareValues.UuidOf(one.Identity.SystemUuid) == uuid)),
        ];
    }

    private string? WhyNot(Host host, List<Host> same)
    {
        if (same is [var first, ..])
        {
            return same.FirstOrDefault(one => one.Name == host.Name) is not null ? "a host with this name is here, and differs" : $"its hardware is {first.Name} here";
        }

        if (host.Room is { } room && NameHere(_rooms, room) is null)
        {
            return $"its room {room} is not here";
        }

        if (host.Configuration is { } configuration && NameHere(_configurations, configuration) is null)
        {
            return $"its configuration {configuration} is not here";
        }

        return null;
    }

    private void Insert(Host host, HostSet all)
    {
        var sealing = new Resealer(theirs, ours);
        var added = sealing.Move(host) with
        {
            Id = Registry.NewId(),
            Room = NameHere(_rooms, host.Room),
            Configuration = NameHere(_configurations, host.Configuration),
            Inventory = null,
            Boot = WithoutBuild(host.Boot),
            ChangedBy = by,
            ChangedAt = here.Now,
        };
        if (ConflictOf(added) is { } why)
        {
            Add("host", host.Name.ToString(), MergeAction.Conflict, why);
            return;
        }

        var offline = there.Registry.Joinings.FindById(host.Id)?.Value;
        var data = sealing.Move(offline?.Data, SecretPurposes.Registry);
        if (apply)
        {
            here.Save(all, before: null, added);
            if (there.Registry.Inventories.FindById(host.Id) is { Value: var inventory })
            {
                here.Inventories.Upsert(inventory with { Host = added.Id });
            }

            if (offline is not null)
            {
                here.Joinings.Upsert(offline with { Host = added.Id, Data = data, Job = null, UsedAt = null });
            }
        }

        Add("host", host.Name.ToString(), MergeAction.Add, sealing.HasLost ? "without its secrets" : "");
        _hosts[host.Id] = Ids[host.Id] = added.Id;
    }

    // Its own partition settings were made for the configuration that it had there.
    private string? ConflictOf(Host host)
    {
        if (host.Configuration is null || here.FindConfiguration(host.Configuration) is not { Value: var configuration })
        {
            return null; // a preview has not added it; it is as it was there
        }

        try
        {
            PlanRules.CheckHost(configuration, host);
            return null;
        }
        catch (UserErrorException e)
        {
            return e.Message;
        }
    }

    private void SetMasters()
    {
        foreach (var (configuration, id) in _added.Where(one => apply && one.There.Master is { } master && _hosts.ContainsKey(master)))
        {
            var (added, rev) = here.Configurations.FindById(id)!.Value;
            var master = here.Hosts.FindById(_hosts[configuration.Master!])?.Value;
            if (PlainText.AreEqual(master?.Configuration, added.Name))
            {
                here.Configurations.Update(added with { Master = master!.Id }, rev);
            }
        }
    }

    private void Know(Dictionary<string, string> names, string there, string name, string? idThere, string idHere)
    {
        names[there] = name;
        if (idThere is not null)
        {
            Ids[idThere] = idHere;
        }
    }

    private static string? NameHere(Dictionary<string, string> names, string? there) => there is null ? null : names.GetValueOrDefault(there);

    // A client build is of the appliance it was added to.
    private static BootOptions? WithoutBuild(BootOptions? boot) => boot is null ? null : boot with { Build = null };

    private void Add(string kind, string name, MergeAction action, string detail) => Lines.Add(new MergeLine(kind, name, action, detail));
}
