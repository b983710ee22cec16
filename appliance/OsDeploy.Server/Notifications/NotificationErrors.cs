using OsDeploy.Text;

namespace OsDeploy.Server.Notifications;

/// <summary>Every sentence about notifications.</summary>
internal static class NotificationErrors
{
    public static UserErrorException Invalid(string why) => new(
        "notifications-invalid", $"Notifications cannot be sent like this: {Printable.Of(why)}.", "Mend that and save again; `osdeploy appliance notifications` shows what is set.");

    public static UserErrorException SecretAgain(string what) => new(
        "notifications-secret-again",
        $"{Printable.Of(what)} is set for another server: it is not sent to a new one by itself.",
        "Enter it again together with the new server.");
}
