using System.IO.Enumeration;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Server.Configurations;

namespace OsDeploy.Server.Hosts;

/// <summary>Which hosts somebody means.</summary>
internal static class HostPick
{
    /// <summary>Every host that one of the words names, once, by name. Compared without case; <c>*</c> and <c>?</c> are wild.</summary>
    /// <exception cref="UserErrorException">
    /// <c>host-missing</c>, <c>room-missing</c>, <c>configuration-missing</c>: words that fit nothing, each named. A room without hosts fits.
    /// </exception>
    public static IReadOnlyList<Host> Of(HostSelection selection, IReadOnlyList<Host> hosts, IReadOnlyList<string> rooms, IReadOnlyList<string> configurations)
    {
        var (names, inRooms, ofConfigurations) = (Words(selection.Names), Words(selection.Rooms), Words(selection.Configurations));
        ThrowIfAny(names.Where(word => !hosts.Any(host => IsNamed(host, word))), HostErrors.HostMissing);
        ThrowIfAny(inRooms.Where(word => !rooms.Any(room => Fits(word, room))), HostErrors.RoomMissing);
        ThrowIfAny(ofConfigurations.Where(word => !configurations.Any(configuration => Fits(word, configuration))), ConfigurationErrors.Missing);
        return
        [
            .. hosts.Where(host => names.Exists(word => IsNamed(host, word))
                || inRooms.Exists(word => Fits(word, host.Room))
                || ofConfigurations.Exists(word => Fits(word, host.Configuration))).OrderBy(host => host.Name),
        ];
    }

    private static List<string> Words(IReadOnlyList<string>? words) => [.. (words ?? []).Where(word => !string.IsNullOrWhiteSpace(word)).Select(word => word.Trim())];

    private static bool IsNamed(Host host, string word) => Fits(word, host.Name.ToString()) || word == host.Id;

    // A name is itself before it is a pattern: rooms may have a star or a backslash in theirs.
    private static bool Fits(string word, string? name) =>
        name is not null && (PlainText.AreEqual(word, name) || FileSystemName.MatchesSimpleExpression(word.Replace(@"\", @"\\", StringComparison.Ordinal), name, ignoreCase: true));

    private static void ThrowIfAny(IEnumerable<string> words, Func<IReadOnlyList<string>, UserErrorException> error)
    {
        if (words.ToList() is { Count: > 0 } missing)
        {
            throw error(missing);
        }
    }
}
