using System.Drawing;
using System.Text;
using OsDeploy.Tests;
using OsDeploy.Tui.Drawing;
using OsDeploy.Tui.Drivers;
using Xunit;
using Attribute = OsDeploy.Tui.Drawing.Attribute;
using Color = OsDeploy.Tui.Drawing.Color;
using Place = OsDeploy.Tui.Tests.Drivers.Emulator.Place;

namespace OsDeploy.Tui.Tests.Drivers;

public sealed class AnsiPainterTests
{
    // With six profiles 7,200 frames.
    private const int Cases = 40;
    private const int FramesOfACase = 30;

    private static readonly string[] s_words =
    [
        "host-03", " ", "                    ", "imaging", "│", "╔══════╗", "████░░░░", "日本語", "한", "é", "😀", "▲", "✓", "a\u001b[2J", "ab\u202ec", "…",
        "57% 94 MB/s",
    ];

    public static TheoryData<string> Profiles => ["xterm-256color", "screen", "linux", "vt220", "linux ascii", "xterm mono"];

    [Theory]
    [MemberData(nameof(Profiles))]
    public void After_any_run_of_frames_the_terminal_shows_the_last(string name)
    {
        var profile = Named(name);
        Seeded.Cases(Cases, random =>
        {
            var painter = new AnsiPainter(profile);
            var frame = new FrameBuffer(random.Next(2, 50), random.Next(1, 12));
            var emulator = NewEmulator(frame, random);
            for (var number = 0; number < FramesOfACase; number++)
            {
                emulator = Change(frame, painter, emulator, random);
                emulator.Feed(painter.Paint(frame).Span);
                AssertShows(frame, emulator, profile, number);
            }
        });
    }

    [Fact]
    public void A_frame_that_is_the_same_sends_nothing()
    {
        var painter = new AnsiPainter(TerminalProfile.Xterm);
        var frame = new FrameBuffer(80, 24) { Cursor = new Point(3, 4) };
        Put(frame, 5, 5, "text");
        painter.Paint(frame);

        Assert.Equal(0, painter.Paint(frame).Length);
    }

    [Fact]
    public void What_is_not_known_is_sent_whole()
    {
        var painter = new AnsiPainter(TerminalProfile.Xterm);
        var frame = new FrameBuffer(80, 24);
        Put(frame, 5, 5, "text");
        var first = painter.Paint(frame).ToArray();
        painter.Forget();

        Assert.Equal(first, painter.Paint(frame).ToArray());
    }

    [Fact]
    public void The_last_cell_of_the_screen_is_written_and_nothing_scrolls()
    {
        var frame = new FrameBuffer(10, 3) { Cursor = new Point(0, 0) };
        Put(frame, 0, 2, "0123456789");
        var emulator = new Emulator(10, 3);
        emulator.Feed(new AnsiPainter(TerminalProfile.Linux).Paint(frame).Span);

        Assert.Equal("\n\n0123456789\n", emulator.Text);
        Assert.Equal(new Point(0, 0), emulator.Cursor);
    }

    [Theory]
    [InlineData("x", "\e[?25lx\e[?25h")] // at the cursor
    [InlineData("xy", "\e[?25lxy\e[?25h")]
    public void A_typed_letter_costs_little_more_than_itself(string typed, string expected)
    {
        var painter = new AnsiPainter(TerminalProfile.Xterm);
        var frame = new FrameBuffer(80, 24) { Cursor = new Point(20, 10) };
        painter.Paint(frame);
        Put(frame, 20, 10, typed);
        frame.Cursor = new Point(20 + typed.Length, 10);

        Assert.Equal(expected, Encoding.UTF8.GetString(painter.Paint(frame).Span));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Moving_the_selected_row_of_a_table_costs_less_than_300_bytes(string name)
    {
        var painter = new AnsiPainter(Named(name));
        var frame = new FrameBuffer(80, 24);
        painter.Paint(Table(frame, 5));
        var sent = painter.Paint(Table(frame, 6)).Length;

        Assert.InRange(sent, 1, 299);
    }

    [Fact]
    public void Blanks_between_words_do_not_change_the_colour()
    {
        var painter = new AnsiPainter(TerminalProfile.Xterm);
        var frame = new FrameBuffer(80, 24);
        painter.Paint(frame);
        frame.Put(0, 0, "one  two three", new Attribute(Color.White, Color.Blue), new Rectangle(0, 0, 80, 24));

        Assert.Equal("\e[97;44mone  two three", Encoding.UTF8.GetString(painter.Paint(frame).Span));
    }

    [Fact]
    public void Sixty_live_rows_cost_less_than_500_bytes_an_update()
    {
        var painter = new AnsiPainter(TerminalProfile.Xterm);
        var frame = new FrameBuffer(100, 62);
        painter.Paint(Percents(frame, 10));

        Assert.InRange(painter.Paint(Percents(frame, 11)).Length, 60, 499);
    }

    [Fact]
    public void A_row_that_becomes_empty_is_erased_not_overwritten()
    {
        var painter = new AnsiPainter(TerminalProfile.Vt220);
        var frame = new FrameBuffer(80, 24);
        Put(frame, 0, 3, new string('x', 80));
        painter.Paint(frame);
        frame.Clear(default);

        Assert.InRange(painter.Paint(frame).Length, 1, 12);
    }

    [Theory]
    [InlineData("xterm-256color", "\e[97;104mX")]
    [InlineData("linux", "\e[1;37;44mX")]
    [InlineData("xterm mono", "\e[4mX")]
    public void Colours_are_sent_as_the_terminal_has_them(string name, string expected)
    {
        var painter = new AnsiPainter(Named(name));
        var frame = new FrameBuffer(10, 2);
        painter.Paint(frame);
        var style = name.EndsWith("mono", StringComparison.Ordinal) ? TextStyle.Underline : TextStyle.None;
        frame.Put(0, 0, "X", new Attribute(Color.White, Color.BrightBlue, style), new Rectangle(0, 0, 10, 2));

        Assert.Equal(expected, Encoding.UTF8.GetString(painter.Paint(frame).Span).Replace("\e[H", "", StringComparison.Ordinal));
    }

    [Fact]
    public void After_a_character_terminals_disagree_about_the_cursor_is_placed_anew()
    {
        var painter = new AnsiPainter(TerminalProfile.Xterm);
        var frame = new FrameBuffer(20, 1);
        painter.Paint(frame);
        Put(frame, 0, 0, "✓x");

        Assert.Equal("✓\e[;2Hx", Encoding.UTF8.GetString(painter.Paint(frame).Span));
    }

    private static TerminalProfile Named(string name) => new(
        name.Split(' ')[0],
        HasColors: name is not ("vt220" or "xterm mono"),
        IsUtf8: name is not ("vt220" or "linux ascii"),
        HasMouse: false,
        HasAlternateScreen: name[0] is 'x' or 's',
        IsSlow: false);

    private static void Put(FrameBuffer frame, int column, int row, string text, Attribute attribute = default) =>
        frame.Put(column, row, text, attribute, new Rectangle(0, 0, frame.Columns, frame.Rows));

    private static FrameBuffer Table(FrameBuffer frame, int selected)
    {
        for (var row = 1; row < 20; row++)
        {
            var look = row == selected ? new Attribute(Color.Black, Color.Cyan, TextStyle.Reverse) : new Attribute(Color.Gray, Color.Blue);
            Put(frame, 1, row, $"{(row == selected ? '>' : ' ')}host-{row:00}  52:54:00:12:34:{row:00}  10.0.1.{row}  > imaging  ████░░░  {row} MB/s   ", look);
        }

        return frame;
    }

    private static FrameBuffer Percents(FrameBuffer frame, int percent)
    {
        for (var row = 0; row < 60; row++)
        {
            Put(frame, 0, row, $"│ host-{row:00} 52:54:00:12:34:{row:00} ███░░░░ {percent}% │");
        }

        return frame;
    }

    private static Emulator NewEmulator(FrameBuffer frame, Random random) => new(frame.Columns, frame.Rows)
    {
        ErasesWithColor = random.Next(2) == 0,
        ReturnsOnLineFeed = random.Next(2) == 0,
    };

    /// <returns>The terminal, another one if its size has changed.</returns>
    private static Emulator Change(FrameBuffer frame, AnsiPainter painter, Emulator emulator, Random random)
    {
        switch (random.Next(20))
        {
            case 0:
                frame.Resize(random.Next(2, 50), random.Next(1, 12));
                emulator = NewEmulator(frame, random);
                emulator.Scribble(random);
                painter.Forget();
                break;
            case 1:
                emulator.Scribble(random);
                painter.Forget();
                break;
            case 2:
                frame.Clear(Look(random));
                break;
            default:
                break;
        }

        for (var puts = random.Next(12); puts > 0; puts--)
        {
            var clip = random.Next(4) > 0
                ? new Rectangle(0, 0, frame.Columns, frame.Rows)
                : new Rectangle(random.Next(-3, 20), random.Next(-3, 5), random.Next(1, 30), random.Next(1, 9));
            frame.Put(random.Next(-3, frame.Columns), random.Next(frame.Rows), s_words[random.Next(s_words.Length)], Look(random), clip);
        }

        frame.Cursor = random.Next(3) == 0 ? null : new Point(random.Next(frame.Columns), random.Next(frame.Rows));
        return emulator;
    }

    private static Attribute Look(Random random) => random.Next(3) == 0 ? default : new(Colour(random), Colour(random), (TextStyle)(random.Next(4) switch
    {
        0 => random.Next(64) & (int)(TextStyle.Bold | TextStyle.Faint | TextStyle.Underline | TextStyle.Reverse),
        _ => 0,
    }));

    private static Color Colour(Random random) => random.Next(4) == 0 ? Color.None : new Color((ColorName16)random.Next(16));

    private static void AssertShows(FrameBuffer frame, Emulator emulator, TerminalProfile profile, int number)
    {
        var glyphs = GlyphMap.For(profile);
        for (var row = 0; row < frame.Rows; row++)
        {
            for (var column = 0; column < frame.Columns; column++)
            {
                var cell = frame[column, row];
                var rune = cell.Rune.Value == 0 ? frame[column - 1, row].Rune : cell.Rune;
                var glyph = cell.Rune.Value == 0 && glyphs[rune] == rune ? default : glyphs[rune];
                var (expected, actual) = (Seen(Expected(glyph, cell.Attribute, profile)), Seen(emulator[column, row]));
                Assert.True(expected == actual, $"frame {number}, column {column}, row {row}: {actual} instead of {expected}");
            }
        }

        Assert.Equal(frame.Cursor, emulator.Cursor);
    }

    // Whoever looks at a blank sees only what is behind it.
    private static Place Seen(Place place) => place.Rune.Value != ' ' || (place.Style & (TextStyle.Underline | TextStyle.Reverse)) != 0
        ? place
        : new Place(place.Rune, Place.Own, place.Background, TextStyle.None);

    private static Place Expected(Rune rune, Attribute look, TerminalProfile profile)
    {
        if (!profile.HasColors)
        {
            return new Place(rune, Place.Own, Place.Own, look.Style);
        }

        var (foreground, background) = (Number(look.Foreground), Number(look.Background));
        return profile.HasBrightColors
            ? new Place(rune, foreground, background, look.Style)
            : new Place(rune, foreground < 8 ? foreground : foreground - 8, background < 8 ? background : background - 8, look.Style | (foreground < 8 ? TextStyle.None : TextStyle.Bold));
    }

    private static int Number(Color color) => color.Name switch
    {
        null => Place.Own,
        ColorName16.Black => 0,
        ColorName16.Red => 1,
        ColorName16.Green => 2,
        ColorName16.Yellow => 3,
        ColorName16.Blue => 4,
        ColorName16.Magenta => 5,
        ColorName16.Cyan => 6,
        ColorName16.Gray => 7,
        { } name => 8 + Number(new Color(name - 8)),
    };
}
