using OsDeploy.Api.Helper;
using OsDeploy.Screens.Words;
using OsDeploy.SetUp;
using OsDeploy.Text;

namespace OsDeploy.Screens.FirstStart;

/// <summary>
/// Makes an appliance of what was answered. What is done stays done: after a failure it is run again with other answers. Commit point: the
/// file of <see cref="ApplianceSettings"/>, which is written when all that could fail is done.
/// </summary>
/// <param name="folder">Where the volume is mounted.</param>
/// <param name="addOperator">Makes the first operator, and keeps the daemon's first settings.</param>
internal sealed class FirstStartWork(HelperClient helper, string folder, Func<FirstStartAnswers, CancellationToken, Task> addOperator)
{
    private volatile string _doing = "";
    private bool _hasOperator;

    /// <summary>Null: it is not ours to choose, as on a serial line.</summary>
    public ConsoleKeyboard? Keyboard { get; init; }

    /// <summary>The volume is mounted: no disk is asked for any more.</summary>
    public bool HasVolume { get; private set; }

    /// <summary>What is done just now, as people read it.</summary>
    public string Doing => _doing;

    /// <summary>Mounts the volume if there is one, and tells the system what is kept on it.</summary>
    /// <returns>False: this appliance has not been set up.</returns>
    /// <exception cref="UserErrorException">What the helper says of a volume that cannot be used, and of what is kept on it.</exception>
    public async Task<bool> ResumeAsync(CancellationToken cancel)
    {
        _doing = Words.FirstStart.DoingLook;
        if (ApplianceSettings.Read(folder) is null && !await TryMountAsync(cancel))
        {
            return false;
        }

        if (ApplianceSettings.Read(folder) is null)
        {
            return false; // its set-up was cut short
        }

        await helper.CallAsync(new ApplianceApplyRequest(), cancel);
        await helper.CallAsync(new DaemonStartRequest(), cancel);
        return true;
    }

    /// <exception cref="UserErrorException">The step that failed, and why.</exception>
    public async Task RunAsync(FirstStartAnswers answers, CancellationToken cancel)
    {
        answers.Appliance.Checked();
        if (!_hasOperator && ApplianceSettings.Read(folder) is not null)
        {
            // Somebody at another terminal was faster: that holds.
            await ResumeAsync(cancel);
            return;
        }

        if (answers.Disk is { Use: DiskUse.Prepare, Disk: { } disk } && !HasVolume)
        {
            await StepAsync(Language.Fill(Words.FirstStart.DoingPrepare, Printable.Of(disk.Name, 20)), () => PrepareAsync(disk, answers.Disk.Typed, cancel));
        }

        await StepAsync(Words.FirstStart.DoingSystem, () => TellSystemAsync(answers.Appliance, cancel));
        if (!_hasOperator)
        {
            await StepAsync(Words.FirstStart.DoingOperator, () => addOperator(answers, cancel));
            _hasOperator = true;
        }

        await StepAsync(Words.FirstStart.DoingKeep, () =>
        {
            answers.Appliance.Write(folder);
            return Task.CompletedTask;
        });
        await StepAsync(Words.FirstStart.DoingDaemon, () => helper.CallAsync(new DaemonStartRequest(), cancel));
    }

    private async Task<bool> TryMountAsync(CancellationToken cancel)
    {
        try
        {
            await helper.CallAsync(new DataDiskMountRequest(), cancel);
            return HasVolume = true;
        }
        catch (UserErrorException e) when (e.Code == "data-disk-none")
        {
            return false;
        }
    }

    private async Task PrepareAsync(DataDisk disk, string? typed, CancellationToken cancel)
    {
        await helper.CallAsync(new DataDiskPrepareRequest(disk.Path, disk.Serial, disk.Size, typed), cancel);
        await helper.CallAsync(new DataDiskMountRequest(), cancel);
        HasVolume = true;
    }

    private async Task TellSystemAsync(ApplianceSettings settings, CancellationToken cancel)
    {
        await helper.CallAsync(new HostNameRequest(settings.HostName), cancel);
        await helper.CallAsync(new TimeZoneRequest(settings.TimeZone), cancel);
        await helper.CallAsync(new NetworkApplyRequest(settings.Network), cancel);
    }

    private async Task StepAsync(string doing, Func<Task> step)
    {
        _doing = doing;
        try
        {
            await step();
        }
        catch (UserErrorException e)
        {
            throw FirstStartErrors.StepFailed(doing, e);
        }
    }
}
