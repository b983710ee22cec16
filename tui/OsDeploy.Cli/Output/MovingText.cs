using OsDeploy.Api.Moving;
using OsDeploy.Images;
using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>Backups and stores that move, for people.</summary>
internal static class MovingText
{
    public static void WriteRestore(TextWriter writer, RestoreOutlook outlook)
    {
        var (backup, here) = (outlook.Staged.Backup, outlook.Staged.Here);
        new Facts()
            .Add("backup of", $"{Printable.Of(backup.Appliance)}, {ImageText.TimeOf(backup.CreatedAt)} UTC, by {Printable.Of(backup.CreatedBy)}")
            .Add("it has", CountsOf(backup.Counts))
            .Add("replaced", $"{Printable.Of(outlook.Staged.Appliance)}: {CountsOf(here)}")
            .Add("secrets", SecretsOf(outlook.Secrets))
            .Write(writer);
        foreach (var left in backup.LeftOut)
        {
            writer.WriteLine("Not in the backup: " + Printable.Of(left));
        }

        foreach (var version in outlook.Incomplete)
        {
            writer.WriteLine($"{version.Image}@{version.Version.Short} needs {version.Missing:N0} chunks that are not here: import the store (`osdeploy store import`).");
        }
    }

    public static void WriteMerge(TextWriter writer, MergeReport report)
    {
        var table = new TextTable("WHAT", "KIND", "NAME", "DETAIL");
        foreach (var line in report.Lines.Where(line => line.Action != MergeAction.Same))
        {
            table.Add(Words.Of(line.Action), line.Kind, line.Name, line.Detail);
        }

        table.Write(writer);
        writer.WriteLine(
            $"{report.CountOf(MergeAction.Add)} to add, {report.CountOf(MergeAction.Same)} the same, {report.CountOf(MergeAction.Conflict)} in conflict and left as they are here. "
            + (report.IsApplied ? "All of it was done." : "Nothing was changed."));
    }

    public static void WriteCopy(TextWriter writer, StoreCopyReport report, string to)
    {
        foreach (var version in report.Copied)
        {
            writer.WriteLine($"Copied {version.Image}@{version.Version.Short}.");
        }

        foreach (var (version, reason) in report.Left)
        {
            writer.WriteLine($"Left out {version.Image}@{version.Version.Short}: {Printable.Of(reason)}");
        }

        writer.WriteLine($"{Words.Count(report.Copied.Count, "version")} copied to {Printable.Of(to)}, {report.Present.Count} there already, {report.Left.Count} left out; {report.Chunks:N0} chunks moved, {Sizes.Of(report.Bytes)} compressed.");
    }

    private static string CountsOf(BackupCounts counts) =>
        $"{Words.Count(counts.Hosts, "host")}, {Words.Count(counts.Rooms, "room")}, {Words.Count(counts.Configurations, "configuration")}, {Words.Count(counts.Versions, "version")} of images, "
        + $"{Words.Count(counts.Templates, "edited template")}, {Words.Count(counts.Additions, "addition")}, {Words.Count(counts.Operators, "account")}";

    private static string SecretsOf(BackupSecrets secrets) => secrets switch
    {
        BackupSecrets.SameKey => "the backup was made here: all of them work",
        BackupSecrets.Opened => "all of them come with it, and the key that logins and PCs know",
        _ => "product keys, passwords of domains and of local administrators must be entered again; PCs are paired anew",
    };
}
