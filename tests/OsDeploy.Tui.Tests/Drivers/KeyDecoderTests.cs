using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OsDeploy.Tests;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using Xunit;

namespace OsDeploy.Tui.Tests.Drivers;

public sealed class KeyDecoderTests
{
    private static readonly string[] s_fragments =
    [
        "\e", "\e[", "\eO", "\e[200~", "\e[201~", "\e[A", "\e[1;5C", "\e[[A", "\e[<0;1;1M", "\e[M", "\e]0;x", "\a", "\e\\", "\eP", "日", "é", "\r\n", "~", ";", "9", "$", "?",
        "\e[99999999999999999999~", "\u0018",
    ];

    [Theory]
    [InlineData("a", "a")]
    [InlineData("A", "A")]
    [InlineData(" ", "Space")]
    [InlineData("\r", "Enter")]
    [InlineData("\n", "Enter")]
    [InlineData("\r\n", "Enter")]
    [InlineData("\r\0", "Enter")]
    [InlineData("\r\r\n\n", "Enter Enter Enter")]
    [InlineData("\t", "Tab")]
    [InlineData("\x7f", "Backspace")]
    [InlineData("\x08", "Ctrl+H")]
    [InlineData("\0", "Ctrl+Space")]
    [InlineData("\x03\x1a\x1c\x0c", "Ctrl+C Ctrl+Z Ctrl+\\ Ctrl+L")]
    [InlineData("é日😀", "é 日 😀")]
    public void Characters(string sent, string expected) => Assert.Equal(expected, Decode(sent));

    [Theory]
    [InlineData("\e[A\e[B\e[C\e[D", "CursorUp CursorDown CursorRight CursorLeft")]
    [InlineData("\eOA\eOB\eOC\eOD", "CursorUp CursorDown CursorRight CursorLeft")]
    [InlineData("\e[H\e[F\eOH\eOF", "Home End Home End")]
    [InlineData("\e[1~\e[4~\e[7~\e[8~", "Home End Home End")]
    [InlineData("\e[2~\e[3~\e[5~\e[6~", "Insert Delete PageUp PageDown")]
    [InlineData("\e[1;5C\e[1;2D\e[1;3A\e[1;6B", "Ctrl+CursorRight Shift+CursorLeft Alt+CursorUp Ctrl+Shift+CursorDown")]
    [InlineData("\e[3;5~\e[5;3~\e[3$\e[3^\e[a\eOa", "Ctrl+Delete Alt+PageUp Shift+Delete Ctrl+Delete Shift+CursorUp Ctrl+CursorUp")]
    [InlineData("\eO5C\eO1;5C", "Ctrl+CursorRight Ctrl+CursorRight")]
    [InlineData("\e[Z\e\t", "Shift+Tab Shift+Tab")] // xterm, the kernel
    [InlineData("\eOM\eOp\eOy\eOk", "Enter 0 9 +")] // the keypad of a vt220
    public void Moving_keys_in_every_spelling(string sent, string expected) => Assert.Equal(expected, Decode(sent));

    [Theory]
    [InlineData("\e[[A\e[[B\e[[C\e[[D\e[[E", "F1 F2 F3 F4 F5")] // linux
    [InlineData("\eOP\eOQ\eOR\eOS", "F1 F2 F3 F4")] // xterm, vt220, screen
    [InlineData("\e[11~\e[12~\e[13~\e[14~\e[15~", "F1 F2 F3 F4 F5")] // PuTTY, rxvt
    [InlineData("\e[17~\e[18~\e[19~\e[20~\e[21~\e[23~\e[24~", "F6 F7 F8 F9 F10 F11 F12")]
    [InlineData("\e1\e2\e9\e0", "F1 F2 F9 F10")] // where a line eats the others
    [InlineData("\e[1;5P\e[1;2R\e[15;5~", "Ctrl+F1 Shift+F3 Ctrl+F5")]
    [InlineData("\e[25~\e[26~\e[28~\e[29~\e[31~\e[34~", "Shift+F1 Shift+F2 Shift+F3 Shift+F4 Shift+F5 Shift+F8")]
    public void Function_keys_in_every_spelling(string sent, string expected) => Assert.Equal(expected, Decode(sent));

    [Theory]
    [InlineData("\ea", "Alt+A")]
    [InlineData("\eA", "Alt+A")]
    [InlineData("\eé", "Alt+É")]
    [InlineData("\e\r", "Alt+Enter")]
    [InlineData("\e\x7f", "Alt+Backspace")]
    [InlineData("\e\x01", "Ctrl+Alt+A")]
    [InlineData("\e\e[A", "Alt+CursorUp")] // rxvt
    [InlineData("\e\ea", "Esc Alt+A")]
    public void Alt_is_an_escape_before_the_key(string sent, string expected) => Assert.Equal(expected, Decode(sent));

    [Theory]
    [InlineData("\e", "Esc")]
    [InlineData("\e\e", "Esc Esc")]
    [InlineData("\e\e\e", "Esc Esc Esc")]
    [InlineData("\e[", "Alt+[")]
    [InlineData("\eO", "Alt+O")]
    [InlineData("\e]", "Alt+]")]
    [InlineData("\e[1;", "")]
    [InlineData("\e]0;title", "")]
    public void What_stops_half_way_is_what_has_come(string sent, string expected) => Assert.Equal(expected, Decode(sent));

    [Theory]
    [InlineData("\e[?1;2cx", "x")] // what kind of terminal it is
    [InlineData("\e[>41;354;0cx", "x")]
    [InlineData("\e[24;80Rx", "x")] // where its cursor is
    [InlineData("\e[?2004;1$yx", "x")]
    [InlineData("\e[I\e[Ox", "x")] // its window has the focus
    [InlineData("\e[201~x", "x")]
    [InlineData("\e[99~\e[1;2;3;4;5;6zx", "x")]
    [InlineData("\e]11;rgb:0000/0000/0000\ax", "x")]
    [InlineData("\e]11;rgb:0000/0000/0000\e\\x", "x")]
    [InlineData("\eP>|XTerm(372)\e\\x", "x")]
    [InlineData("\e[M !!x", "x")] // the mouse of a terminal that knows no better
    [InlineData("\e[<0;1Mx", "x")]
    [InlineData("\e[1;5\ex", "Alt+X")] // cut off
    [InlineData("\e[12\rx", "Enter x")]
    public void An_unknown_sequence_is_swallowed_whole(string sent, string expected) => Assert.Equal(expected, Decode(sent));

    [Theory]
    [InlineData(new byte[] { 0xE9, (byte)'t' }, "? t")] // Latin 1
    [InlineData(new byte[] { 0xE6, 0x97, (byte)'x' }, "? x")]
    [InlineData(new byte[] { 0xC0, 0xAF }, "? ?")] // an overlong slash
    [InlineData(new byte[] { 0xF0, 0x9F }, "?")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "? ? ?")] // half a pair
    [InlineData(new byte[] { 0xC2, 0x9B, (byte)'x' }, "x")] // an 8-bit control
    [InlineData(new byte[] { 0xE6, 0x1B, (byte)'[', (byte)'A' }, "? CursorUp")]
    public void Bytes_that_are_no_text_are_question_marks(byte[] sent, string expected) => Assert.Equal(expected, Show(Events(sent)));

    [Theory]
    [InlineData("\e[200~one\r\ntwo\rthree\tfour\e[201~x", "one\ntwo\nthree\tfour")]
    [InlineData("\e[200~\e[31mred\e[0m\a\u009b\u202e\ufeff\e[201~x", "[31mred[0m")]
    [InlineData("\e[200~\e[20\e[201~x", "[20")]
    [InlineData("\e[200~\e[201~x", "")]
    public void Pasted_text_comes_in_one_piece_without_controls(string sent, string expected)
    {
        var events = Events(Encoding.UTF8.GetBytes(sent));

        Assert.Equal(expected, Assert.IsType<InputEvent.Pasted>(events[0]).Text);
        Assert.Equal("x", Show([.. events.Skip(1)]));
    }

    [Fact]
    public void A_paste_without_an_end_ends_when_nothing_comes_and_is_never_too_long()
    {
        var decoder = NewDecoder();
        var events = new List<InputEvent>();
        decoder.Feed("\e[200~"u8, events);
        var piece = Encoding.ASCII.GetBytes(new string('x', 100_000));
        for (var count = 0; count < 12; count++)
        {
            decoder.Feed(piece, events);
        }

        Assert.Equal(TimeSpan.FromSeconds(2), decoder.Patience);
        decoder.Flush(events);

        Assert.Equal(PasteBuffer.Limit, Assert.IsType<InputEvent.Pasted>(Assert.Single(events)).Text.Length);
        Assert.Null(decoder.Patience);
    }

    [Theory]
    [InlineData("\e[<0;5;3M", MouseFlags.LeftButtonPressed)]
    [InlineData("\e[<0;5;3m", MouseFlags.LeftButtonReleased)]
    [InlineData("\e[<16;5;3M", MouseFlags.LeftButtonPressed)] // with Ctrl
    [InlineData("\e[<64;5;3M", MouseFlags.WheeledUp)]
    [InlineData("\e[<65;5;3M", MouseFlags.WheeledDown)]
    public void The_mouse(string sent, MouseFlags expected)
    {
        var mouse = Assert.IsType<InputEvent.Moused>(Assert.Single(Events(Encoding.UTF8.GetBytes(sent)))).Mouse;

        Assert.Equal((expected, new System.Drawing.Point(4, 2)), (mouse.Flags, mouse.ScreenPosition));
    }

    [Theory]
    [InlineData("\e[<2;5;3M")] // another button
    [InlineData("\e[<32;5;3M")] // a movement
    [InlineData("\e[<0;0;3M")]
    [InlineData("\e[<0;99999;3M")]
    public void The_rest_of_the_mouse_is_not_heard(string sent) => Assert.Empty(Events(Encoding.UTF8.GetBytes(sent)));

    [Fact]
    public void Where_the_cursor_is_said_only_to_who_has_asked()
    {
        var decoder = NewDecoder();
        var events = new List<InputEvent>();
        decoder.ExpectsReport = true;
        decoder.Feed("\e[1;5R\e[1;5R"u8, events);

        Assert.Equal((1, 5), decoder.TakeReport());
        Assert.Equal("Ctrl+F3", Show(events));
    }

    [Fact]
    public void Some_terminals_send_another_backspace()
    {
        var events = new List<InputEvent>();
        new KeyDecoder(TimeSpan.FromMilliseconds(50), isBackspaceControlH: true).Feed("\x08\x7f"u8, events);

        Assert.Equal("Backspace Backspace", Show(events));
    }

    [Fact]
    public void Whatever_comes_and_wherever_it_is_cut_the_keys_are_the_same()
    {
        var input = Gen.Frequency(
            (3, Gen.Elements(s_fragments).Select(Encoding.UTF8.GetBytes)),
            (2, Gen.Choose(0, 255).Select(value => new[] { (byte)value })),
            (1, Gen.Choose(0x20, 0x7F).Select(value => new[] { (byte)value })))
            .ArrayOf().Select(parts => parts.SelectMany(part => part).ToArray());
        var cases = input.SelectMany(bytes => Gen.Choose(1, 7).ArrayOf(8).Select(cuts => (bytes, cuts))).ToArbitrary();
        var property = Prop.ForAll(cases, sample => Show(Events(sample.bytes)) == Show(InPieces(sample.bytes, sample.cuts)));

        property.Check(Config.QuickThrowOnFailure.WithMaxTest(20_000).WithReplay((ulong)Seeded.Seed, 1));
    }

    [Fact]
    public void After_any_noise_and_a_pause_a_key_is_a_key() => Seeded.Cases(20_000, random =>
    {
        var decoder = NewDecoder();
        var noise = new byte[random.Next(40)];
        random.NextBytes(noise);
        var events = new List<InputEvent>();
        decoder.Feed(noise, events);
        decoder.Flush(events);
        Assert.Null(decoder.Patience);

        events.Clear();
        decoder.Feed("\e[21~q"u8, events);
        Assert.Equal("F10 q", Show(events));
    });

    [Theory]
    [InlineData("\e[")]
    [InlineData("\e]")]
    [InlineData("\eO")]
    public void A_sequence_without_an_end_takes_no_memory(string opened)
    {
        var decoder = NewDecoder();
        var events = new List<InputEvent>();
        decoder.Feed(Encoding.ASCII.GetBytes(opened), events);
        var piece = new byte[4096];
        piece.AsSpan().Fill((byte)'0');
        decoder.Feed(piece, events);
        events.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        if (opened != "\e]")
        {
            for (var count = 0; count < 1000; count++)
            {
                decoder.Feed(piece, events);
            }
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
        Assert.Empty(events);
    }

    private static KeyDecoder NewDecoder() => new(TimeSpan.FromMilliseconds(50), isBackspaceControlH: false);

    private static string Decode(string sent) => Show(Events(Encoding.UTF8.GetBytes(sent)));

    private static List<InputEvent> Events(byte[] sent) => InPieces(sent, [Math.Max(sent.Length, 1)]);

    private static List<InputEvent> InPieces(byte[] sent, int[] cuts)
    {
        var decoder = NewDecoder();
        var events = new List<InputEvent>();
        for (var (at, cut) = (0, 0); at < sent.Length; at += cuts[cut++ % cuts.Length])
        {
            decoder.Feed(sent.AsSpan(at, Math.Min(cuts[cut % cuts.Length], sent.Length - at)), events);
        }

        decoder.Flush(events);
        return events;
    }

    private static string Show(IReadOnlyCollection<InputEvent> events) => string.Join(' ', events.Select(happened => happened switch
    {
        InputEvent.Pressed pressed => pressed.Key.ToString(),
        InputEvent.Moused moused => $"{moused.Mouse.Flags} {moused.Mouse.ScreenPosition}",
        _ => happened.ToString(),
    }));
}
