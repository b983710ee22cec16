using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Settings;

/// <summary>Has the appliance write a newer system, or go back to the one before, and restart with it.</summary>
internal sealed class SystemChange(ConsoleContext context, TimeProvider time)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private volatile string _doing = "";

    /// <summary>What is done just now, as people read it.</summary>
    public string Doing => _doing;

    /// <exception cref="UserErrorException">What the appliance says.</exception>
    public async Task UpdateAsync(CancellationToken cancel)
    {
        _doing = Words.Systems.InstallCheck;
        await context.Session.CallAsync(SystemApi.Update, new SystemUpdateOrder(SystemSource.Medium), cancel);
        while ((await context.Session.CallAsync(SystemApi.Show, cancel)).Work is { } work)
        {
            if (work is { IsDone: true, Code: { } code })
            {
                throw new UserErrorException(Printable.Of(code, 40), Printable.Of(work.Message, 1000), Printable.Of(work.Hint, 1000));
            }

            if (work.IsDone)
            {
                break;
            }

            _doing = string.Create(CultureInfo.InvariantCulture, $"{work.Percent}%");
            await Task.Delay(s_pause, time, cancel);
        }

        await RestartAsync(cancel);
    }

    /// <exception cref="UserErrorException">What the appliance says.</exception>
    /// <param name="version">The one that was shown.</param>
    public async Task FallBackAsync(string? version, CancellationToken cancel)
    {
        await context.Session.CallAsync(SystemApi.FallBack, new SystemFallbackOrder(version), cancel);
        await RestartAsync(cancel);
    }

    private Task<Nothing> RestartAsync(CancellationToken cancel) => context.Session.CallAsync(ApplianceApi.Power, new PowerOrder(PowerAction.Restart), cancel);
}
