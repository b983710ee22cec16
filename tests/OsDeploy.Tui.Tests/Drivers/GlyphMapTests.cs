using System.Text;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Text;
using Xunit;

namespace OsDeploy.Tui.Tests.Drivers;

public sealed class GlyphMapTests
{
    [Theory]
    [InlineData("│═╬█░▲•äßé", "│═╬█░▲•äßé")] // in both kinds of fonts
    [InlineData("▓►…Àœ▀", "#>~Ao#")] // in one of them
    [InlineData("日✓€◉☐", "?????")]
    public void The_console_of_the_kernel_gets_what_its_fonts_have(string text, string expected) =>
        Assert.Equal(expected, Map(TerminalProfile.Linux, text));

    [Theory]
    [InlineData("┌─┬┐│╔═╗", "+-++|+=+")]
    [InlineData("█░▒", "#.:")]
    [InlineData("↑↓←→•…", "^v<>*~")]
    [InlineData("Größe « é » – ’", "Grose < e > - '")]
    [InlineData("日✓", "??")]
    public void A_line_without_unicode_gets_ascii(string text, string expected) => Assert.Equal(expected, Map(TerminalProfile.Vt220, text));

    [Fact]
    public void A_window_gets_everything() => Assert.Equal("日✓◉é", Map(TerminalProfile.Xterm, "日✓◉é"));

    [Fact]
    public void What_stands_for_a_character_is_as_wide_as_it_or_a_question_mark()
    {
        foreach (var profile in new[] { TerminalProfile.Linux, TerminalProfile.Vt220 })
        {
            var glyphs = GlyphMap.For(profile);
            for (var value = 0x20; value < 0x10000; value++)
            {
                if (!Rune.IsValid(value) || glyphs[new Rune(value)] is var glyph && glyph.Value == value)
                {
                    continue;
                }

                Assert.InRange(glyph.Value, ' ', '~');
                Assert.True(UnicodeWidth.Of(new Rune(value)) == 1 || glyph.Value == '?', $"U+{value:X4}");
            }
        }
    }

    private static string Map(TerminalProfile profile, string text)
    {
        var glyphs = GlyphMap.For(profile);
        return string.Concat(text.EnumerateRunes().Select(rune => glyphs[rune]));
    }
}
