using OsDeploy.Benchmarks.Measuring;

namespace OsDeploy.Benchmarks.Trials;

/// <summary>What a contender did in the rounds of a trial.</summary>
/// <param name="Failure">Why it did not run or stopped; null: it did all.</param>
internal sealed record Samples(IReadOnlyList<Measured> Runs, string? Failure = null);

/// <summary>A trial with the readings of its contenders, by name.</summary>
internal sealed record TrialResult(Trial Trial, long UsedBytes, IReadOnlyDictionary<string, Samples> Samples);
