using OsDeploy.Cli.Output;
using OsDeploy.Cli.Progress;
using OsDeploy.Imaging;

namespace OsDeploy.Cli;

/// <summary>A capture with its progress on the terminal.</summary>
internal static class CaptureJob
{
    public static async Task<CaptureReport> RunAsync(
        Session session, IReadOnlyList<string> disks, string? storeAddress, CaptureOptions options, CancellationToken cancel)
    {
        await using var store = await DestinationStore.OpenAsync(session, storeAddress, cancel);
        var job = new JobProgress();
        using var printer = new ProgressPrinter(session, job);
        return await new Capture(store, session.Clock, job).RunAsync(disks, options, cancel);
    }

    public static ExitCode Print(TextWriter output, CaptureReport report, bool isJson)
    {
        if (isJson)
        {
            CliJson.Write(output, report, CliJson.Default.CaptureReport);
        }
        else
        {
            ReportText.Write(output, report);
        }

        return report.Warnings.Count == 0 ? ExitCode.Done : ExitCode.DoneWithWarnings;
    }
}
