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

    private static readonly string[] s_xtermLike =
    [
        "xterm", "tmux", "screen", "rxvt", "putty", "konsole", "gnome", "vte", "alacritty", "foot", "kitty", "wezterm", "ghostty", "mlterm", "st-",
    ];

    private static readonly string[] s_localeVariables = ["LC_ALL", "LC_CTYPE", "LANG"];

    private static readonly string[] s_serialLines = ["ttyS", "ttyAMA", "ttyUSB", "ttyACM", "ttyPS", "ttyO", "ttymxc"];

    public bool IsLinuxConsole => Term == "linux" || Term.StartsWith("linux-", StringComparison.Ordinal);

    /// <summary>Anything that came after xterm, as far as it says so.</summary>
    public bool IsXtermLike => HasAlternateScreen;

    /// <summary>Else bright colours are bold ones, and there are no bright backgrounds.</summary>
    public bool HasBrightColors => HasColors && IsXtermLike && Term is not ("screen" or "xterm-color");

    /// <param name="environment">The value of a variable; null: not set.</param>
    /// <param name="device">The terminal's file, such as <c>/dev/ttyS0</c>.</param>
    /// <exception cref="UnusableTerminalException">It cannot place text.</exception>
    public static TerminalProfile Detect(Func<string, string?> environment, string device)
    {
        var term = environment("TERM");
        if (term is null or "" or "dumb" or "unknown" or "network")
        {
            throw UnusableTerminalException.Dumb(term);
        }

        var isXtermLike = s_xtermLike.Any(name => term.StartsWith(name, StringComparison.Ordinal));
        var isLinux = term.StartsWith("linux", StringComparison.Ordinal);
        return new TerminalProfile(
            term,
            HasColors: (isXtermLike || isLinux || term.StartsWith("ansi", StringComparison.Ordinal)) && string.IsNullOrEmpty(environment("NO_COLOR")),
            IsUtf8: IsUtf8Locale(environment) ?? isLinux,
            HasMouse: IsMouseKnown(term, isInTmux: !string.IsNullOrEmpty(environment("TMUX"))),
            HasAlternateScreen: isXtermLike,
            IsSlow: s_serialLines.Any(name => device.StartsWith("/dev/" + name, StringComparison.Ordinal)));
    }

    // Null: nothing is said, as in a system that was just started from the network. The kernel's console starts in UTF-8.
    private static bool? IsUtf8Locale(Func<string, string?> environment)
    {
        var locale = s_localeVariables.Select(environment).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return locale is null ? null
            : locale.Contains("utf-8", StringComparison.OrdinalIgnoreCase) || locale.Contains("utf8", StringComparison.OrdinalIgnoreCase);
    }

    // Within tmux the kind is often that of screen.
    private static bool IsMouseKnown(string term, bool isInTmux) => term.StartsWith("xterm", StringComparison.Ordinal)
        || term.StartsWith("tmux", StringComparison.Ordinal)
        || (isInTmux && term.StartsWith("screen", StringComparison.Ordinal));
}
