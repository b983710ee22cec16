using OsDeploy.Cli.Output;
using OsDeploy.Cli.Progress;
using OsDeploy.Images;

namespace OsDeploy.Cli;

/// <summary>Export and import: one version from one store to another, with progress.</summary>
internal static class VersionCopy
{
    public static async Task<ExitCode> RunAsync(
        Session session, ImageKind kind, ImageReference reference, string? fromAddress, string? toAddress, bool makeCurrent, bool isJson, CancellationToken cancel)
    {
        await using var from = await session.OpenStoreAsync(fromAddress, create: false, cancel);
        var version = reference.FindIn(await from.ListAsync(cancel), kind).Version; // first: a mistyped name makes no store
        await using var to = await DestinationStore.OpenAsync(session, toAddress, cancel);
        var report = await CopyAsync(session, from, to, version, makeCurrent, cancel);
        if (isJson)
        {
            CliJson.Write(session.Terminal.Output, report, CliJson.Default.CopyReport);
        }
        else
        {
            ImageText.WriteCopy(session.Terminal.Output, reference.Name, version, report);
        }

        return ExitCode.Done;
    }

    private static async Task<CopyReport> CopyAsync(
        Session session, IImageStore from, IImageStore to, VersionId version, bool makeCurrent, CancellationToken cancel)
    {
        var job = new JobProgress();
        using var copy = new ImageCopy(from, to, job.Begin("copy", 0));
        using var printer = new ProgressPrinter(session, job);
        return await copy.RunAsync(version, signature: null, makeCurrent, cancel);
    }
}
