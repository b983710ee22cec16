namespace OsDeploy.MachineTests.Terminal;

/// <summary>What somebody types at a console, in sequences that all our terminals send alike, and what must be there first.</summary>
internal static class ConsoleKeys
{
    public const string Up = "\e[A";
    public const string Down = "\e[B";
    public const string Right = "\e[C";
    public const string PageDown = "\e[6~";
    public const string Home = "\e[1~";
    public const string F1 = "\e[11~";
    public const string F9 = "\e[20~";
    public const string F10 = "\e[21~";
    public const string Redraw = "\f";

    /// <summary>Stands on the first dialog alone.</summary>
    public const string Login = "Log in at";

    public static void LogIn(TerminalProgram console, string name, string password)
    {
        AnswerLogin(console, name, password);
        console.UntilHides(Login);
        console.Until(() => console.Screen.Text.Contains("hosts in all", StringComparison.Ordinal) && !console.Screen.Text.Contains(" 0 hosts", StringComparison.Ordinal), "an overview with hosts");
    }

    public static void AnswerLogin(TerminalProgram console, string name, string password)
    {
        console.UntilShows(Login);
        console.Type(name + "\t" + password + "\r");
    }

    public static void OpenHosts(TerminalProgram console)
    {
        console.Type(F9);
        console.UntilShows("Hosts");
        console.Type(Down + "\r");
        console.UntilShows("Progress");
    }

    /// <returns>The exit code.</returns>
    public static int Leave(TerminalProgram console)
    {
        console.Type(F10);
        console.UntilShows("You are logged out.");
        console.Type("\el");
        return console.End();
    }
}
