using System.Globalization;
using System.Text;

namespace OsDeploy.MachineTests.Terminal;

/// <summary>All that our screens ever send to a terminal but text. Nothing in it is answered, and nothing changes more than the screen.</summary>
internal static class OwnSequences
{
    private static readonly string[] s_switchedOn = ["?25", "?1049", "?2004", "?1000", "?1006", "?7"];
    private static readonly string[] s_switchedOff = ["?25", "?1049", "?2004", "?1000", "?1006", "?6"];

    /// <param name="sequence">From the escape to its last letter.</param>
    public static bool Include(string sequence)
    {
        if (sequence is "\e%G" or "\e(B")
        {
            return true;
        }

        if (!sequence.StartsWith("\e[", StringComparison.Ordinal))
        {
            return false;
        }

        var parameters = sequence[2..^1];
        return sequence[^1] switch
        {
            'm' => Numbers(parameters)?.All(IsLook) == true,
            'H' => Numbers(parameters)?.Length <= 2,
            'C' or 'D' => Numbers(parameters)?.Length == 1,
            'J' => parameters == "2",
            'K' or 'r' => parameters.Length == 0,
            'h' => s_switchedOn.Contains(parameters),
            'l' => s_switchedOff.Contains(parameters),
            _ => false,
        };
    }

    public static bool Include(Rune text) =>
        text.Value is '\r' or '\n' or '\b' or '\x0f' ||
        Rune.GetUnicodeCategory(text) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static int[]? Numbers(string parameters)
    {
        var texts = parameters.Split(';');
        return texts.All(text => text.All(char.IsAsciiDigit) && text.Length < 5)
            ? [.. texts.Select(text => text.Length == 0 ? 0 : int.Parse(text, CultureInfo.InvariantCulture))]
            : null;
    }

    private static bool IsLook(int code) => code is 0 or 1 or 2 or 4 or 7 or (>= 30 and <= 37) or 39 or (>= 40 and <= 47) or 49 or (>= 90 and <= 97) or (>= 100 and <= 107);
}
