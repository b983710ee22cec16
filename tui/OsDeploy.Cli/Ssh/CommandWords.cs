using System.Text;

namespace OsDeploy.Cli.Ssh;

/// <summary>
/// Cuts the one line that <c>ssh HOST COMMAND</c> sends into words. There is no shell behind it: blanks part words, quotes keep what is
/// between them as it is, and nothing is replaced by anything. What a shell would act on is refused outside quotes, so that nobody
/// believes that it would have worked.
/// </summary>
internal static class CommandWords
{
    /// <summary>Bytes of a line; all of them are ASCII.</summary>
    public const int MaxLength = 4 << 10;

    private const char Single = '\'';
    private const char Double = '"';
    private const string ForShells = ";&|<>$`\\(){}[]*?!#~";
    private const string ForShellsInQuotes = "$`\\!";

    /// <exception cref="UserErrorException"><c>usage-ssh-command</c></exception>
    public static IReadOnlyList<string> Split(string line)
    {
        if (line.Length > MaxLength)
        {
            throw SshErrors.CommandRefused($"it is longer than {MaxLength} characters");
        }

        if (!line.All(IsPrintable))
        {
            throw SshErrors.CommandRefused("it holds something else than printable ASCII");
        }

        var words = new List<string>();
        for (var at = 0; SkipBlanks(line, ref at);)
        {
            words.Add(ReadWord(line, ref at));
        }

        return words;
    }

    /// <summary>The other way round: a line that <see cref="Split"/> cuts into these words.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word) => word.Length > 0 && word.All(letter => IsPrintable(letter) && letter is not (' ' or Single or Double) && !ForShells.Contains(letter, StringComparison.Ordinal))
        ? word
        : Single + word.Replace("'", "'\"'\"'", StringComparison.Ordinal) + Single;

    private static bool IsPrintable(char letter) => letter is >= ' ' and <= '~';

    private static bool SkipBlanks(string line, ref int at)
    {
        while (at < line.Length && line[at] == ' ')
        {
            at++;
        }

        return at < line.Length;
    }

    // Quoted and bare pieces without a blank between them are one word.
    private static string ReadWord(string line, ref int at)
    {
        var word = new StringBuilder();
        while (at < line.Length && line[at] != ' ')
        {
            if (line[at] is Single or Double)
            {
                word.Append(ReadQuoted(line, ref at));
            }
            else
            {
                Require(line[at], ForShells);
                word.Append(line[at++]);
            }
        }

        return word.ToString();
    }

    private static string ReadQuoted(string line, ref int at)
    {
        var quote = line[at];
        var end = line.IndexOf(quote, at + 1);
        if (end < 0)
        {
            throw SshErrors.CommandRefused($"a {quote} has no end");
        }

        var inside = line[(at + 1)..end];
        if (quote == Double)
        {
            foreach (var letter in inside)
            {
                Require(letter, ForShellsInQuotes);
            }
        }

        at = end + 1;
        return inside;
    }

    private static void Require(char letter, string refused)
    {
        if (refused.Contains(letter, StringComparison.Ordinal))
        {
            throw SshErrors.CommandRefused($"{letter} means something to a shell, and there is none here");
        }
    }
}
