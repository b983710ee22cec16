using System.Globalization;

namespace OsDeploy.Screens.Console.Templates;

/// <summary>What differs between two texts, line by line, with a few of the lines around it.</summary>
internal static class LineDifference
{
    private const int Around = 2;

    // Beyond this the texts have nothing to do with each other, and a table of both would not end.
    private const int MostCells = 4_000_000;

    /// <returns>Lines that begin with <c>-</c> (goes), <c>+</c> (comes) or a blank; nothing if the texts are the same.</returns>
    public static IReadOnlyList<string> Of(string before, string after)
    {
        var lines = Compare(LinesOf(before), LinesOf(after));
        var shown = new bool[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            for (var near = Math.Max(0, i - Around); lines[i][0] != ' ' && near <= Math.Min(lines.Count - 1, i + Around); near++)
            {
                shown[near] = true;
            }
        }

        return [.. Enumerable.Range(0, lines.Count).Where(i => shown[i]).SelectMany(i => i > 0 && !shown[i - 1] ? [string.Create(CultureInfo.InvariantCulture, $"@ {i + 1}"), lines[i]] : new[] { lines[i] })];
    }

    private static string[] LinesOf(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private static List<string> Compare(string[] before, string[] after)
    {
        var common = CommonOf(before, after);
        var (lines, left, right) = (new List<string>(), 0, 0);
        while (left < before.Length || right < after.Length)
        {
            if (left < before.Length && right < after.Length && before[left] == after[right])
            {
                lines.Add("  " + before[left++]);
                right++;
            }
            else if (right == after.Length || (left < before.Length && common(left + 1, right) >= common(left, right + 1)))
            {
                lines.Add("- " + before[left++]);
            }
            else
            {
                lines.Add("+ " + after[right++]);
            }
        }

        return lines;
    }

    // Length of the longest series of lines that both have, from a line of each on.
    private static Func<int, int, int> CommonOf(string[] before, string[] after)
    {
        if ((long)(before.Length + 1) * (after.Length + 1) > MostCells)
        {
            return (_, _) => 0;
        }

        var table = Enumerable.Range(0, before.Length + 1).Select(_ => new int[after.Length + 1]).ToArray();
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                table[i][j] = before[i] == after[j] ? table[i + 1][j + 1] + 1 : Math.Max(table[i + 1][j], table[i][j + 1]);
            }
        }

        return (i, j) => table[i][j];
    }
}
