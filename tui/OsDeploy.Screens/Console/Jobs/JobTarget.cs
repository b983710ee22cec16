using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Console.Hosts;

namespace OsDeploy.Screens.Console.Jobs;

/// <summary>Whom a job is about, as the person meant it: hosts that were chosen, a room, or a configuration.</summary>
/// <param name="Title">For people.</param>
/// <param name="Hosts">Who they are now.</param>
internal sealed record JobTarget(string Title, HostSelection Selection, IReadOnlyList<HostRow> Hosts)
{
    public static JobTarget Of(IReadOnlyList<HostRow> hosts) => new(
        hosts is [var only] ? only.Name : Words.Language.Count(hosts.Count, Words.Common.HostsOne, Words.Common.HostsOther),
        new HostSelection([.. hosts.Select(row => row.Name)]),
        hosts);

    public static JobTarget OfRoom(string room, IReadOnlyList<HostRow> all) =>
        new(room, new HostSelection(Rooms: [room]), [.. all.Where(HostFilter.OfRoom(room).Fits)]);

    public static JobTarget OfConfiguration(string configuration, IReadOnlyList<HostRow> all) =>
        new(configuration, new HostSelection(Configurations: [configuration]), [.. all.Where(HostFilter.OfConfiguration(configuration).Fits)]);

    /// <summary>As <c>osdeploy job start</c> takes it.</summary>
    public IEnumerable<string> Arguments =>
    [
        .. Selection.Names ?? [],
        .. (Selection.Rooms ?? []).SelectMany(room => new[] { "--room", room }),
        .. (Selection.Configurations ?? []).SelectMany(configuration => new[] { "--config", configuration }),
    ];

    /// <summary>The one configuration of all of them; null: they have several, or none.</summary>
    public string? Configuration => Hosts.Select(row => row.Configuration).Distinct(StringComparer.OrdinalIgnoreCase).ToList() is [{ Length: > 0 } one] ? one : null;
}
