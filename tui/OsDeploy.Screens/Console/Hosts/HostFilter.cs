using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Hosts;

/// <summary>Which hosts a table is about, before anything is typed.</summary>
/// <param name="Id">The same for the same hosts, whatever the language.</param>
internal sealed record HostFilter(string Id, string Title, Func<HostRow, bool> Fits)
{
    public static HostFilter All => new("all", Words.Hosts.FilterAll, _ => true);

    public static HostFilter WithoutConfiguration => new("without-configuration", Words.Hosts.FilterWithoutConfiguration, row => row.Configuration.Length == 0);

    /// <summary>What somebody must look at.</summary>
    public static HostFilter Trouble => new(
        "trouble", Words.Hosts.FilterTrouble, row => row.Condition is HostCondition.Failed or HostCondition.Frozen or HostCondition.NeedsDisk);

    public static HostFilter Masters => new("masters", Words.Hosts.FilterMasters, row => row.IsMaster);

    public static HostFilter In(HostCondition condition) => new($"is-{condition}", HostConditions.WordOf(condition), row => row.Condition == condition);

    public static HostFilter OfRoom(string room) =>
        new("room-" + room, Language.Fill(Words.Hosts.FilterRoom, room), row => string.Equals(row.Room, room, StringComparison.OrdinalIgnoreCase));

    public static HostFilter OfConfiguration(string configuration) => new(
        "configuration-" + configuration,
        Language.Fill(Words.Hosts.FilterConfiguration, configuration),
        row => string.Equals(row.Configuration, configuration, StringComparison.OrdinalIgnoreCase));
}
