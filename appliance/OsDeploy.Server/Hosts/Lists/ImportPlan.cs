using System.Globalization;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Server.Configurations;
using OsDeploy.Storage.Documents;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosts.Lists;

/// <param name="Before">Null: a new host.</param>
internal sealed record ImportStep(Stored<Host>? Before, Host After);

/// <summary>
/// What a list would do to the hosts there are. A line names a host by a MAC, else by its name: a known name with an unknown MAC is
/// that host with new hardware. Empty cells leave a value as it is.
/// </summary>
internal sealed class ImportPlan
{
    private readonly HostSet _hosts;
    private readonly string _by;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<string, Room> _rooms;
    private readonly Dictionary<string, Configuration> _configurations;
    private readonly Dictionary<string, int> _lineOfHost = [];
    private readonly List<ImportLine> _report = [];
    private readonly List<ImportStep> _steps = [];
    private readonly List<Room> _newRooms = [];

    private ImportPlan(IReadOnlyList<Stored<Host>> hosts, IEnumerable<Room> rooms, IReadOnlyList<Configuration> configurations, string by, DateTimeOffset now)
    {
        (_hosts, _by, _now) = (new HostSet(hosts), by, now);
        _rooms = rooms.ToDictionary(room => room.Name, StringComparer.OrdinalIgnoreCase);
        _configurations = configurations.ToDictionary(configuration => configuration.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var configuration in configurations)
        {
            _ = _configurations.TryAdd(configuration.Image.ToString(), configuration);
        }
    }

    /// <summary>One for each line, in order.</summary>
    public IReadOnlyList<ImportLine> Report => [.. _report.OrderBy(line => line.Line)];

    public bool IsGood => _report.TrueForAll(line => line.Action != ImportAction.Error);

    /// <summary>To be done if <see cref="IsGood"/>. A line that changes nothing is not among them.</summary>
    public IReadOnlyList<ImportStep> Steps => _steps;

    /// <summary>As they are written where they appear first.</summary>
    public IReadOnlyList<Room> NewRooms => _newRooms;

    public HostSet Hosts => _hosts;

    public static ImportPlan Of(
        HostLines list, IReadOnlyList<Stored<Host>> hosts, IEnumerable<Room> rooms, IReadOnlyList<Configuration> configurations, string by, DateTimeOffset now)
    {
        var plan = new ImportPlan(hosts, rooms, configurations, by, now);
        var drafts = list.Lines.Select(line => new ImportDraft(line)).ToList();
        plan.BindByMac(drafts);
        plan.BindByName(drafts);
        plan.FindRooms(drafts);
        plan.Name(drafts);
        RefuseMacsTwice(drafts);
        plan._report.AddRange(list.Faults);
        drafts.ForEach(plan.Conclude);
        return plan;
    }

    private void BindByMac(List<ImportDraft> drafts)
    {
        foreach (var draft in drafts)
        {
            var owners = draft.SaidMacs.Select(_hosts.Find).OfType<Stored<Host>>().DistinctBy(owner => owner.Value.Id).ToList();
            if (owners.Count > 1)
            {
                draft.Fault = $"its MAC addresses belong to {string.Join(" and ", owners.Select(owner => owner.Value.Name))}";
            }
            else if (owners is [var owner])
            {
                Bind(draft, owner);
            }
        }
    }

    private void BindByName(List<ImportDraft> drafts)
    {
        foreach (var draft in drafts.Where(draft => draft is { Before: null, Fault: null }))
        {
            if (draft.Line.Name is { } name && _hosts.Find(name) is { } namesake && !_lineOfHost.ContainsKey(namesake.Value.Id))
            {
                draft.IsRenewed = true;
                Bind(draft, namesake);
            }
        }
    }

    private void Bind(ImportDraft draft, Stored<Host> host)
    {
        draft.Before = host;
        if (!_lineOfHost.TryAdd(host.Value.Id, draft.Line.Line))
        {
            draft.Fault = string.Create(CultureInfo.InvariantCulture, $"{host.Value.Name} is on line {_lineOfHost[host.Value.Id]} already");
        }
    }

    // A new room is spelled as on the first line that has it, and so are the names it proposes.
    private void FindRooms(List<ImportDraft> drafts)
    {
        foreach (var room in drafts.Select(draft => draft.Line.Room).OfType<string>())
        {
            _ = RoomOf(room);
        }
    }

    private void Name(List<ImportDraft> drafts)
    {
        var lines = new Dictionary<ComputerName, int>();
        foreach (var draft in drafts.Where(draft => draft.Fault is null))
        {
            draft.Name = draft.Line.Name ?? draft.Before?.Value.Name;
            if (draft.Name is not { } name)
            {
                continue;
            }

            if (_hosts.Find(name) is { Value.Id: var id } && id != draft.Before?.Value.Id && !_lineOfHost.ContainsKey(id))
            {
                draft.Fault = $"the name {name} is in use by another host";
            }
            else if (!lines.TryAdd(name, draft.Line.Line))
            {
                draft.Fault = string.Create(CultureInfo.InvariantCulture, $"the name {name} is on line {lines[name]} already");
            }
        }

        var reserved = lines.Keys.ToHashSet();
        foreach (var draft in drafts.Where(draft => draft is { Fault: null, Name: null }))
        {
            draft.Name = NextName(draft.Line.Room, reserved);
            draft.Fault = draft.Name is { } name && reserved.Add(name) ? null
                : draft.Line.Room is null ? "a new host needs a name, or a room that proposes one" : "every name of its room is in use";
        }
    }

    private ComputerName? NextName(string? room, HashSet<ComputerName> reserved) => room is null ? null
        : _hosts.TryFreeName(RoomRegistry.PatternOf(RoomOf(room)), reserved);

    private static void RefuseMacsTwice(List<ImportDraft> drafts)
    {
        var lines = new Dictionary<MacAddress, int>();
        foreach (var draft in drafts.Where(draft => draft.Fault is null))
        {
            foreach (var mac in draft.Macs.Where(mac => !lines.TryAdd(mac, draft.Line.Line)))
            {
                draft.Fault = string.Create(CultureInfo.InvariantCulture, $"{mac} is on line {lines[mac]} already");
            }
        }
    }

    private void Conclude(ImportDraft draft)
    {
        var configuration = draft.Line.Configuration is { } said ? _configurations.GetValueOrDefault(said) : null;
        if (draft.Fault is null && draft.Line.Configuration is { } unknown && configuration is null)
        {
            draft.Fault = $"there is no configuration \"{Printable.Of(unknown)}\"";
        }

        if (draft.Fault is not null)
        {
            Say(draft, ImportAction.Error, draft.Fault);
            return;
        }

        var room = draft.Line.Room is { } name ? RoomOf(name) : null;
        var inherited = draft.Before is null ? room?.Configuration : null;
        Conclude(draft, draft.ToHost(room?.Name, configuration?.Name ?? inherited, _by, _now));
    }

    private void Conclude(ImportDraft draft, Host after)
    {
        try
        {
            PlanRules.CheckHost(after.Configuration is { } name ? _configurations.GetValueOrDefault(name) : null, after);
        }
        catch (UserErrorException e)
        {
            Say(draft, ImportAction.Error, e.Message);
            return;
        }

        if (draft.Before is not { Value: var before })
        {
            Say(draft, ImportAction.Add, $"room {after.Room ?? "none"}, configuration {after.Configuration ?? "none"}");
            _steps.Add(new ImportStep(null, after));
        }
        else if (HostDifference.Of(before, after) is { Length: > 0 } difference)
        {
            Say(draft, ImportAction.Change, (draft.IsRenewed ? "new hardware: " : "") + difference);
            _steps.Add(new ImportStep(draft.Before, after));
        }
        else
        {
            Say(draft, ImportAction.Same, "");
        }
    }

    private void Say(ImportDraft draft, string action, string detail) =>
        _report.Add(new ImportLine(draft.Line.Line, action, (draft.Name ?? draft.Line.Name)?.ToString() ?? "", detail));

    private Room RoomOf(string name)
    {
        if (!_rooms.TryGetValue(name, out var room))
        {
            room = new Room(Registry.NewId(), name, null, null, "", _by, _now);
            _rooms.Add(name, room);
            _newRooms.Add(room);
        }

        return room;
    }
}
