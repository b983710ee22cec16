using System.Globalization;
using System.Text;
using Xunit;

namespace OsDeploy.Tests.Hosts;

/// <summary>Strings that move cursors, turn lines around or ask terminals questions.</summary>
internal static class HostileText
{
    public static IReadOnlyList<string> Samples { get; } =
    [
        "\u001b]0;owned\u0007", "\u001b]52;c;cm0gLXJm\u001b\\", "\u001b[6n", "\u009b31m", "\u001bP$q\"p\u001b\\", "a\u202eb", "a\u2066b", "z\u200bw", "\0", "\r\nx", "\u007f",
        "\ud800", "\ufeff", "\u2028", "\u2029", "a\tb", "\b\b\b", "\ue000",
    ];

    public static void AssertShowable(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            Assert.False(
                rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse,
                $"U+{rune.Value:X4} is in \"{text}\"");
        }
    }
}
