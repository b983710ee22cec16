namespace OsDeploy.Tui.Drivers;

/// <summary>What a terminal is told when its screen is taken, and when it is given back.</summary>
internal static class ScreenModes
{
    /// <summary>Asks for the size of a terminal on a line that has none: the cursor as far as it goes, and where is that?</summary>
    public static ReadOnlySpan<byte> AskSize => "\e[999;999H\e[6n"u8;

    public static void AddEnter(TerminalProfile profile, AnsiText into)
    {
        if (profile.HasAlternateScreen)
        {
            into.Add("\e[?1049h\e[?2004h"u8);
        }
        else if (profile is { IsLinuxConsole: true, IsUtf8: true })
        {
            into.Add("\e%G"u8);
        }

        // Whatever a program that died there has left: margins, origin, another character set.
        into.Add("\e[r\e[?6l\e[?7h\e(B\x0f"u8);
        if (profile.HasMouse)
        {
            into.Add("\e[?1000h\e[?1006h"u8);
        }
    }

    public static void AddLeave(TerminalProfile profile, AnsiText into)
    {
        into.Add("\e[0m"u8);
        if (profile.HasMouse)
        {
            into.Add("\e[?1006l\e[?1000l"u8);
        }

        into.Add(profile.HasAlternateScreen ? "\e[?2004l\e[?1049l\e[?25h"u8 : "\e[H\e[2J\e[?25h"u8);
    }
}
