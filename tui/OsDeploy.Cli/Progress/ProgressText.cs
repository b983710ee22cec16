using OsDeploy.Text;

namespace OsDeploy.Cli.Progress;

/// <summary>A reading as one line, for a terminal or for a log.</summary>
internal static class ProgressText
{
    private const int BarWidth = 20;
    private const int NarrowTerminal = 76;

    /// <summary><c>capture   [########            ]  42 %   312 MiB/s  0:45 left  limit: disk</c>, never wider than the terminal.</summary>
    public static string ForTerminal(ProgressReading reading, int width)
    {
        var bar = reading.Percent is { } percent && width >= NarrowTerminal ? $"[{Bar(percent)}]  " : "";
        var line = $"{reading.Phase,-9} {bar}{string.Join("  ", Facts(reading))}";
        return line.Length < width ? line : line[..Math.Max(0, width - 1)];
    }

    /// <summary><c>capture: 42 %, 1.26 GiB of 3.00 GiB, 312 MiB/s, 0:45 left, limit: disk</c></summary>
    public static string ForLog(ProgressReading reading)
    {
        var amount = reading.Total > 0 ? $"{Sizes.Of(reading.Done)} of {Sizes.Of(reading.Total)}" : Sizes.Of(reading.Done);
        var facts = Facts(reading).ToList();
        facts.Insert(reading.Percent is null ? 0 : 1, amount);
        return $"{reading.Phase}: {string.Join(", ", facts.Select(fact => fact.Trim()))}";
    }

    private static IEnumerable<string> Facts(ProgressReading reading)
    {
        yield return reading.Percent is { } percent ? $"{percent,3} %" : Sizes.Of(reading.Elapsed);
        if (reading is { Done: > 0, Rate: { } rate })
        {
            yield return $"{Sizes.Of((long)rate),8}/s";
        }

        if (reading.Left is { } left)
        {
            yield return $"{Sizes.Of(left)} left";
        }

        if (reading.Done > 0)
        {
            yield return $"limit: {reading.Bottleneck}";
        }
    }

    private static string Bar(int percent)
    {
        var full = percent * BarWidth / 100;
        return new string('#', full) + new string(' ', BarWidth - full);
    }
}
