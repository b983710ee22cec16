using System.Text;
using OsDeploy.Tui.Tests.Views;

namespace OsDeploy.MachineTests.Terminal;

/// <summary>Whoever judges what a program sends must see it.</summary>
public sealed class TerminalRecorderTests
{
    [Fact]
    public void It_shows_what_a_terminal_would()
    {
        var recorder = new TerminalRecorder(10, 3);
        recorder.Feed("\e[?1049h\e[2J\e[2;3Hab\e[1;31mc\e[0m\r\nd\bX日\e[K"u8);
        Assert.Equal("\n  abc\nX日", recorder.Text);
        Assert.Empty(recorder.Foreign);
        Assert.Contains("?1049", recorder.Modes);
    }

    [Fact]
    public void A_sequence_in_pieces_is_one_sequence()
    {
        var recorder = new TerminalRecorder(10, 1);
        foreach (var one in Encoding.UTF8.GetBytes("\e[;3Hé"))
        {
            recorder.Feed([one]);
        }

        Assert.Equal("  é", recorder.Text);
        Assert.Empty(recorder.Foreign);
    }

    [Fact]
    public void It_sees_what_is_not_ours()
    {
        string[] ours = ["\e[H", "\e[2J", "\e[31m", "\e[0m", "\e[7m", "\e[?1049h", "\e[?1000h", "\e[?2004h", "\e[?25l", "\e[999;999H", "\b\b\b\b", "\r", "\n", "\u000f"];
        var harmful = HostileText.All().Where(text => text.Length <= 20 && text[0] is '\e' or (>= '\x80' and < '\xA0') && !ours.Any(one => text.StartsWith(one, StringComparison.Ordinal))).ToList();
        Assert.True(harmful.Count > 40, $"only {harmful.Count}");
        foreach (var text in harmful)
        {
            var recorder = new TerminalRecorder(80, 24);
            recorder.Feed(Encoding.UTF8.GetBytes(text + "x"));
            Assert.True(recorder.Foreign.Count > 0, $"ESC {text[1..]} passed");
        }
    }
}
