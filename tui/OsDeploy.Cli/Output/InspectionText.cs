using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>A disk inspection for people.</summary>
internal static class InspectionText
{
    public static void Write(TextWriter writer, DiskInspection inspection)
    {
        writer.WriteLine(DiskText.NameOf(inspection.Disk));
        writer.WriteLine($"Table {inspection.Label}, starts by {FirmwareText.Of(inspection.Firmware)}, holds {inspection.Holds}.");
        writer.WriteLine();
        WritePartitions(writer, inspection.Partitions);
        writer.WriteLine();
        if (inspection.Refusals.Count == 0)
        {
            var stored = inspection.Partitions.Sum(partition => partition.CaptureBytes ?? 0);
            var leftOut = inspection.Partitions.Sum(partition => partition.LeftOutBytes);
            writer.WriteLine($"A capture would read {Sizes.Of(stored)} of {Sizes.Of(inspection.Disk.Size)} and compress it."
                + (leftOut > 0 ? $" It leaves out {Sizes.Of(leftOut)} of page, swap and hibernation files." : ""));
            return;
        }

        writer.WriteLine("A capture would be refused:");
        foreach (var refusal in inspection.Refusals)
        {
            writer.WriteLine($"- {refusal.Message}   [{refusal.Code}]");
            writer.WriteLine($"  {refusal.Hint}");
        }
    }

    private static void WritePartitions(TextWriter writer, IReadOnlyList<PartitionInspection> partitions)
    {
        var table = new TextTable(">#", ">START", ">SIZE", "TYPE", "FILE SYSTEM", "LABEL", "CAPTURE", ">READS");
        foreach (var partition in partitions)
        {
            table.Add($"{partition.Number}", Sizes.Of(partition.Offset), Sizes.Of(partition.Length), PartitionTypes.NameOf(partition.Type),
                partition.FileSystem ?? "-", partition.FileSystemLabel ?? partition.Name ?? "-", partition.Capture,
                partition.CaptureBytes is { } bytes ? Sizes.Of(bytes) : "?");
        }

        table.Write(writer);
    }
}
