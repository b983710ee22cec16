namespace OsDeploy.Benchmarks.Trials;

/// <summary>
/// A script that is timed. Its variables: <c>DISK</c> and <c>PART</c> the first day's disk and partition, <c>LATER_DISK</c> the
/// later day's disk (all read-only), <c>RANGES</c> the used ranges of the partition, <c>TARGET_DISK</c> and <c>TARGET_PART</c> what a
/// restore writes to, <c>OUT</c> an empty folder, <c>IMAGES</c> a folder with what the trial captured before, <c>REPORT</c> a file
/// for osdeploy's report, <c>OSDEPLOY</c>, <c>OSDEPLOYD</c> and <c>BENCH</c> the three programs, <c>DAEMON</c> a folder for a program in the
/// background, which listens at <c>PORT</c> of the loopback.
/// </summary>
/// <param name="Programs">What must be installed.</param>
/// <param name="Image">The capture of the trial it restores, by name.</param>
/// <param name="Before">Run each time before the clock starts.</param>
/// <param name="After">Run each time once the clock has stopped, and whenever anything has failed: ends what <paramref name="Before"/> left running.</param>
/// <param name="IsRunOnce">A slow peer without a goal: the first round only.</param>
/// <param name="IsWarm">The page cache stays as <paramref name="Before"/> filled it: what is measured is not the disk.</param>
internal sealed record Contender(
    string Name,
    IReadOnlyList<string> Programs,
    string Script,
    string? Image = null,
    string? Before = null,
    string? After = null,
    bool IsRunOnce = false,
    bool IsWarm = false);
