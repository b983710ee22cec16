using OsDeploy.Api.Hosts;
using OsDeploy.Storage.Documents;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosts;

/// <summary>Rooms. Hosts name their room, so a renamed room is renamed on them in the same transaction.</summary>
internal sealed class RoomRegistry(Registry registry)
{
    /// <summary>By name.</summary>
    public IReadOnlyList<RoomView> List()
    {
        var counts = registry.Hosts.FindAll().Where(host => host.Value.Room is not null).CountBy(host => host.Value.Room!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. registry.Rooms.FindAll().OrderBy(room => room.Value.Name, StringComparer.OrdinalIgnoreCase)
                .Select(room => new RoomView(room.Value, room.Rev, counts.GetValueOrDefault(room.Value.Name))),
        ];
    }

    /// <exception cref="UserErrorException"><c>room-name-invalid</c>, <c>room-name-taken</c>, <c>room-pattern-invalid</c>, <c>configuration-missing</c></exception>
    public RoomView Add(NewRoom asked, string by) => registry.Transact(() =>
    {
        var room = new Room(
            Registry.NewId(), FreeName(asked.Name, id: null), registry.ConfigurationName(asked.Configuration), PatternOf(asked.NamePattern), NotesOf(asked.Notes), by, registry.Now);
        var added = registry.Rooms.Insert(room);
        registry.Edges.Audit(by, "room-add", room.Name, $"configuration {room.Configuration ?? "none"}");
        return ViewOf(added);
    });

    /// <exception cref="UserErrorException">
    /// <c>room-missing</c>, <c>changed-meanwhile</c>, <c>room-name-invalid</c>, <c>room-name-taken</c>, <c>room-pattern-invalid</c>, <c>configuration-missing</c>
    /// </exception>
    public RoomView Change(string room, RoomChange change, string by) => registry.Transact(() =>
    {
        var (before, rev) = registry.RoomOf(room);
        Registry.ThrowIfStale(change.Rev, rev, before.ChangedBy, before.ChangedAt);
        var after = before with
        {
            Name = change.Name is { } name ? FreeName(name, before.Id) : before.Name,
            Configuration = change.Configuration is { } configuration ? registry.ConfigurationName(configuration) : before.Configuration,
            NamePattern = change.NamePattern is { } pattern ? PatternOf(pattern) : before.NamePattern,
            Notes = change.Notes is { } notes ? NotesOf(notes) : before.Notes,
            ChangedBy = by,
            ChangedAt = registry.Now,
        };
        var changed = registry.Rooms.Update(after, rev);
        if (before.Name != after.Name)
        {
            MoveHosts(before.Name, after.Name, by);
            registry.Edges.RoomRenamed(before.Name, after.Name);
        }

        registry.Edges.Audit(by, "room-change", before.Name, $"name {after.Name}, configuration {after.Configuration ?? "none"}, pattern {after.NamePattern ?? "none"}");
        return ViewOf(changed);
    });

    /// <summary>Its hosts stay, without a room.</summary>
    /// <exception cref="UserErrorException"><c>room-missing</c></exception>
    public void Delete(string room, string by) => registry.Transact(() =>
    {
        var (gone, rev) = registry.RoomOf(room);
        MoveHosts(gone.Name, null, by);
        registry.Rooms.Delete(gone.Id, rev);
        registry.Edges.RoomRenamed(gone.Name, null);
        registry.Edges.Audit(by, "room-delete", gone.Name, "");
    });

    /// <summary>Names that the next hosts registered here would get; fewer if there are no more.</summary>
    /// <exception cref="UserErrorException"><c>room-missing</c></exception>
    public IReadOnlyList<ComputerName> FreeNames(string room, int count)
    {
        var pattern = PatternOf(registry.RoomOf(room).Value);
        var taken = registry.Hosts.FindAll().Select(host => host.Value.Name).ToHashSet();
        return [.. pattern.Names().Where(name => !taken.Contains(name)).Take(count)];
    }

    public static NamePattern PatternOf(Room room) => NamePattern.TryParse(room.NamePattern, out var pattern) ? pattern : NamePattern.OfRoom(room.Name);

    private static string? PatternOf(string? text) =>
        string.IsNullOrEmpty(text) ? null : NamePattern.TryParse(text, out _) ? text : throw HostErrors.PatternInvalid(text);

    private static string NotesOf(string? text) =>
        PlainText.TryLine(text, PlainText.MaxNotes, out var notes) ? notes : throw HostErrors.TextTooLong("A note", PlainText.MaxNotes);

    private string FreeName(string name, string? id)
    {
        if (!PlainText.IsName(name))
        {
            throw HostErrors.RoomNameInvalid(name);
        }

        var isTaken = registry.Rooms.FindAll().Any(other => other.Value.Id != id && PlainText.AreEqual(other.Value.Name, name));
        return isTaken ? throw HostErrors.RoomTaken(name) : name;
    }

    private void MoveHosts(string from, string? to, string by)
    {
        foreach (var (host, rev) in registry.Hosts.FindAll().Where(host => PlainText.AreEqual(host.Value.Room, from)))
        {
            registry.Hosts.Update(host with { Room = to, ChangedBy = by, ChangedAt = registry.Now }, rev);
        }
    }

    private RoomView ViewOf(Stored<Room> room) =>
        new(room.Value, room.Rev, registry.Hosts.FindAll().Count(host => PlainText.AreEqual(host.Value.Room, room.Value.Name)));
}
