using System.Drawing;
using System.Text;
using OsDeploy.Tests;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Text;
using Xunit;

namespace OsDeploy.Tui.Tests.Drivers;

public sealed class FrameBufferTests
{
    private static readonly Rectangle s_all = new(0, 0, 12, 1);

    [Theory]
    [InlineData(0, "a", "a 本語")]
    [InlineData(1, "a", " a本語")]
    [InlineData(1, "字", " 字 語")]
    [InlineData(2, "字", "日字語")]
    [InlineData(3, "字", "日 字 ")]
    public void Half_of_a_wide_character_does_not_stay(int column, string text, string expected)
    {
        var frame = new FrameBuffer(12, 1);
        frame.Put(0, 0, "日本語", default, s_all);
        frame.Put(column, 0, text, default, s_all);

        Assert.Equal(expected, Text(frame).TrimEnd(' ').PadRight(expected.Length));
    }

    [Fact]
    public void Wide_characters_are_always_whole() => Seeded.Cases(300, random =>
    {
        var frame = new FrameBuffer(12, 1);
        for (var puts = 0; puts < 20; puts++)
        {
            var clip = new Rectangle(random.Next(-2, 6), 0, random.Next(1, 12), 1);
            frame.Put(random.Next(-2, 12), 0, random.Next(2) == 0 ? "日本" : "ab", default, clip);
            for (var column = 0; column < 12; column++)
            {
                var isWide = frame[column, 0].Rune.Value != 0 && UnicodeWidth.Of(frame[column, 0].Rune) == 2;
                Assert.Equal(isWide, column + 1 < 12 && frame[column + 1, 0].Rune.Value == 0);
            }

            Assert.NotEqual(0, frame[0, 0].Rune.Value);
        }
    });

    [Fact]
    public void What_could_move_a_cursor_or_hide_text_does_not_get_in()
    {
        var frame = new FrameBuffer(12, 1);
        frame.Put(0, 0, "a\e[2J\u009b\u202e\u200be\u0301\ud800", default, s_all);

        Assert.Equal("a?[2J???e??", Text(frame).TrimEnd());
    }

    [Fact]
    public void Text_outside_of_the_clip_is_not_drawn_and_still_counts()
    {
        var frame = new FrameBuffer(12, 1);

        Assert.Equal(9, frame.Put(-1, 0, "0123456789", default, new Rectangle(2, 0, 3, 1)));
        Assert.Equal("  345", Text(frame).TrimEnd());
    }

    private static string Text(FrameBuffer frame)
    {
        var text = new StringBuilder();
        foreach (var cell in frame.Row(0))
        {
            text.Append(cell.Rune.Value == 0 ? "" : cell.Rune.ToString());
        }

        return text.ToString();
    }
}
