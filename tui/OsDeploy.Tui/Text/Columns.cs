using System.Text;

namespace OsDeploy.Tui.Text;

/// <summary>Texts cut and padded by columns, not by characters.</summary>
internal static class Columns
{
    /// <summary>At most so many columns; what is cut ends in <c>~</c>.</summary>
    public static string Fit(string text, int columns)
    {
        if (UnicodeWidth.Of(text) <= columns)
        {
            return text;
        }

        if (columns <= 0)
        {
            return "";
        }

        var (kept, width) = (new StringBuilder(), 0);
        foreach (var rune in text.EnumerateRunes())
        {
            width += UnicodeWidth.Of(UnicodeWidth.Shown(rune));
            if (width > columns - 1)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.Append('~').ToString();
    }

    /// <summary>Exactly so many columns.</summary>
    public static string Pad(string text, int columns)
    {
        var fitting = Fit(text, columns);
        return fitting + new string(' ', Math.Max(columns - UnicodeWidth.Of(fitting), 0));
    }

    public static string PadLeft(string text, int columns)
    {
        var fitting = Fit(text, columns);
        return new string(' ', Math.Max(columns - UnicodeWidth.Of(fitting), 0)) + fitting;
    }

    /// <summary>Lines of at most so many columns, broken at blanks where there are any. Keeps the line ends of the text.</summary>
    public static IReadOnlyList<string> Wrap(string text, int columns)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            WrapOne(paragraph, Math.Max(columns, 1), lines);
        }

        return lines;
    }

    private static void WrapOne(string paragraph, int columns, List<string> lines)
    {
        var line = new StringBuilder();
        var width = 0;
        foreach (var word in paragraph.Split(' '))
        {
            var rest = word;
            if (width > 0 && width + 1 + UnicodeWidth.Of(rest) > columns)
            {
                lines.Add(line.ToString());
                (line, width) = (line.Clear(), 0);
            }
            else if (line.Length > 0)
            {
                line.Append(' ');
                width++;
            }

            while (UnicodeWidth.Of(rest) > columns)
            {
                var part = Take(rest, columns);
                lines.Add(part);
                rest = rest[part.Length..];
            }

            line.Append(rest);
            width += UnicodeWidth.Of(rest);
        }

        lines.Add(line.ToString());
    }

    private static string Take(string word, int columns)
    {
        var (length, width) = (0, 0);
        foreach (var rune in word.EnumerateRunes())
        {
            width += UnicodeWidth.Of(UnicodeWidth.Shown(rune));
            if (width > columns && length > 0)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return word[..length];
    }
}
