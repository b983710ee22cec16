using System.Globalization;
using System.Text;

namespace OsDeploy.Tui.Text;

/// <summary>How many columns a character takes, and what is shown in place of those that would do harm.</summary>
internal static class UnicodeWidth
{
    private static readonly Rune s_unknown = new('?');

    /// <summary>1 or 2, for what <see cref="Shown"/> returns.</summary>
    public static int Of(Rune rune) => rune.Value switch
    {
        < 0x1100 => 1,
        <= 0x115F or 0x2329 or 0x232A => 2,
        >= 0x2E80 and <= 0x303E or >= 0x3041 and <= 0xA4CF or >= 0xA960 and <= 0xA97C => 2,
        >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF => 2,
        >= 0xFE10 and <= 0xFE19 or >= 0xFE30 and <= 0xFE6F => 2,
        >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6 => 2,
        >= 0x1F300 and <= 0x1F64F or >= 0x1F680 and <= 0x1F6FF or >= 0x1F900 and <= 0x1FAFF => 2,
        >= 0x20000 and <= 0x3FFFD => 2,
        _ => 1,
    };

    public static int Of(ReadOnlySpan<char> text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Of(Shown(rune));
        }

        return width;
    }

    /// <summary>Whether terminals have always taken it for as many columns as <see cref="Of(Rune)"/> says.</summary>
    public static bool IsAgreed(Rune rune) => rune.Value
        is < 0x300 or >= 0x2500 and < 0x25A0 or >= 0x3041 and < 0x3097 or >= 0x30A1 and < 0x30FB or >= 0x4E00 and < 0x9FA6 or >= 0xAC00 and < 0xD7A4;

    /// <summary>Control, format (bidi, zero-width), combining and unassigned characters become a question mark.</summary>
    public static Rune Shown(Rune rune) => rune.Value is >= 0x20 and < 0x7F || !IsHarmful(rune) ? rune : s_unknown;

    private static bool IsHarmful(Rune rune) => rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate;
}
