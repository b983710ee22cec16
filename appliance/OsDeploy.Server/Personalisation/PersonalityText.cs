using System.Globalization;
using OsDeploy.Api.Configurations;
using OsDeploy.Personalisation;
using OsDeploy.Text;

namespace OsDeploy.Server.Personalisation;

/// <summary>What a host becomes, in one line for whoever starts its job.</summary>
internal static class PersonalityText
{
    /// <summary><c>becomes r101-pc05, joins school.local, gets 12 files</c></summary>
    public static string Of(Personality personality)
    {
        var files = personality.Files.Count;
        string?[] parts =
        [
            personality.Systems.Count > 0 ? $"becomes {personality.Name}" : null,
            .. JoiningOf(personality.Joining, personality.Systems.Select(system => system.Join).ToHashSet()),
            files > 0 ? string.Create(CultureInfo.InvariantCulture, $"gets {files} {(files == 1 ? "file" : "files")}") : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private static IEnumerable<string?> JoiningOf(Joining join, HashSet<JoinMode> modes)
    {
        var (domain, workgroup) = (modes.Contains(JoinMode.Domain), modes.Contains(JoinMode.Workgroup));
        return join.IsOff
            ? [domain || workgroup || modes.Contains(JoinMode.Simple) ? "joins nothing this time" : null]
            :
            [
                join.Domain is { } name && (domain || modes.Contains(JoinMode.Simple)) ? $"joins {Printable.Of(name, 80)}" : domain ? "joins no domain: none is said" : null,
                join.Workgroup is { } group && workgroup ? $"in workgroup {Printable.Of(group, 40)}" : workgroup ? "in no workgroup: none is said" : null,
            ];
    }
}
