using OsDeploy.Cli.Output;
using OsDeploy.Cli.Progress;
using OsDeploy.Disks;
using OsDeploy.Imaging;

namespace OsDeploy.Cli;

/// <summary>A restore as a person meets it: compare, show what would be lost and moved, ask, write.</summary>
internal static class RestoreJob
{
    /// <param name="options">Its version is filled in here from <paramref name="version"/>.</param>
    /// <param name="version">What was typed behind the @, or null for the current version.</param>
    /// <param name="limit">Bytes a second to take from the store; 0: as many as come.</param>
    /// <exception cref="UserErrorException"><c>usage-yes-needed</c>, <c>not-confirmed</c>: nothing was written.</exception>
    public static async Task<RestoreReport> RunAsync(
        Session session, IReadOnlyList<string> disks, string? storeAddress, RestoreOptions options, string? version, bool isYes, long limit, CancellationToken cancel)
    {
        Confirmation.RequireSomebodyToAsk(session.Terminal, isYes, $"overwrite {string.Join(" and ", disks)}");
        await using var store = LimitedImageStore.Of(await session.OpenStoreAsync(storeAddress, create: false, cancel), limit, session.Clock);
        var entry = new ImageReference(options.Image, version).FindIn(await store.ListAsync(cancel), options.Kind);
        var job = new JobProgress();
        await using var plan = await PrepareAsync(session, disks, new Restore(store, job), options with { Version = entry.Version }, job, cancel);
        ReportText.Write(session.Terminal.Talk, plan.Preview);
        if (!isYes)
        {
            await ConfirmAsync(session.Terminal, plan.Targets, options, cancel);
        }

        using var printer = new ProgressPrinter(session, job);
        return await plan.RunAsync(cancel);
    }

    public static ExitCode Print(TextWriter output, RestoreReport report, bool isJson)
    {
        if (isJson)
        {
            CliJson.Write(output, report, CliJson.Default.RestoreReport);
        }
        else
        {
            ReportText.Write(output, report);
        }

        return report.Warnings.Count == 0 ? ExitCode.Done : ExitCode.DoneWithWarnings;
    }

    private static async Task<RestorePlan> PrepareAsync(
        Session session, IReadOnlyList<string> disks, Restore restore, RestoreOptions options, JobProgress job, CancellationToken cancel)
    {
        using var printer = new ProgressPrinter(session, job);
        return await restore.PrepareAsync(disks, options, cancel);
    }

    private static async Task ConfirmAsync(Terminal terminal, IReadOnlyList<DiskLayout> targets, RestoreOptions options, CancellationToken cancel)
    {
        foreach (var target in targets)
        {
            await terminal.Talk.WriteLineAsync();
            DiskText.WriteContent(terminal.Talk, target);
            await terminal.Talk.WriteLineAsync(LossText.Of(target, options));
            await Confirmation.RequireNameAsync(terminal, Path.GetFileName(target.Disk.Path), cancel);
        }
    }
}
