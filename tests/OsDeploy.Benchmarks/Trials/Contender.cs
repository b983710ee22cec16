namespace OsDeploy.Benchmarks.Trials;

/// <summary>
/// A script that is timed. Its variables: <c>DISK</c> and <c>PART</c> the first day's disk and partition, <c>LATER_DISK</c> the
/// later day's disk (all read-only), <c>RANGES</c> the used ranges of the partition, <c>TARGET_DISK</c> and <c>TARGET_PART</c> what a
/// restore writes to, <c>OUT</c> an empty folder, <c>IMAGES</c> a folder with what the trial captured before, <c>REPORT</c> a file
/// for osdeploy's report, <c>OSDEPLOY</c> and <c>BENCH</c> the two programs.
/// </summary>
/// <param name="Programs">What must be installed.</param>
/// <param name="Image">The capture of the trial it restores, by name.</param>
/// <param name="Before">Run each time before the clock starts.</param>
/// <param name="IsRunOnce">A slow peer without a goal: the first round only.</param>
internal sealed record Contender(
    string Name,
    IReadOnlyList<string> Programs,
    string Script,
    string? Image = null,
    string? Before = null,
    bool IsRunOnce = false);
