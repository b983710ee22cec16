namespace OsDeploy.Server.Appliance;

/// <summary>Every sentence about changes of what the appliance's own system was told.</summary>
internal static class SettingsErrors
{
    public static UserErrorException None() => new(
        "appliance-settings-none",
        "This appliance was not started from its own medium: its network, name and time zone are those of the system that it runs on.",
        "Change them there.");

    public static UserErrorException TrialOpen() => new(
        "network-trial-open", "A network is on trial just now.", "Keep it with `osdeploy appliance keep-network`, or go back with `osdeploy appliance undo-network`.");

    public static UserErrorException TrialOver() => new(
        "network-trial-over", "No network is on trial: it was kept, or the one before has come back.", "`osdeploy appliance settings` shows what holds; change it again.");
}
