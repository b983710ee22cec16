namespace OsDeploy.Tui.Drivers;

/// <summary>There is no terminal, or not one that screens can be shown on. The message is for the person in front of it. Screens know it as its base.</summary>
internal sealed class UnusableTerminalException(string message) : NotSupportedException(message)
{
    internal static UnusableTerminalException NoTerminal() => new("The screens need a terminal for their input and their output.");

    internal static UnusableTerminalException Dumb(string? term) =>
        new($"A terminal of the kind \"{Shown(term)}\" cannot show screens. Set TERM to what it is: linux, vt220 or xterm-256color.");

    // Whoever set the variable may have put an escape into it.
    private static string Shown(string? term) => string.Concat((term ?? "").Take(40).Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
