using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Settings;

/// <summary>Restarts the appliance or switches it off, after saying who waits for it.</summary>
internal static class PowerForm
{
    public static FormModel Of(ConsoleContext context, PowerAction action)
    {
        var isRestart = action == PowerAction.Restart;
        var word = PowerActionJson.WordOf(action);
        return new FormModel(
            isRestart ? Words.Settings.RestartTitle : Words.Settings.OffTitle,
            [
                new InfoEntry("effect", () => EffectOf(context, isRestart)) { IsWarning = true },
                Confirmation.Demand(() => word),
                Confirmation.Field(() => word),
            ],
            new FormAction(word, isRestart ? Words.Settings.RestartAction : Words.Settings.OffAction, cancel => context.Session.CallAsync(ApplianceApi.Power, new PowerOrder(action), cancel)) { IsDestructive = true })
        {
            Help = isRestart ? Words.Settings.RestartEffect : Words.Settings.OffEffect,
            Equivalent = () => [Command(action)],
        };
    }

    public static CommandLine Command(PowerAction action) => new("appliance", PowerActionJson.WordOf(action));

    private static string EffectOf(ConsoleContext context, bool isRestart)
    {
        var running = context.Now.Status?.JobsRunning ?? 0;
        return (isRestart ? Words.Settings.RestartEffect : Words.Settings.OffEffect)
            + (running > 0 ? "\n" + Language.Count(running, Words.Settings.PowerJobsOne, Words.Settings.PowerJobsOther) : "");
    }
}
