using OsDeploy.Api.Jobs;

namespace OsDeploy.Cli;

/// <summary>Kinds of jobs as people type and read them.</summary>
internal static class JobKinds
{
    private const string Backup = "backup";

    public static string Choices { get; } = string.Join(", ", Enum.GetValues<JobKind>().Select(Of));

    public static string Of(JobKind kind) => kind == JobKind.ManualBackup ? Backup : Words.Of(kind);

    public static bool TryParse(string text, out JobKind kind)
    {
        kind = JobKind.ManualBackup;
        return text == Backup || Words.TryParse(text, out kind);
    }

    /// <summary>Writes to disks that hold something.</summary>
    public static bool IsDestructive(JobKind kind) => kind is JobKind.Restore or JobKind.ManualRestore or JobKind.Erase;
}
