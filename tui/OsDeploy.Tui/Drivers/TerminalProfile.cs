namespace OsDeploy.Tui.Drivers;

/// <summary>What a terminal can do.</summary>
/// <param name="HasColors">False: attributes only (vt220, NO_COLOR).</param>
/// <param name="IsUtf8">False: frames are sent in ASCII.</param>
/// <param name="HasMouse">xterm and tmux.</param>
/// <param name="HasAlternateScreen">What stood there comes back afterwards.</param>
/// <param name="IsSlow">A serial line: rates are shown less often.</param>
internal sealed record TerminalProfile(string Term, bool HasColors, bool IsUtf8, bool HasMouse, bool HasAlternateScreen, bool IsSlow);
