namespace OsDeploy.Tui.Drivers;

/// <summary>What a terminal can do.</summary>
/// <param name="HasColors">False: attributes only (vt220, NO_COLOR).</param>
/// <param name="IsUtf8">False: frames are sent in ASCII.</param>
/// <param name="HasMouse">xterm and tmux.</param>
/// <param name="HasAlternateScreen">What stood there comes back afterwards.</param>
/// <param name="IsSlow">A serial line: rates are shown less often.</param>
internal sealed record TerminalProfile(string Term, bool HasColors, bool IsUtf8, bool HasMouse, bool HasAlternateScreen, bool IsSlow)
{
    public static TerminalProfile Xterm { get; } = new("xterm-256color", true, true, true, true, false);

    /// <summary>The kernel's own screen, with the fonts of a VGA card.</summary>
    public static TerminalProfile Linux { get; } = new("linux", true, true, false, false, false);

    /// <summary>A terminal on a serial line.</summary>
    public static TerminalProfile Vt220 { get; } = new("vt220", false, false, false, false, true);

    public bool IsLinuxConsole => Term == "linux" || Term.StartsWith("linux-", StringComparison.Ordinal);

    /// <summary>Anything that came after xterm, as far as it says so.</summary>
    public bool IsXtermLike => HasAlternateScreen;

    /// <summary>Else bright colours are bold ones, and there are no bright backgrounds.</summary>
    public bool HasBrightColors => HasColors && IsXtermLike && Term is not ("screen" or "xterm-color");
}
