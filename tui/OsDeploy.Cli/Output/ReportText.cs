using OsDeploy.Imaging;
using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>What a job did, for people.</summary>
internal static class ReportText
{
    public static void Write(TextWriter writer, CaptureReport report)
    {
        writer.WriteLine($"Captured {report.Image}@{report.Version.Short}");
        WriteFacts(writer,
            ("used", $"{Sizes.Of(report.UsedBytes)}, of it {Sizes.Of(report.ZeroBytes)} zero"),
            ("left out", $"{Sizes.Of(report.LeftOutBytes)} of page, swap and hibernation files"),
            ("new", $"{report.NewChunks:N0} of {report.Chunks:N0} chunks; the store had {Percent(report.Chunks - report.NewChunks, report.Chunks)} of them already"),
            ("stored", $"{Sizes.Of(report.StoredBytes)} compressed"),
            ("time", PhasesOf(report.Phases)));
        WriteWarnings(writer, report.Warnings);
    }

    public static void Write(TextWriter writer, RestorePreview preview)
    {
        writer.WriteLine($"Restoring {preview.Image}@{preview.Version.Short} would write {Sizes.Of(preview.BytesToWrite)} in {preview.ChunksToWrite:N0} chunks;"
            + $" {Sizes.Of(preview.EqualBytes)} of {Sizes.Of(preview.UsedBytes)} are right already.");
        if (preview.WillInvalidate)
        {
            writer.WriteLine("From the first write on the disk does not start until the restore has finished.");
        }

        foreach (var note in preview.Notes)
        {
            writer.WriteLine("Note: " + note);
        }
    }

    public static void Write(TextWriter writer, RestoreReport report)
    {
        writer.WriteLine($"Restored {report.Image}@{report.Version.Short}");
        WriteFacts(writer,
            ("compared", $"{Sizes.Of(report.ComparedBytes)}, {Percent(report.EqualBytes, report.UsedBytes)} of {Sizes.Of(report.UsedBytes)} in use were right already"),
            ("fetched", $"{Sizes.Of(report.FetchedBytes)} compressed"),
            ("written", Sizes.Of(report.WrittenBytes)),
            ("verified", Sizes.Of(report.VerifiedBytes)),
            ("time", PhasesOf(report.Phases)));
        WriteWarnings(writer, report.Warnings);
    }

    public static void Write(TextWriter writer, EraseReport report)
    {
        writer.WriteLine($"Erased {Printable.Of(report.Disk)}");
        WriteFacts(writer,
            ("size", Sizes.Of(report.Bytes)),
            ("written", Sizes.Of(report.WrittenBytes)),
            ("time", PhasesOf(report.Phases)));
    }

    private static void WriteWarnings(TextWriter writer, IReadOnlyList<string> warnings)
    {
        foreach (var warning in warnings)
        {
            writer.WriteLine("Warning: " + warning);
        }
    }

    /// <summary>Rounded down, so that 100 % means all.</summary>
    public static string Percent(long part, long whole) => whole > 0 ? $"{Math.Floor(part * 100.0 / whole):0} %" : "0 %";

    public static string PhasesOf(IEnumerable<PhaseTime> phases) =>
        string.Join(", ", phases.Select(phase => $"{phase.Name} {phase.Seconds:0.0} s"));

    private static void WriteFacts(TextWriter writer, params IEnumerable<(string Name, string Text)> facts)
    {
        foreach (var (name, text) in facts)
        {
            writer.WriteLine($"  {name,-9} {text}");
        }
    }
}
