using OsDeploy.Benchmarks.Measuring;
using OsDeploy.Benchmarks.Trials;

namespace OsDeploy.Benchmarks.Lines;

/// <summary>A line with its numbers, as the table and the JSON file show it.</summary>
/// <param name="Figure">Median over the rounds; null: not measured, <see cref="Note"/> says why.</param>
/// <param name="Ratio">Median of <see cref="Ratios"/>: figure by the peer's figure of the same round.</param>
/// <param name="BusyCores">CPU seconds by wall seconds of the contender: near the number of cores, the CPU is the limit.</param>
internal sealed record LineResult(
    string Name,
    double? Figure,
    string Unit,
    string? Peer,
    double? PeerFigure,
    double? Ratio,
    IReadOnlyList<double> Ratios,
    string? Goal,
    bool? Met,
    double? BusyCores,
    string? Note)
{
    public static LineResult Of(Line line, TrialResult result)
    {
        var own = result.Samples[line.Contender];
        var peer = PeerOf(line, result, own);
        var figures = FiguresOf(line, own, result);
        var peerFigures = FiguresOf(line, peer, result);
        double[] ratios = [.. figures.Zip(peerFigures, (figure, peerFigure) => figure / peerFigure).Where(double.IsFinite)];
        var judged = Median(line.Peer is null ? figures : ratios);
        return new LineResult(
            line.Name,
            Median(figures),
            line.Quantity.Unit,
            line.Peer,
            Median(peerFigures),
            Median(ratios),
            ratios,
            line.Goal?.ToString(),
            line.Goal is null || judged is null ? null : line.Goal.IsMetBy(judged.Value),
            Median([.. own.Runs.Select(run => run.CpuSeconds / run.Seconds)]),
            own.Failure ?? peer?.Failure);
    }

    private static Samples? PeerOf(Line line, TrialResult result, Samples own) => line.Peer switch
    {
        null => null,
        Line.UsedData => new Samples([.. own.Runs.Select(_ => AllOf(result.UsedBytes))]),
        _ => result.Samples[line.Peer],
    };

    private static Measured AllOf(long used) => new(0, 0, 0, StoredBytes: used, FetchedBytes: used, WrittenBytes: used);

    private static double[] FiguresOf(Line line, Samples? samples, TrialResult result) =>
        [.. (samples?.Runs ?? []).Select(run => line.Quantity.Of(run, result.UsedBytes))];

    private static double? Median(double[] values)
    {
        if (values.Length == 0)
        {
            return null;
        }

        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
