using OsDeploy.Screens.Shell;

namespace OsDeploy.Screens.Console;

/// <summary>Facts as lines: labels at the left, as wide as the longest, values wrapped beside them.</summary>
internal static class FactText
{
    /// <param name="isOneLine">Each fact has one line: what does not fit is cut.</param>
    public static string Of(IReadOnlyList<Fact> facts, int columns, bool isOneLine = false)
    {
        var labels = facts.Select(fact => fact.Label.Length).DefaultIfEmpty().Max() + 2;
        var lines = new List<string>();
        var before = "";
        foreach (var (label, value) in facts)
        {
            var room = Math.Max(columns - labels, 20);
            var wrapped = isOneLine ? [value[..Math.Min(value.Length, room)]] : TextLines.Wrap(value, room);
            for (var i = 0; i < wrapped.Count; i++)
            {
                lines.Add((i == 0 && label != before ? label : "").PadRight(labels) + wrapped[i]);
            }

            before = label;
        }

        return string.Join('\n', lines);
    }
}
