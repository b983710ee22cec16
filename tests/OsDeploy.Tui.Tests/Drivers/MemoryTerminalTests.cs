using System.Drawing;
using OsDeploy.Tui.Drivers;
using OsDeploy.Tui.Input;
using Xunit;

namespace OsDeploy.Tui.Tests.Drivers;

public sealed class MemoryTerminalTests
{
    private static readonly Rectangle s_all = new(0, 0, 80, 24);

    [Fact]
    public void Keys_come_one_at_a_time_in_order()
    {
        using var terminal = new MemoryTerminal();
        terminal.Type("aB");
        terminal.Press(Key.F10);

        Assert.Equal("a B F10", string.Join(' ', Take(terminal, 3).Cast<InputEvent.Pressed>().Select(pressed => pressed.Key)));
    }

    [Fact]
    public void What_is_between_two_keys_runs_between_them()
    {
        using var terminal = new MemoryTerminal();
        var seen = new List<InputEvent>();
        var before = -1;
        terminal.Press(Key.A);
        terminal.Then(() => before = seen.Count);
        terminal.Press(Key.C);
        for (var step = 0; step < 3; step++)
        {
            terminal.Wait(TimeSpan.Zero, seen);
        }

        Assert.Equal((1, 2), (before, seen.Count));
    }

    [Fact]
    public void A_key_waits_for_work_in_the_background()
    {
        using var terminal = new MemoryTerminal();
        var isDone = false;
        terminal.Until(() => Volatile.Read(ref isDone));
        terminal.Press(Key.A);
        var worker = new Thread(() =>
        {
            Volatile.Write(ref isDone, true);
            terminal.Wake();
        });
        var seen = new List<InputEvent>();
        terminal.Wait(TimeSpan.Zero, seen);
        Assert.Empty(seen);

        worker.Start();
        worker.Join();
        for (var step = 0; step < 3 && seen.Count == 0; step++)
        {
            terminal.Wait(Timeout.InfiniteTimeSpan, seen);
        }

        Assert.Single(seen);
    }

    [Fact]
    public void A_screen_that_never_closes_ends_the_test_and_shows_itself()
    {
        using var terminal = new MemoryTerminal { Patience = TimeSpan.Zero };
        var frame = new FrameBuffer(80, 24);
        frame.Put(0, 0, "still here", default, s_all);
        terminal.Paint(frame);

        var error = Assert.Throws<TimeoutException>(() => terminal.Wait(Timeout.InfiniteTimeSpan, []));
        Assert.Contains("still here", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xterm-256color", "│日本…é►│")]
    [InlineData("linux", "│????~é>│")]
    [InlineData("vt220", "|????~e>|")]
    public void A_screen_reads_as_its_terminal_shows_it(string term, string expected)
    {
        using var terminal = new MemoryTerminal(new TerminalProfile(term, true, term != "vt220", false, term[0] == 'x', false), 12, 2);
        var frame = new FrameBuffer(12, 2);
        frame.Put(0, 1, "│日本…é►│", default, s_all);
        terminal.Paint(frame);

        Assert.Equal("\n" + expected + "\n", terminal.Text);
    }

    [Fact]
    public void A_new_size_is_told_and_true()
    {
        using var terminal = new MemoryTerminal();
        terminal.Resize(40, 10);

        Assert.IsType<InputEvent.Resized>(Assert.Single(Take(terminal, 1)));
        Assert.Equal(new Size(40, 10), terminal.Size);
    }

    private static List<InputEvent> Take(MemoryTerminal terminal, int count)
    {
        var seen = new List<InputEvent>();
        for (var step = 0; step < count; step++)
        {
            terminal.Wait(TimeSpan.Zero, seen);
        }

        return seen;
    }
}
