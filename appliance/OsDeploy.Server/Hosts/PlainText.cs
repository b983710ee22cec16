using System.Diagnostics.CodeAnalysis;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosts;

/// <summary>Free text that people type: names of rooms and configurations, notes. What is stored can be shown as it is.</summary>
internal static class PlainText
{
    public const int MaxName = 32;
    public const int MaxDescription = 64;
    public const int MaxDetail = 64;
    public const int MaxNotes = 1000;

    /// <summary>A name is refused rather than mended: what looks the same must be the same.</summary>
    public static bool IsName([NotNullWhen(true)] string? text, int max = MaxName) =>
        text is { Length: > 0 } && text.Length <= max && Printable.Of(text, max) == text;

    /// <summary>Makes one line of it: line ends, tabs and runs of blanks become a blank, what cannot be shown becomes <c>?</c>.</summary>
    /// <returns>False if it is longer than <paramref name="max"/>.</returns>
    public static bool TryLine(string? text, int max, out string line)
    {
        line = Printable.Of(string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), max + 1);
        return line.Length <= max;
    }

    public static bool AreEqual(string? first, string? second) => string.Equals(first, second, StringComparison.OrdinalIgnoreCase);
}
