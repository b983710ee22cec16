using System.Text.RegularExpressions;

namespace OsDeploy.Personalisation;

/// <summary>Swap areas by their UUID: one that was made anew has another. Changed only where there is no doubt which one is meant.</summary>
internal static partial class SwapNames
{
    /// <param name="swaps">UUIDs that there are.</param>
    public static string InTable(string table, IReadOnlyList<string> swaps)
    {
        var lines = table.Split('\n');
        return lines.Count(line => IsSwap(line) && Uuid().IsMatch(line)) == 1 ? string.Join('\n', lines.Select(line => IsSwap(line) ? Renamed(line, swaps) : line)) : table;
    }

    /// <summary><c>RESUME=UUID=...</c> of initramfs-tools.</summary>
    public static string InResume(string text, IReadOnlyList<string> swaps) => string.Join('\n', text.Split('\n').Select(line =>
        line.StartsWith("RESUME=", StringComparison.Ordinal) ? Renamed(line, swaps) : line));

    private static bool IsSwap(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var device, _, "swap", ..] && !device.StartsWith('#');

    private static string Renamed(string line, IReadOnlyList<string> swaps) => swaps is [var only]
        ? Uuid().Replace(line, match => string.Equals(match.Value, only, StringComparison.OrdinalIgnoreCase) ? match.Value : only)
        : line;

    [GeneratedRegex("(?<=(?<!PART)UUID=\"?|/dev/disk/by-uuid/)[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", RegexOptions.CultureInvariant)]
    private static partial Regex Uuid();
}
