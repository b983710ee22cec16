namespace OsDeploy.Screens.Machine.Views;

/// <summary>The one program a person gets to type into: a root shell, for an administrator at the computer's own keyboard.</summary>
internal static class RootShell
{
    private const string Folder = "/dev/";

    /// <summary>Why this terminal is no place for it; null: it is.</summary>
    /// <param name="terminal">Its device; null: not known.</param>
    public static string? WhyNot(string? terminal, bool isSwitchedOff) =>
        isSwitchedOff ? Words.Machine.NoShellAtAll
        : IsOwnKeyboard(terminal) ? null
        : Words.Machine.NoShellHere;

    /// <summary>Returns when the shell has ended.</summary>
    /// <exception cref="UserErrorException"><c>tool-missing</c>, <c>tool-not-started</c></exception>
    public static void Run() => new Command("bash", "-l").RunOnTerminal(Words.Machine.ShellBack);

    /// <summary>A virtual console of the kernel. Serial lines and whatever comes over the network are not.</summary>
    internal static bool IsOwnKeyboard(string? terminal) =>
        terminal is not null && terminal.StartsWith(Folder + "tty", StringComparison.Ordinal) && terminal[(Folder.Length + 3)..] is { Length: > 0 } number && number.All(char.IsAsciiDigit);
}
