using OsDeploy.Lab.Rooms;

namespace OsDeploy.Lab.Verbs;

/// <summary>The verbs that need the terminal they are typed on.</summary>
/// <param name="folder">Of the open classroom.</param>
internal sealed class TerminalVerbs(string folder)
{
    // What is on a screen now has come within so much: a screen is drawn whole every few minutes.
    private const int Shown = 256 << 10;

    /// <returns>False: it is for the desk.</returns>
    public bool TryDo(string[] words)
    {
        switch (words)
        {
            case ["console"]:
                Osdeploy(["console"]);
                return true;
            case ["osdeploy", .. var verb]:
                Osdeploy(verb);
                return true;
            case ["pc", var number, "screen"]:
                Screen(number);
                return true;
            default:
                return false;
        }
    }

    private void Osdeploy(IEnumerable<string> words)
    {
        var before = File.ReadAllLines(Classroom.OperatorFile(folder));
        new Command(before[0], [.. before.Skip(1), .. words]).RunOnTerminal("");
    }

    private void Screen(string number)
    {
        var line = Path.Combine(folder, $"pc{number}.tty");
        if (!number.All(char.IsAsciiDigit) || !File.Exists(line))
        {
            throw LabErrors.NoScreen(number);
        }

        using (var log = new FileStream(Path.Combine(folder, $"pc{number}.serial"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        using (var terminal = Console.OpenStandardOutput())
        {
            log.Seek(-Math.Min(log.Length, Shown), SeekOrigin.End);
            log.CopyTo(terminal);
        }

        new Command("socat", "-,raw,echo=0,escape=0x1d", "UNIX-CONNECT:" + line).RunOnTerminal("");

        // Whatever the PC had switched on.
        Console.Out.Write("\e[0m\e[?25h\e[?1049l\e[?1000l\e[?1006l\e[?2004l\r\n");
    }
}
