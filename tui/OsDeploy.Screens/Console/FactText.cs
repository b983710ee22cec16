using OsDeploy.Screens.Shell;

namespace OsDeploy.Screens.Console;

/// <summary>Facts as lines: labels at the left, as wide as the longest, values wrapped beside them.</summary>
internal static class FactText
{
    public static string Of(IReadOnlyList<Fact> facts, int columns)
    {
        var labels = facts.Select(fact => fact.Label.Length).DefaultIfEmpty().Max() + 2;
        var lines = new List<string>();
        var before = "";
        foreach (var (label, value) in facts)
        {
            var wrapped = TextLines.Wrap(value, Math.Max(columns - labels, 20));
            for (var i = 0; i < wrapped.Count; i++)
            {
                lines.Add((i == 0 && label != before ? label : "").PadRight(labels) + wrapped[i]);
            }

            before = label;
        }

        return string.Join('\n', lines);
    }
}
