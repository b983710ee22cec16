using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy.Server.Moving;

/// <summary>Every sentence about backups that an operator can read.</summary>
internal static class MovingErrors
{
    public static UserErrorException BackupInvalid(string why, Exception? cause = null) => new(
        "backup-invalid",
        $"This is no whole backup of an appliance: {Printable.Of(why)}.",
        "Nothing was changed. Copy the file again from where it was made, or take an older one.",
        cause);

    public static UserErrorException BackupTooNew(int format) => new(
        "backup-too-new",
        string.Create(CultureInfo.InvariantCulture, $"The backup has format {format}, which this osdeploy does not know."),
        "Update this appliance first; a newer osdeploy made the backup.");

    public static UserErrorException BackupMissing() => new(
        "backup-missing", "The appliance holds no such backup: another was sent since, or it was started anew.", "Send the file again.");

    public static UserErrorException PasswordWrong() => new(
        "backup-password-wrong",
        "The keys of the backup do not open with this password.",
        "Type it again. Without it everything else can still be taken over: leave the password out, and enter the secrets again afterwards.");

    public static UserErrorException NoKeys() => new(
        "backup-without-keys", "The backup was made without a password and holds no keys.", "Leave the password out; secrets must be entered again afterwards.");

    public static UserErrorException PasswordInvalid(string why) => new(
        "backup-password-invalid", $"This password cannot protect the keys: {Printable.Of(why)}.", "Choose a longer one, and keep it where the backup is not.");

    public static UserErrorException NoRoom(long needed, long free) => new(
        "backup-no-room",
        $"The backup needs {Sizes.Of(needed)}, and the appliance has {Sizes.Of(free)} free.",
        "Delete versions of images that nobody needs (`osdeploy image delete`, then `osdeploy image prune --now`).");

    public static UserErrorException JobsRunning(string host) => new(
        "backup-jobs-running", $"{Printable.Of(host)} works on a job.", "Wait until no host works, or cancel the jobs: `osdeploy job list --active` shows them.");

    public static UserErrorException RestorePending() => new(
        "backup-restore-pending", "The appliance is about to start anew with another backup.", "Wait until it answers again.");

    public static UserErrorException NotWritten(string path, Exception cause) => new(
        "backup-write-failed", $"{Printable.Of(path)} cannot be written: {Printable.Of(cause.Message)}", "Look at the appliance's data disk: is it full, or failing?", cause);

    public static UserErrorException FileChanged(string path) => new(
        "backup-changed-failed", $"{Printable.Of(path)} changed while the backup was written.", "Make the backup again.");
}
