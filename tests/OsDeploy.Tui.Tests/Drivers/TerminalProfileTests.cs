using OsDeploy.Tui.Drivers;
using Xunit;

namespace OsDeploy.Tui.Tests.Drivers;

public sealed class TerminalProfileTests
{
    [Theory]
    [InlineData("linux", true, false, false)]
    [InlineData("linux-16color", true, false, false)]
    [InlineData("vt100", false, false, false)]
    [InlineData("vt220", false, false, false)]
    [InlineData("ansi", true, false, false)]
    [InlineData("xterm", true, true, true)]
    [InlineData("xterm-kitty", true, true, true)]
    [InlineData("tmux-256color", true, true, true)]
    [InlineData("screen-256color", true, false, true)]
    [InlineData("rxvt-unicode-256color", true, false, true)]
    [InlineData("wy60", false, false, false)] // what nobody knows is a vt220
    public void The_kind_says_what_a_terminal_can_do(string term, bool hasColors, bool hasMouse, bool hasAlternateScreen)
    {
        var profile = Detect(("TERM", term), ("LANG", "de_DE.UTF-8"));

        Assert.Equal((hasColors, hasMouse, hasAlternateScreen), (profile.HasColors, profile.HasMouse, profile.HasAlternateScreen));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("dumb")]
    [InlineData("unknown")]
    public void What_cannot_place_text_is_refused(string? term)
    {
        var error = Assert.Throws<UnusableTerminalException>(() => Detect(("TERM", term)));

        Assert.Contains("TERM", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "de_DE.UTF-8", true)]
    [InlineData(null, null, "C.utf8", true)]
    [InlineData(null, null, "C", false)]
    [InlineData(null, "C", "de_DE.UTF-8", false)]
    [InlineData("en_US.UTF-8", "C", "C", true)]
    [InlineData("", "", "fr_FR.UTF-8", true)]
    [InlineData(null, null, null, false)]
    public void The_locale_says_whether_it_is_unicode(string? all, string? kind, string? language, bool isUtf8) =>
        Assert.Equal(isUtf8, Detect(("TERM", "xterm"), ("LC_ALL", all), ("LC_CTYPE", kind), ("LANG", language)).IsUtf8);

    [Fact]
    public void The_kernels_console_is_unicode_unless_told_otherwise() =>
        Assert.Equal((true, false), (Detect(("TERM", "linux")).IsUtf8, Detect(("TERM", "linux"), ("LANG", "C")).IsUtf8));

    [Theory]
    [InlineData("1", false)]
    [InlineData("", true)]
    [InlineData(null, true)]
    public void Who_wants_no_colours_gets_none(string? noColor, bool hasColors) =>
        Assert.Equal(hasColors, Detect(("TERM", "xterm"), ("NO_COLOR", noColor)).HasColors);

    [Theory]
    [InlineData("/dev/ttyS0", true)]
    [InlineData("/dev/ttyAMA0", true)]
    [InlineData("/dev/ttyUSB1", true)]
    [InlineData("/dev/tty1", false)]
    [InlineData("/dev/pts/3", false)]
    public void A_serial_line_is_slow(string device, bool isSlow) =>
        Assert.Equal(isSlow, TerminalProfile.Detect(name => name == "TERM" ? "vt220" : null, device).IsSlow);

    [Fact]
    public void Within_tmux_a_screen_has_a_mouse() =>
        Assert.True(Detect(("TERM", "screen-256color"), ("TMUX", "/tmp/tmux-0/default,1,0")).HasMouse);

    private static TerminalProfile Detect(params (string Name, string? Value)[] environment) =>
        TerminalProfile.Detect(name => environment.FirstOrDefault(variable => variable.Name == name).Value, "/dev/pts/0");
}
