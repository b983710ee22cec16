using System.Drawing;
using System.Text;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using Xunit;

namespace OsDeploy.Tui.Tests.Drivers;

public sealed class TtyTests
{
    private const int WindowChanged = 28; // SIGWINCH
    private const int GoOn = 18; // SIGCONT

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Kinds => ["linux", "vt220", "xterm-256color", "screen-256color"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_terminal_is_given_back_as_it_was(string term)
    {
        using var line = new PseudoTerminal(80, 24);
        var before = line.Attributes;
        using var terminal = Open(line, term);
        terminal.Enter();
        Assert.NotEqual(before, line.Attributes);

        terminal.Paint(new FrameBuffer(80, 24));
        terminal.Leave();
        terminal.Leave();

        Assert.Equal(before, line.Attributes);
        AssertModesAreReset(Encoding.UTF8.GetString(line.Sent()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_was_painted_is_what_is_shown(string term)
    {
        using var line = new PseudoTerminal(80, 24);
        using var terminal = Open(line, term);
        terminal.Enter();
        _ = line.Sent();
        var frame = new FrameBuffer(80, 24) { Cursor = new Point(2, 3) };
        frame.Put(2, 3, "│ host-03 │", default, new Rectangle(0, 0, 80, 24));
        terminal.Paint(frame);
        var emulator = new Emulator(80, 24);
        emulator.Feed(line.Sent());

        Assert.Equal("  │ host-03 │", emulator.Text.Split('\n')[3]);
        Assert.Equal(frame.Cursor, emulator.Cursor);
    }

    [Theory]
    [InlineData("linux", false, false)]
    [InlineData("vt220", false, false)]
    [InlineData("screen-256color", true, false)]
    [InlineData("xterm-256color", true, true)]
    public void A_terminal_is_told_only_what_its_kind_understands(string term, bool isWindow, bool hasMouse)
    {
        using var line = new PseudoTerminal(80, 24);
        using var terminal = Open(line, term);
        terminal.Enter();
        var sent = Encoding.UTF8.GetString(line.Sent());

        Assert.Equal(isWindow, sent.Contains("\e[?1049h", StringComparison.Ordinal));
        Assert.Equal(isWindow, sent.Contains("\e[?2004h", StringComparison.Ordinal));
        Assert.Equal(hasMouse, sent.Contains("\e[?1000h", StringComparison.Ordinal));
        Assert.DoesNotContain("1003", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[6n", sent, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_come_as_they_are_pressed_even_those_that_used_to_be_signals()
    {
        using var line = new PseudoTerminal(80, 24);
        using var terminal = Open(line, "xterm");
        terminal.Enter();
        line.Type("\u0003\u001a\u001c\u0013\r\e[24~é");

        Assert.Equal("Ctrl+C Ctrl+Z Ctrl+\\ Ctrl+S Enter F12 é", Keys(terminal, 7));
    }

    [Fact]
    public void An_escape_alone_is_a_key_after_a_moment()
    {
        using var line = new PseudoTerminal(80, 24);
        using var terminal = Open(line, "linux");
        terminal.Enter();
        line.Type("\e");

        Assert.Equal("Esc", Keys(terminal, 1));
    }

    [Fact]
    public void A_click_is_a_press_and_a_release_at_one_place()
    {
        using var line = new PseudoTerminal(80, 24);
        using var terminal = Open(line, "xterm");
        terminal.Enter();
        line.Type("\e[<0;5;3M\e[<0;5;3m\e[<0;5;3M\e[<0;5;3m\e[<0;5;3M\e[<0;6;3m");
        var flags = Events(terminal, 8).Cast<InputEvent.Moused>().Select(moused => moused.Mouse.Flags);

        Assert.Equal(
            [
                MouseFlags.LeftButtonPressed, MouseFlags.LeftButtonReleased, MouseFlags.LeftButtonClicked,
                MouseFlags.LeftButtonPressed, MouseFlags.LeftButtonReleased, MouseFlags.LeftButtonDoubleClicked,
                MouseFlags.LeftButtonPressed, MouseFlags.LeftButtonReleased,
            ],
            flags);
    }

    [Fact]
    public void Another_thread_ends_the_waiting()
    {
        using var line = new PseudoTerminal(80, 24);
        using var terminal = Open(line, "xterm");
        terminal.Enter();
        var waker = new Thread(terminal.Wake);
        waker.Start();
        terminal.Wait(Timeout.InfiniteTimeSpan, []);
        waker.Join();
    }

    [Fact]
    public void A_line_without_a_size_is_asked_for_it()
    {
        using var line = new PseudoTerminal(0, 0);
        using var terminal = Open(line, "vt220");
        terminal.Enter();
        Assert.Equal(new Size(80, 24), terminal.Size);
        Assert.EndsWith("\e[999;999H\e[6n", Encoding.UTF8.GetString(line.Sent()), StringComparison.Ordinal);

        line.Type("\e[50;132R");

        Assert.IsType<InputEvent.Resized>(Assert.Single(Events(terminal, 1)));
        Assert.Equal(new Size(132, 50), terminal.Size);
    }

    [Fact]
    public void A_terminal_that_is_held_up_holds_up_nobody_and_loses_nothing()
    {
        using var line = new PseudoTerminal(80, 24);
        using var terminal = Open(line, "xterm");
        terminal.Enter();
        var emulator = new Emulator(80, 24);
        _ = line.Sent();
        var frame = new FrameBuffer(80, 24);
        for (var number = 0; number < 200; number++)
        {
            for (var row = 0; row < 24; row++)
            {
                frame.Put(0, row, string.Concat(Enumerable.Repeat((char)('!' + ((number + row) % 90)), 80)), default, new Rectangle(0, 0, 80, 24));
            }

            terminal.Paint(frame);
        }

        line.Type("x");
        Assert.Equal("x", Keys(terminal, 1));
        var sent = new List<byte>();
        for (var number = 0; number < 200; number++)
        {
            sent.AddRange(line.Sent());
            terminal.Wait(TimeSpan.Zero, []);
        }

        emulator.Feed([.. sent]);
        Assert.Equal(frame[79, 23].Rune, emulator[79, 23].Rune);
        Assert.Equal(new string((char)('!' + (199 % 90)), 80), emulator.Text.Split('\n')[0]);
    }

    [Fact]
    public void A_line_that_is_cut_is_told_once_and_not_asked_again()
    {
        using var line = new PseudoTerminal(80, 24);
        using var terminal = Open(line, "xterm");
        terminal.Enter();
        line.Cut();

        Assert.IsType<InputEvent.HungUp>(Assert.Single(Events(terminal, 1)));
        var more = new List<InputEvent>();
        terminal.Paint(new FrameBuffer(80, 24));
        terminal.Wait(TimeSpan.FromMilliseconds(1), more);
        Assert.Empty(more);
    }

    [Fact]
    public void A_window_that_changes_its_size_says_so_once()
    {
        using var line = new PseudoTerminal(80, 24);
        using var terminal = Open(line, "xterm");
        terminal.Enter();
        line.Resize(100, 30);
        line.Resize(132, 50);
        PseudoTerminal.Raise(WindowChanged);

        Assert.IsType<InputEvent.Resized>(Assert.Single(Events(terminal, 1)));
        Assert.Equal(new Size(132, 50), terminal.Size);
    }

    [Fact]
    public void A_program_that_goes_on_takes_its_terminal_again()
    {
        using var line = new PseudoTerminal(80, 24);
        var before = line.Attributes;
        using var terminal = Open(line, "xterm");
        terminal.Enter();
        var raw = line.Attributes;
        line.Attributes = before;
        _ = line.Sent();
        PseudoTerminal.Raise(GoOn);

        Assert.IsType<InputEvent.Resized>(Assert.Single(Events(terminal, 1)));
        Assert.Equal(raw, line.Attributes);
        Assert.Contains("\e[?1049h", Encoding.UTF8.GetString(line.Sent()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linux", true)]
    [InlineData("xterm", false)]
    public void A_console_is_painted_whole_every_ten_minutes(string term, bool isPainted)
    {
        using var line = new PseudoTerminal(80, 24);
        var time = new MovedTime();
        using var terminal = Tty.Open(line.Device, Of(term), time);
        terminal.Enter();
        var frame = new FrameBuffer(80, 24);
        frame.Put(0, 0, "here", default, new Rectangle(0, 0, 80, 24));
        terminal.Paint(frame);
        _ = line.Sent();
        time.Moved = TimeSpan.FromMinutes(11);
        terminal.Wait(TimeSpan.Zero, []);

        Assert.Equal(isPainted, Encoding.UTF8.GetString(line.Sent()).Contains("here", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_no_terminal_is_refused() =>
        Assert.Throws<UnusableTerminalException>(() => Tty.Open("/dev/null", Of("xterm"), TimeProvider.System));

    private static Tty Open(PseudoTerminal line, string term) => Tty.Open(line.Device, Of(term), TimeProvider.System);

    private static Func<string, string?> Of(string term) => name => name switch
    {
        "TERM" => term,
        "LANG" => "C.UTF-8",
        _ => null,
    };

    private static List<InputEvent> Events(Tty terminal, int count)
    {
        var events = new List<InputEvent>();
        var began = TimeProvider.System.GetTimestamp();
        while (events.Count < count && TimeProvider.System.GetElapsedTime(began) < s_patience)
        {
            terminal.Wait(s_patience, events);
        }

        return events;
    }

    private static string Keys(Tty terminal, int count) =>
        string.Join(' ', Events(terminal, count).OfType<InputEvent.Pressed>().Select(pressed => pressed.Key));

    private static void AssertModesAreReset(string sent)
    {
        foreach (var mode in new[] { "1049", "2004", "1000", "1006" }.Where(mode => sent.Contains($"\e[?{mode}h", StringComparison.Ordinal)))
        {
            Assert.True(sent.LastIndexOf($"\e[?{mode}l", StringComparison.Ordinal) > sent.LastIndexOf($"\e[?{mode}h", StringComparison.Ordinal), mode);
        }

        Assert.EndsWith("\e[?25h", sent, StringComparison.Ordinal);
        Assert.Contains("\e[0m", sent, StringComparison.Ordinal);
    }

    private sealed class MovedTime : TimeProvider
    {
        public TimeSpan Moved { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Moved.Ticks;
    }
}
