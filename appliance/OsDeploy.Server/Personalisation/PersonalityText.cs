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
        var (join, files) = (personality.Joining, personality.Files.Count);
        var joins = personality.Systems.Select(system => system.Join).ToHashSet();
        string?[] parts =
        [
            personality.Systems.Count > 0 ? $"becomes {personality.Name}" : null,
            join.IsOff && (joins.Contains(JoinMode.Domain) || joins.Contains(JoinMode.Workgroup)) ? "joins nothing this time" : null,
            !join.IsOff && join.Domain is { } domain && (joins.Contains(JoinMode.Domain) || joins.Contains(JoinMode.Simple)) ? $"joins {Printable.Of(domain, 80)}" : null,
            !join.IsOff && join.Workgroup is { } workgroup && joins.Contains(JoinMode.Workgroup) ? $"in workgroup {Printable.Of(workgroup, 40)}" : null,
            files > 0 ? string.Create(CultureInfo.InvariantCulture, $"gets {files} {(files == 1 ? "file" : "files")}") : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }
}
