using OsDeploy.Api.Agents;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Imaging;
using OsDeploy.Multicast;
using OsDeploy.Personalisation;

namespace OsDeploy.Agent;

/// <summary>Runs one job by the engine. Whatever happens, it has an end: verified, failed at a step, or skipped.</summary>
internal sealed class JobRunner(Computer computer, IAgentScreen screen, Func<RemoteStore?, IImageStore> openStore, OrderPersonality personality, Func<RunningJob, StreamSource?> streamOf, TimeProvider time)
{
    private const string ClaimStep = "claim";
    private const string ConfirmStep = "confirm";
    private const string PrepareStep = "prepare";
    private const string CaptureStep = "capture";
    private const string RestoreStep = "restore";
    private const string EraseStep = "erase";
    private static readonly JobFigures s_nothing = new(0, 0, 0, 0, 0, 0);

    public async Task<JobEnd> RunAsync(RunningJob job)
    {
        await Task.Yield(); // reports begin while it looks at disks
        try
        {
            job.Progress.Begin(ClaimStep, 0);
            job.Stopping.ThrowIfCancellationRequested();
            var (figures, made) = await DoAsync(job, job.Stopping);
            return new JobEnd(JobOutcome.Verified, null, figures with { Seconds = job.Elapsed.TotalSeconds }, made);
        }
        catch (OperationCanceledException) when (job.Stopping.IsCancellationRequested)
        {
            return EndOf(job, HasBegun(job) ? JobOutcome.Failed : JobOutcome.Skipped, job.StopReason ?? AgentErrors.StoppedHere());
        }
        catch (UserErrorException e) when (e.Code == AgentErrors.Declined().Code)
        {
            return EndOf(job, JobOutcome.Skipped, e);
        }
        catch (UserErrorException e)
        {
            return EndOf(job, JobOutcome.Failed, e);
        }
#pragma warning disable CA1031 // The top of a job: an agent that ends by a fault would leave its host without an answer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            job.Log.Say(e.ToString().ReplaceLineEndings(" "));
            return EndOf(job, JobOutcome.Failed, AgentErrors.Fault(e));
        }
    }

    private static bool HasBegun(RunningJob job) => job.IsResumed || job.Progress.Current.Name is not (ClaimStep or ConfirmStep or "starting");

    private static JobEnd EndOf(RunningJob job, JobOutcome outcome, UserErrorException why) =>
        new(outcome, new JobFault(job.Progress.Current.Name, why.Code, why.Message, why.Hint), null, null);

    private Task<JobDone> DoAsync(RunningJob job, CancellationToken cancel) => job.Order.Kind switch
    {
        JobKind.Capture or JobKind.ManualBackup => CaptureAsync(job, cancel),
        JobKind.Restore or JobKind.ManualRestore => RestoreAsync(job, cancel),
        JobKind.Erase => EraseAsync(job, cancel),
        JobKind.Heal => HealAsync(job, cancel),
        JobKind.Reboot when computer.WhyNoReboot() is { } why => throw why,
        _ => Task.FromResult(new JobDone(s_nothing, null)), // a restart follows the report; holding is what an agent does anyway
    };

    private async Task<JobDone> CaptureAsync(RunningJob job, CancellationToken cancel)
    {
        var disks = await DisksAsync(job.Order, cancel);
        var options = OrderOptions.ForCapture(job.Order);
        await using var store = openStore(job.Order.Store);
        await screen.PauseAfterAsync(job.Order, ClaimStep, cancel);
        var report = await new Capture(store, time, job.Progress).RunAsync(PathsOf(disks), options, cancel);
        await screen.PauseAfterAsync(job.Order, CaptureStep, cancel);
        return new JobDone(new JobFigures(report.UsedBytes, 0, 0, report.StoredBytes, 0, 0), report.Version);
    }

    private async Task<JobDone> RestoreAsync(RunningJob job, CancellationToken cancel)
    {
        var options = OrderOptions.ForRestore(job.Order) with { Personal = personality.Of(job), Stream = streamOf(job) };
        var disks = await DisksToWriteAsync(job, isFirstOnly: options.Partitions is not null, cancel);
        await personality.BeginAsync(options.Personal, cancel);
        var report = await RestoreAsync(job, disks, options, cancel);
        if (options is { Partitions: null, TableOnly: false })
        {
            await TryRegisterAsync(job, disks[0]);
        }

        await TryEndAsync(job, options.Personal);
        await screen.PauseAfterAsync(job.Order, RestoreStep, cancel);
        return new JobDone(
            new JobFigures(report.UsedBytes, report.EqualBytes, report.FetchedBytes, report.WrittenBytes, report.VerifiedBytes, 0), null);
    }

    // The disks are claimed no longer when this returns.
    private async Task<RestoreReport> RestoreAsync(RunningJob job, IReadOnlyList<PresentDisk> disks, RestoreOptions options, CancellationToken cancel)
    {
        await using var store = LimitedImageStore.Of(openStore(job.Order.Store), job.Order.Options.MostBytesPerSecond, time);
        await using var plan = await new Restore(store, job.Progress).PrepareAsync(PathsOf(disks), options, cancel);
        foreach (var note in plan.Preview.Notes)
        {
            job.Log.Say(note);
        }

        await screen.PauseAfterAsync(job.Order, PrepareStep, cancel);
        return await plan.RunAsync(cancel);
    }

    // The disk is good by now, and no wish to stop makes it otherwise.
    private async Task TryRegisterAsync(RunningJob job, PresentDisk disk)
    {
        try
        {
            if (await computer.RegisterSystemAsync(disk, CancellationToken.None) is { } done)
            {
                job.Log.Say(done);
            }
        }
        catch (Exception e) when (e is UserErrorException or IOException or UnauthorizedAccessException)
        {
            job.Progress.Warn(AgentErrors.NotRegistered(e));
        }
    }

    private static async Task TryEndAsync(RunningJob job, Personaliser? personaliser)
    {
        try
        {
            await OrderPersonality.EndAsync(personaliser, CancellationToken.None);
        }
        catch (UserErrorException e)
        {
            job.Progress.Warn(e.Message);
        }
    }

    private async Task<JobDone> EraseAsync(RunningJob job, CancellationToken cancel)
    {
        var figures = s_nothing;
        foreach (var path in PathsOf(await DisksToWriteAsync(job, isFirstOnly: false, cancel)))
        {
            var report = await new Erase(job.Progress).RunAsync(path, job.Order.Options.AllowRemovable, cancel);
            figures = figures with { Used = figures.Used + report.Bytes, Written = figures.Written + report.WrittenBytes };
            await screen.PauseAfterAsync(job.Order, EraseStep, cancel);
        }

        return new JobDone(figures, null);
    }

    private async Task<JobDone> HealAsync(RunningJob job, CancellationToken cancel)
    {
        var disks = await DisksAsync(job.Order, cancel);
        await using var store = openStore(job.Order.Store);
        var report = await new Heal(store, job.Progress).RunAsync(PathsOf(disks), OrderOptions.ForRestore(job.Order), cancel);
        return report.HealedChunks == report.MissingChunks
            ? new JobDone(new JobFigures(report.UsedBytes, 0, 0, report.StoredBytes, 0, 0), null)
            : throw AgentErrors.HealIncomplete(report.HealedChunks, report.MissingChunks);
    }

    private async Task<IReadOnlyList<PresentDisk>> DisksAsync(JobOrder order, CancellationToken cancel) => order.Disks.Count > 0
        ? DiskBindings.Resolve(order.Disks, await computer.DisksAsync(cancel))
        : throw AgentErrors.OrderIncomplete("a disk");

    private async Task<IReadOnlyList<PresentDisk>> DisksToWriteAsync(RunningJob job, bool isFirstOnly, CancellationToken cancel)
    {
        var all = await DisksAsync(job.Order, cancel);
        var disks = isFirstOnly ? [all[0]] : all;
        job.Progress.Begin(ConfirmStep, 0);
        return await screen.MayWriteAsync(job.Order, disks, cancel) ? disks : throw AgentErrors.Declined();
    }

    private static List<string> PathsOf(IReadOnlyList<PresentDisk> disks) => [.. disks.Select(disk => disk.Path)];

    private sealed record JobDone(JobFigures Figures, VersionId? Made);
}
