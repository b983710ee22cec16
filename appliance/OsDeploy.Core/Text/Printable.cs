using System.Globalization;
using System.Text;

namespace OsDeploy.Text;

/// <summary>The one gate every foreign string (disk label, serial, file name, tool output) passes before a person or a log sees it.</summary>
public static class Printable
{
    private const int DefaultWidth = 200;

    /// <summary>
    /// Replaces control characters (C0, C1, DEL, ESC), bidirectional and zero-width marks and unpaired surrogates by
    /// <c>?</c>, and cuts at <paramref name="width"/> UTF-16 units.
    /// </summary>
    public static string Of(string? text, int width = DefaultWidth)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var clean = new StringBuilder(Math.Min(text.Length, width));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > width)
            {
                clean.Append('…');
                break;
            }

            clean.Append(IsHarmless(rune) ? rune.ToString() : "?");
        }

        return clean.ToString().Trim();
    }

    private static bool IsHarmless(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
