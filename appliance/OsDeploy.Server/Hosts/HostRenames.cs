using System.Security.Cryptography;
using System.Text;
using OsDeploy.Api.Hosts;
using OsDeploy.Storage.Documents;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosts;

/// <summary>Names for a whole room by a scheme. All of its hosts are renamed, or none.</summary>
internal sealed class HostRenames(Registry registry)
{
    /// <exception cref="UserErrorException"><c>room-missing</c>, <c>room-pattern-invalid</c>, <c>rename-outdated</c></exception>
    public RenameReport Rename(string room, RoomRename asked, string by) => registry.Transact(() =>
    {
        var found = registry.RoomOf(room).Value;
        var pattern = asked.Scheme is null ? RoomRegistry.PatternOf(found) : NamePattern.TryParse(asked.Scheme, out var own) ? own : throw HostErrors.PatternInvalid(asked.Scheme);
        var all = registry.Hosts.FindAll();
        var hosts = all.Where(host => PlainText.AreEqual(host.Value.Room, found.Name)).ToList();
        var plan = PlanOf(hosts, all, pattern);
        var seen = SeenOf(plan);
        if (asked.Apply && asked.Seen is { } shown && shown != seen)
        {
            throw HostErrors.RenameOutdated();
        }

        var isApplied = asked.Apply && plan.TrueForAll(one => one.Fault is null);
        if (isApplied)
        {
            Apply(plan, hosts, all, by);
        }

        return new RenameReport(plan, isApplied, seen);
    });

    private static List<Renaming> PlanOf(List<Stored<Host>> hosts, IReadOnlyList<Stored<Host>> all, NamePattern pattern)
    {
        var own = hosts.Select(host => host.Value.Id).ToHashSet();
        var taken = all.Select(host => host.Value).Where(host => !own.Contains(host.Id)).ToDictionary(host => host.Name, host => host.Room);
        var names = pattern.Names().Take(hosts.Count).ToList();
        return [.. hosts.Select(host => host.Value).OrderBy(host => host, RoomOrder.Instance).Select((host, i) =>
            i >= names.Count ? new Renaming(host.Id, host.Name, null, $"{pattern} makes {names.Count} names, and the room has {hosts.Count} hosts")
            : taken.TryGetValue(names[i], out var elsewhere) ? new Renaming(host.Id, host.Name, names[i], elsewhere is null ? "a host without a room has this name" : $"a host in {Printable.Of(elsewhere)} has this name")
            : new Renaming(host.Id, host.Name, names[i], null))];
    }

    // Hosts may swap names: what is written is looked at as a whole, and not one after the other.
    private void Apply(List<Renaming> plan, List<Stored<Host>> hosts, IReadOnlyList<Stored<Host>> all, string by)
    {
        var (set, byId) = (new HostSet(all), hosts.ToDictionary(host => host.Value.Id));
        foreach (var one in plan.Where(one => one.To is { } to && !string.Equals(to.ToString(), one.From.ToString(), StringComparison.Ordinal)))
        {
            var before = byId[one.Host];
            var after = before.Value with { Name = one.To!.Value, ChangedBy = by, ChangedAt = registry.Now };
            registry.Write(set, before, after);
            registry.Edges.Audit(by, "host-change", one.From.ToString(), HostDifference.Of(before.Value, after));
        }
    }

    private static string SeenOf(List<Renaming> plan) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', plan.Select(one => $"{one.Host} {one.From} {one.To}")))));
}
