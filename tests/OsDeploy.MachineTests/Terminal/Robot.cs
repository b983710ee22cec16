using System.Globalization;
using System.Text;
using OsDeploy.Tui.Tests.Views;

namespace OsDeploy.MachineTests.Terminal;

/// <summary>Does anything at all at a terminal: keys, pastes, clicks, noise, other sizes, signals.</summary>
internal sealed class Robot(Random random)
{
    private static readonly string[] s_moves =
    [
        "\e[A", "\e[B", "\e[C", "\e[D", "\eOA", "\eOB", "\e[H", "\e[F", "\e[1~", "\e[4~", "\e[5~", "\e[6~", "\e[2~", "\e[3~", "\e[1;5A", "\e[1;2C", "\x7f", "\b",
    ];

    private static readonly string[] s_functions =
    [
        "\eOP", "\eOQ", "\eOR", "\eOS", "\e[11~", "\e[12~", "\e[13~", "\e[14~", "\e[15~", "\e[17~", "\e[18~", "\e[19~", "\e[20~", "\e[23~", "\e[24~", "\e[[A", "\e[[B", "\e[[E",
    ];

    private static readonly int[] s_harmless = [TerminalProgram.WindowChanged, TerminalProgram.Continue, TerminalProgram.Suspend];
    private static readonly int[] s_last = [TerminalProgram.Interrupt, TerminalProgram.Quit];
    private static readonly string[] s_hostile = [.. HostileText.All().Where(text => text.Length < 200)];

    public void Act(TerminalProgram console)
    {
        switch (random.Next(1000))
        {
            case < 10:
                console.Resize(random.Next(60, 160), random.Next(15, 50));
                break;
            case < 20:
                console.Signal(s_harmless[random.Next(s_harmless.Length)]);
                break;
            case < 22:
                console.Signal(s_last[random.Next(s_last.Length)]);
                break;
            case var choice:
                console.Type(Keys(choice));
                break;
        }

        // A lone Esc is one only if nothing follows at once.
        _ = console.Look(TimeSpan.FromMilliseconds(random.Next(12) == 0 ? 70 : 0));
    }

    private string Keys(int choice) => choice switch
    {
        < 400 => ((char)random.Next(' ', '\x7f')).ToString(),
        < 600 => s_moves[random.Next(s_moves.Length)],
        < 690 => s_functions[random.Next(s_functions.Length)],
        < 700 => ConsoleKeys.F10,
        < 770 => "\r",
        < 830 => "\e",
        < 890 => random.Next(2) == 0 ? "\t" : "\e[Z",
        < 920 => ((char)random.Next(1, 0x20)).ToString(),
        < 945 => "\e" + (char)random.Next('a', 'z' + 1),
        < 965 => string.Create(CultureInfo.InvariantCulture, $"\e[<{random.Next(3)};{random.Next(1, 120)};{random.Next(1, 40)}{(random.Next(2) == 0 ? 'M' : 'm')}"),
        < 980 => "\e[200~" + s_hostile[random.Next(s_hostile.Length)] + "\e[201~",
        _ => Encoding.Latin1.GetString(Noise()),
    };

    private byte[] Noise()
    {
        var bytes = new byte[random.Next(1, 12)];
        random.NextBytes(bytes);
        return bytes;
    }
}
