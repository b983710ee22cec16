using System.Text;

namespace OsDeploy.Tui.Tests.Views;

/// <summary>
/// What a terminal must never be sent, however it got into a host's name: OSC titles, colours, links and the clipboard, requests that
/// terminals answer (DECRQSS, DA, DSR, XTGETTCAP), floods of CSI, modes, C1 controls in one byte, bidi and zero-width marks, halves of
/// UTF-16, and a line of a million characters.
/// </summary>
internal static class HostileText
{
    private const int Seed = 20260101;

    private static readonly string[] s_cores =
    [
        "\e]0;owned\a", "\e]2;owned\e\\", "\e]8;;http://evil/\e\\link\e]8;;\e\\", "\e]50;font\a", "\e]52;c;bWFsaWNl\a", "\e]4;1;rgb:00/00/00\a", "\e]11;?\a", "\e]1337;File=inline=1:AAAA\a",
        "\eP$q\"p\e\\", "\eP+q544e\e\\", "\eP1$tx\e\\", "\e[c", "\e[>c", "\e[=c", "\e[5n", "\e[6n", "\e[18t", "\e[21t", "\e[?1049h", "\e[?1000h", "\e[?1003h", "\e[?2004h", "\e[?25l",
        "\e[2J", "\e[H", "\e[999;999H", "\e[3J", "\e[!p", "\ec", "\e#8", "\e(0", "\e)B", "\eN", "\eO", "\e=", "\e>", "\e7", "\e8", "\e[s", "\e[u", "\e[1;1r", "\e[4h", "\e[20h", "\e[5i", "\e[4i",
        "\e[31m", "\e[38;2;1;2;3m", "\e[0m", "\e[7m", "\e[8m", "\e[1000000b", "\e[99999999999A", "\e[?3h", "\e[200~", "\e[201~", "\e_Gf=100;AAAA\e\\", "\e^pm\e\\", "\eX sos\e\\",
        "\u009b31m", "\u009d0;owned\u009c", "\u0090+q\u009c", "\u0085", "\u0084", "\u008d", "\u009f", "\u0080",
        "\u0000", "\u0007", "\b\b\b\b", "\t\t", "\v", "\f", "\r", "\n", "\u000e", "\u000f", "\u0011", "\u0013", "\u0018", "\u001a", "\u007f",
        "\u202e", "\u202d", "\u2066", "\u2069", "\u200b", "\u200d", "\u200e", "\u061c", "\ufeff", "\u2028", "\u2029", "\u0301", "e\u0301\u0302\u0303", "\u20dd", "\ud83d", "\udc00", "\ue000", "\uffff",
        "日本語", "한국", "🤡🤡", "ﷺ", "ｗｉｄｅ", "_", "__", "_x", "[red]", "[/]", "{0}", "%s%n", "../../etc/passwd", "'; drop table host; --", "<script>", "=cmd|' /C calc'!A0",
    ];

    /// <summary>More than 500 texts, always the same.</summary>
    public static IEnumerable<string> All()
    {
        foreach (var core in s_cores)
        {
            yield return core;
            yield return "host" + core + "name";
            yield return string.Concat(Enumerable.Repeat(core, 60));
        }

        var random = new Random(Seed);
        for (var count = 0; count < 300; count++)
        {
            var text = new StringBuilder();
            for (var part = random.Next(1, 8); part > 0; part--)
            {
                text.Append(s_cores[random.Next(s_cores.Length)]).Append((char)random.Next(0x20, 0x7f));
            }

            yield return text.ToString();
        }

        yield return new string('x', 1_000_000);
        yield return string.Concat(Enumerable.Repeat("\e[A", 300_000));
    }
}
