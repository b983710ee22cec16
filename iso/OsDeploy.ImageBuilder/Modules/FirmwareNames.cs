using System.Globalization;
using System.Text.RegularExpressions;

namespace OsDeploy.ImageBuilder.Modules;

/// <summary>Which files of firmware belong to the names that modules ask for.</summary>
internal static partial class FirmwareNames
{
    /// <summary>
    /// The file itself; for a pattern all it fits; and of Intel's wireless cards the newest that is not too new: their modules name the newest
    /// they understand, and look for older ones by themselves.
    /// </summary>
    /// <param name="asked">Names and patterns, as <c>modinfo -F firmware</c> says them.</param>
    /// <param name="present">Files that there are.</param>
    public static IReadOnlyList<string> Choose(IEnumerable<string> asked, IReadOnlySet<string> present) =>
        [.. asked.SelectMany(name => FilesFor(name, present)).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> FilesFor(string name, IReadOnlySet<string> present)
    {
        if (present.Contains(name))
        {
            return [name];
        }

        if (name.Contains('*', StringComparison.Ordinal))
        {
            var pattern = new Regex($"^{Regex.Escape(name).Replace("\\*", "[^/]*", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant);
            return present.Where(file => pattern.IsMatch(file));
        }

        return VersionOf(name) is not { } newest ? [] : present
            .Where(file => VersionOf(file) is { } version && version.Of == newest.Of && version.Number <= newest.Number)
            .OrderByDescending(file => VersionOf(file)!.Value.Number)
            .Take(1);
    }

    private static (string Of, int Number)? VersionOf(string name) => Version().Match(name) is { Success: true } match
        ? (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
        : null;

    [GeneratedRegex(@"^(iwlwifi-.+)-([0-9]{1,4})\.ucode$")]
    private static partial Regex Version();
}
