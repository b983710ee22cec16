using System.Globalization;
using OsDeploy.Api.Jobs;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Jobs;

/// <summary>Jobs in words and figures, the same on every screen.</summary>
internal static class JobText
{
    /// <summary>A number without the zeros that make all of them as long.</summary>
    public static string NumberOf(string? id) => string.IsNullOrEmpty(id) ? "" : id.TrimStart('0');

    public static string KindOf(JobKind kind) => kind switch
    {
        JobKind.Capture => Words.Jobs.KindCapture,
        JobKind.Restore => Words.Jobs.KindRestore,
        JobKind.ManualBackup => Words.Jobs.KindManualBackup,
        JobKind.ManualRestore => Words.Jobs.KindManualRestore,
        JobKind.Erase => Words.Jobs.KindErase,
        JobKind.Reboot => Words.Jobs.KindReboot,
        JobKind.Hold => Words.Jobs.KindHold,
        JobKind.Heal => Words.Jobs.KindHeal,
        _ => kind.ToString(),
    };

    /// <summary>As <c>osdeploy job start</c> takes it.</summary>
    public static string WordOf(JobKind kind) => kind switch
    {
        JobKind.ManualBackup => "backup",
        JobKind.ManualRestore => "manual-restore",
#pragma warning disable CA1308 // The command line's words are small.
        _ => kind.ToString().ToLowerInvariant(),
#pragma warning restore CA1308
    };

    /// <summary>Writes to disks that hold something.</summary>
    public static bool IsDestructive(JobKind kind) => kind is JobKind.Restore or JobKind.ManualRestore or JobKind.Erase;

    /// <summary>What a running job is at. Phases are the agent's own words; those it has always had are translated.</summary>
    public static string PhaseOf(JobView view) => view.Job.IsCancelling ? Words.Jobs.Cancelling : PhaseWord(view.Progress?.Phase ?? view.Job.Phase);

    public static string StateOf(JobView view) => view.Job switch
    {
        { Outcome: JobOutcome.Verified, Warnings.Count: > 0 } => "+ " + Words.Jobs.VerifiedWithWarnings,
        { Outcome: JobOutcome.Verified } => "+ " + Words.Jobs.Verified,
        { Outcome: JobOutcome.Failed } => "! " + Words.Jobs.Failed,
        { Outcome: JobOutcome.Skipped } => "- " + Words.Jobs.Skipped,
        { State: JobState.Running } => "> " + PhaseOf(view),
        { State: JobState.Frozen } => "! " + Words.Jobs.Frozen,
        { State: JobState.NeedsDisk } => "? " + Words.Jobs.NeedsDisk,
        _ when view.Unpaired is not null => "? " + Words.Jobs.ComparesWords,
        { State: JobState.Scheduled, Retries: > 0 } => ". " + RetryOf(view.Job),
        { State: JobState.Scheduled } => ". " + Words.Jobs.Scheduled,
        _ => ". " + Words.Jobs.Waiting,
    };

    /// <summary><c>again, try 2 of 3</c></summary>
    public static string RetryOf(Job job) => Language.Fill(Words.Jobs.Retrying, job.Retries + 1, job.MostRetries + 1);

    /// <returns>0 to 1; null: nobody knows how much there is.</returns>
    public static double? FractionOf(JobProgressView? progress) =>
        progress is { Total: > 0 } known ? Math.Clamp((double)known.Done / known.Total, 0, 1) : null;

    public static TimeSpan? LeftOf(JobProgressView? progress) =>
        progress is { Total: > 0, BytesPerSecond: >= 1 } known && known.Total >= known.Done && (known.Total - known.Done) / known.BytesPerSecond is var seconds and < 864_000
            ? TimeSpan.FromSeconds(seconds)
            : null;

    public static string Rate(double? bytesPerSecond) => bytesPerSecond is >= 1 and var rate ? Sizes.Of((long)rate) + "/s" : "";

    public static string Left(TimeSpan? left) => left is { } time ? Sizes.Of(time) : "";

    public static string Percent(double? fraction) => fraction is { } known ? string.Create(CultureInfo.InvariantCulture, $"{(int)(known * 100)} %") : "";

    public static string BottleneckOf(string? bottleneck) => bottleneck switch
    {
        "disk" => Words.Jobs.BottleneckDisk,
        "cpu" => Words.Jobs.BottleneckCpu,
        "wire" => Words.Jobs.BottleneckWire,
        _ => "",
    };

    /// <summary><c>SAMSUNG MZVL2, S64A, 238 GiB</c></summary>
    public static string DiskOf(DiskBinding disk) => string.Join(", ", new[] { disk.Model, disk.Serial ?? disk.Wwn, Sizes.Of(disk.Size) }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>A phase as the agent names it.</summary>
    public static string PhaseWord(string phase) => phase switch
    {
        "" or "claim" => Words.Jobs.PhaseClaim,
        "inspect" => Words.Jobs.PhaseInspect,
        "preflight" => Words.Jobs.PhasePreflight,
        "estimate" => Words.Jobs.PhaseEstimate,
        "compare" => Words.Jobs.PhaseCompare,
        "gather" => Words.Jobs.PhaseGather,
        "write" => Words.Jobs.PhaseWrite,
        "verify" => Words.Jobs.PhaseVerify,
        "commit" or "finish" => Words.Jobs.PhaseCommit,
        "capture" or "capture again" => Words.Jobs.PhaseCapture,
        "erase" => Words.Jobs.PhaseErase,
        "heal" => Words.Jobs.PhaseHeal,
        "flush" => Words.Jobs.PhaseFlush,
        "wipe free space" => Words.Jobs.PhaseWipe,
        _ => phase,
    };
}
