using System.Globalization;
using OsDeploy.Api.Appliance;
using OsDeploy.Images;
using OsDeploy.Images.Folder;
using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>Images and versions for people.</summary>
internal static class ImageText
{
    public static void WriteList(TextWriter writer, IReadOnlyList<ListedVersion> versions)
    {
        var table = new TextTable("NAME", "VERSION", "CURRENT", "CAPTURED (UTC)", ">USED", "SIGNED", "STATE");
        foreach (var version in versions)
        {
            table.Add(version.Image.ToString(), version.Version.Short, version.IsCurrent ? "*" : "", TimeOf(version.CapturedAt),
                version.UsedBytes is { } used ? Sizes.Of(used) : "?", version.IsSigned ? "yes" : "no", StateOf(version));
        }

        table.Write(writer);
    }

    public static void WriteManifest(TextWriter writer, VersionEntry entry, Manifest manifest)
    {
        writer.WriteLine($"{entry.Image}@{entry.Version}");
        writer.WriteLine($"Captured {TimeOf(manifest.CapturedAt)} UTC on {Printable.Of(manifest.CapturedBy)} with {Printable.Of(manifest.Program)}; starts by {FirmwareText.Of(manifest.Firmware)}; "
            + (entry.IsSigned ? "signed" : "not signed") + (entry.IsCurrent ? "; current." : "."));
        foreach (var stamp in manifest.Stamps)
        {
            writer.WriteLine("Note: " + Printable.Of(stamp));
        }

        if (entry.DamagedChunks > 0)
        {
            writer.WriteLine($"Damaged: {entry.DamagedChunks:N0} chunks are bad or missing; capture the image again to heal it.");
        }

        foreach (var disk in manifest.Disks)
        {
            writer.WriteLine();
            WriteDisk(writer, disk);
        }
    }

    public static void WritePrune(TextWriter writer, PruneReport report, bool isDryRun)
    {
        var frees = isDryRun ? "would free" : "freed";
        var what = report is { ChunksRemoved: 0, BytesFreed: > 0 } ? "what interrupted captures left" : $"{report.ChunksRemoved:N0} chunks that nothing needs";
        writer.WriteLine($"Prune {frees} {Sizes.Of(report.BytesFreed)}: {what}; {report.ChunksKept:N0} chunks stay.");
        foreach (var version in report.VersionsEnded)
        {
            writer.WriteLine($"The deleted version {version.Short} {(isDryRun ? "would be" : "is")} lost for good.");
        }

        foreach (var reason in report.KeptBecause)
        {
            writer.WriteLine("Kept: " + Printable.Of(reason));
        }
    }

    public static void WriteCheck(TextWriter writer, CheckReport report)
    {
        writer.WriteLine($"Checked {report.ChunksChecked:N0} chunks, {Sizes.Of(report.BytesRead)}: "
            + (report.IsClean ? "all good." : $"{report.Damaged.Count:N0} damaged, {report.Missing.Count:N0} missing."));
        foreach (var fault in report.Faults)
        {
            writer.WriteLine("- " + Printable.Of(fault));
        }

        foreach (var version in report.Affected)
        {
            writer.WriteLine($"{version.Image}@{version.Version.Short} cannot be restored whole; capture the image again to heal it.");
        }
    }

    /// <param name="first">Printable, as is <paramref name="second"/>.</param>
    public static void WriteComparison(TextWriter writer, string first, string second, VersionComparison comparison)
    {
        new Facts()
            .Add("the same", Sizes.Of(comparison.Shared))
            .Add("only " + first, Sizes.Of(comparison.OnlyFirst))
            .Add("only " + second, Sizes.Of(comparison.OnlySecond))
            .Write(writer);
        foreach (var difference in comparison.Differences)
        {
            writer.WriteLine("- " + Printable.Of(difference));
        }
    }

    public static void WriteCopy(TextWriter writer, ImageName image, VersionId version, CopyReport report) => writer.WriteLine(
        $"Copied {image}@{version.Short}: {report.Copied:N0} of {report.Chunks:N0} chunks moved, {Sizes.Of(report.CopiedBytes)} compressed; the rest was there already.");

    public static string TimeOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static void WriteDisk(TextWriter writer, DiskRecord disk)
    {
        writer.WriteLine($"Disk {disk.Number}: {Printable.Of(disk.Model ?? "no model")}, {Sizes.Of(disk.Size)}, sectors of {disk.SectorSize}, table {disk.Label}");
        var table = new TextTable(">#", ">SIZE", "TYPE", "FILE SYSTEM", "LABEL", "RESTORED AS", ">USED", "GROWS");
        foreach (var partition in disk.Partitions)
        {
            table.Add($"{partition.Number}", Sizes.Of(partition.Length), PartitionTypes.NameOf(partition.Type), partition.FileSystem ?? "-",
                partition.FileSystemLabel ?? partition.Name ?? "-", ContentOf(partition), partition.Region is { } region ? Sizes.Of(region.UsedBytes) : "-",
                partition.Grow ? "yes" : "");
        }

        table.Write(writer, indent: "  ");
    }

    private static string ContentOf(PartitionRecord partition) => partition.Content switch
    {
        PartitionContent.Image => "used blocks",
        PartitionContent.Raw => "every byte",
        PartitionContent.Swap => "made anew",
        PartitionContent.Format => "formatted",
        PartitionContent.Leave => "left as it is",
        _ => "table only",
    };

    private static string StateOf(ListedVersion version) => version switch
    {
        { UsedBytes: null } => "manifest damaged",
        { DamagedChunks: > 0 } => $"{version.DamagedChunks:N0} chunks damaged",
        _ => "good",
    };
}
