using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using OsDeploy.Benchmarks.Lines;
using OsDeploy.Benchmarks.Trials;
using OsDeploy.Benchmarks.Volumes;
using OsDeploy.Text;

namespace OsDeploy.Benchmarks;

/// <summary>The result as text for people and as JSON for programs.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Json(IEnumerable<LineResult> lines) => JsonSerializer.Serialize(lines, s_json) + "\n";

    public static string Describe(Volume volume) => string.Create(CultureInfo.InvariantCulture,
        $"{volume.Recipe.FileSystem}: {Sizes.Of(volume.First.UsedBytes)} used in {volume.First.UsedRuns} runs of a disk of {Sizes.Of(volume.Recipe.DiskBytes)}, seed {volume.Recipe.Seed}");

    public static IEnumerable<string> Commands(IEnumerable<Contender> contenders) => contenders
        .SelectMany(contender => new[] { $"{contender.Name}:" }.Concat(contender.Script.Split('\n').Select(line => "    " + line)));

    public static IEnumerable<string> Table(IEnumerable<LineResult> lines) => Aligned(
    [
        ["line", "figure", "", "peer's", "ratio", "per round", "goal", "met", "cores"],
        .. lines.Select(Row),
    ]);

    public static string Legend => string.Create(CultureInfo.InvariantCulture,
        $"cores: processor seconds by wall seconds; near {Environment.ProcessorCount}, the processor is the limit, far below it the disk is");

    /// <summary>Why lines have no figure, each reason once.</summary>
    public static IEnumerable<string> Notes(IEnumerable<TrialResult> results) => results
        .SelectMany(result => result.Samples.Where(samples => samples.Value.Failure is not null)
            .Select(samples => $"{result.Trial.Name}: {samples.Key} not measured: {samples.Value.Failure}"))
        .Distinct();

    public static IEnumerable<string> List(IEnumerable<Line> lines) => Aligned(
        [.. lines.Select(line => new[] { line.Name, line.Quantity.Unit, line.Goal?.ToString() ?? "" })]);

    private static string[] Row(LineResult line) =>
    [
        line.Name,
        Number(line.Figure),
        line.Unit,
        Number(line.PeerFigure),
        Number(line.Ratio),
        string.Join(' ', line.Ratios.Select(ratio => Number(ratio))),
        line.Goal ?? "",
        line switch { { Goal: null } => "", { Met: true } => "yes", { Met: false } => "no", _ => "?" },
        Number(line.BusyCores),
    ];

    private static string Number(double? value) => value switch
    {
        null => "-",
        >= 100 or <= -100 => value.Value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 or <= -10 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    private static IEnumerable<string> Aligned(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows.Count == 0 ? 0 : rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
