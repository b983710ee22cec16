using System.Globalization;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Helper;
using OsDeploy.Text;

namespace OsDeploy.Screens.FirstStart;

/// <summary>Has the helper install the appliance on a disk, and waits for it.</summary>
internal sealed class InstallWork(HelperClient helper, TimeProvider time)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    private volatile string _doing = "";

    /// <summary>What is done just now, as people read it.</summary>
    public string Doing => _doing;

    /// <returns>It runs from a stick or a disc: it can be installed.</returns>
    /// <exception cref="UserErrorException">What the helper says.</exception>
    public async Task<bool> IsPossibleAsync(CancellationToken cancel) => (await helper.SystemAsync(cancel)).Place == SystemPlace.Medium;

    /// <param name="typed">What was typed so that its content may be lost.</param>
    /// <exception cref="UserErrorException">What the helper says.</exception>
    public async Task RunAsync(DataDisk disk, string? typed, CancellationToken cancel)
    {
        _doing = StepOf(SystemStep.Check);
        await helper.CallAsync(new SystemInstallRequest(disk.Path, disk.Serial, disk.Size, typed), cancel);
        while (true)
        {
            if ((await helper.SystemAsync(cancel)).Work is not { } work)
            {
                throw FirstStartErrors.InstallLost();
            }

            if (work.IsDone)
            {
                if (work.Code is { } code)
                {
                    throw new UserErrorException(Printable.Of(code, 40), Printable.Of(work.Message, 1000), Printable.Of(work.Hint, 1000));
                }

                return;
            }

            _doing = string.Create(CultureInfo.InvariantCulture, $"{StepOf(work.Step)} {work.Percent}%");
            await Task.Delay(s_pause, time, cancel);
        }
    }

    /// <summary>Starts the computer anew.</summary>
    /// <exception cref="UserErrorException">What the helper says.</exception>
    public Task RestartAsync(CancellationToken cancel) => helper.CallAsync(new PowerRequest(PowerAction.Restart), cancel);

    private static string StepOf(SystemStep step) => step switch
    {
        SystemStep.Check => Words.Systems.InstallCheck,
        SystemStep.Prepare => Words.Systems.InstallPrepare,
        SystemStep.Copy => Words.Systems.InstallCopy,
        SystemStep.ReadBack => Words.Systems.InstallReadBack,
        _ => Words.Systems.InstallFinish,
    };
}
