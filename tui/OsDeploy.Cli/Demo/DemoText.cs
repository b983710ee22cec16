using OsDeploy.Cli.Output;
using OsDeploy.Imaging;
using OsDeploy.Text;

namespace OsDeploy.Cli.Demo;

/// <summary>The summary of a demonstration and the commands to go on with.</summary>
internal static class DemoText
{
    public static void Write(TextWriter writer, DemoResult result, DemoFolder folder, string program)
    {
        writer.WriteLine();
        var table = new TextTable("STEP", ">IN USE", ">MOVED", ">COMPRESSED", ">ALREADY THERE", ">SECONDS");
        Add(table, "capture", result.FirstCapture);
        Add(table, "restore onto a blank disk", result.FirstRestore);
        Add(table, "capture a day later", result.SecondCapture);
        Add(table, "restore what differs", result.SecondRestore);
        table.Write(writer);
        writer.WriteLine();
        writer.WriteLine($"{result.EqualFiles:N0} files compared by content: all equal.");
        writer.WriteLine();
        writer.WriteLine("Go on by hand:");
        foreach (var arguments in Commands(folder))
        {
            writer.WriteLine($"  sudo {program} {arguments}");
        }
    }

    private static void Add(TextTable table, string step, CaptureReport report) => table.Add(
        step, Sizes.Of(report.UsedBytes), "-", Sizes.Of(report.StoredBytes),
        ReportText.Percent(report.Chunks - report.NewChunks, report.Chunks), Seconds(report.Phases));

    private static void Add(TextTable table, string step, RestoreReport report) => table.Add(
        step, Sizes.Of(report.UsedBytes), Sizes.Of(report.WrittenBytes), Sizes.Of(report.FetchedBytes),
        ReportText.Percent(report.EqualBytes, report.UsedBytes), Seconds(report.Phases));

    private static string Seconds(IEnumerable<PhaseTime> phases) => $"{phases.Sum(phase => phase.Seconds):0.0}";

    private static IEnumerable<string> Commands(DemoFolder folder) =>
    [
        $"disk inspect {folder.Master}",
        $"image list --store {folder.Store}",
        $"restore {folder.Target} --store {folder.Store} --image {Demonstration.ImageName} --allow-other-firmware",
        $"capture {folder.Master} --store {folder.Store} --image {Demonstration.ImageName}",
        "disk list",
        "--help",
    ];
}
