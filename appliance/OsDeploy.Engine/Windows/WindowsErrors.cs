using OsDeploy.Text;

namespace OsDeploy.Windows;

/// <summary>Every sentence about the registry of a Windows on a disk that an operator can read.</summary>
internal static class WindowsErrors
{
    private const string OrInsist = "With --allow-unprepared it is captured as it is.";
    private const string ChkdskAndAgain = "Start that Windows, run `chkdsk /f` and shut it down with `shutdown /s /f /t 0`; of an image, capture it again after that.";

    public static UserErrorException HiveDirty(string path) => new(
        "hive-dirty",
        $"The registry file {Name(path)} was not closed: Windows was writing to it when it ended.",
        "Start that Windows once and shut it down whole: `shutdown /s /f /t 0`; of an image, capture it again after that.");

    public static UserErrorException HiveDamaged(string path, string why) => new(
        "hive-damaged",
        $"The registry file {Name(path)} is damaged: {Printable.Of(why).TrimEnd('.')}.",
        ChkdskAndAgain);

    public static UserErrorException HiveUnreadable(string path, Exception cause) => new(
        "hive-unreadable",
        $"The registry file {Name(path)} cannot be read: {Printable.Of(cause.Message).TrimEnd('.')}.",
        "Check that it is there and that this user may read it; on a disk of another computer that needs root.",
        cause);

    public static UserErrorException HiveUnwritable(string path, string why) => new(
        "hive-unwritable",
        $"The registry file {Name(path)} cannot be written: {Printable.Of(why).TrimEnd('.')}.",
        "It is as it was. Check that its partition is mounted for writing and has room for one more file of its size.");

    public static UserErrorException HiveNotKept(string path) => new(
        "hive-not-kept",
        $"What was written for the registry file {Name(path)} is not what reads back.",
        "It is as it was. Check this computer's memory and that disk, then run the same command again.");

    public static UserErrorException LogNotEmptied(string path, Exception cause) => new(
        "hive-log",
        $"The registry file {Name(path)} was changed, but a log beside it could not be emptied: {Printable.Of(cause.Message).TrimEnd('.')}.",
        "Run the same command again with that partition mounted for writing; Windows could take the change back otherwise.",
        cause);

    public static UserErrorException HivexMissing(Exception cause) => new(
        "hivex-missing",
        "The registry of a Windows cannot be read: the library libhivex.so.0 is missing.",
        "Install it: `sudo apt-get install libhivex0`.",
        cause);

    public static UserErrorException NoHive(string key) => new(
        "registry-hive",
        $"There is no registry file for {Name(key)} here.",
        "Check that this is the system partition of a Windows.");

    public static UserErrorException Root(string key) => new(
        "registry-root",
        $"{Name(key)} is not kept in a file that osdeploy edits.",
        @"Use keys below HKEY_LOCAL_MACHINE\SOFTWARE or \SYSTEM (SAM, SECURITY), HKEY_USERS\.DEFAULT, HKEY_CURRENT_USER (of users yet to come) or HKEY_CLASSES_ROOT.");

    public static UserErrorException WholeHive(string key) => new(
        "registry-whole",
        $"{Name(key)} is too much to delete.",
        "Name the key below it that is meant.");

    public static UserErrorException NoKey(string key) => new(
        "registry-key",
        $"There is no key {Name(key)}.",
        "Check the spelling; large and small letters are the same.");

    public static UserErrorException BadName(string key) => new(
        "registry-name",
        $"A name in {Name(key)} cannot be kept in a registry: it is empty, too long or holds half a character.",
        "Correct the registry file.");

    public static UserErrorException LongValue(string key, string valueName, int length) => new(
        "registry-value",
        $"The value \"{Printable.Of(valueName)}\" of {Name(key)} has {Sizes.Of(length)}, more than can be written from outside of Windows.",
        "Leave this key to a script that runs on the host: `reg import` has no such limit.");

    public static UserErrorException NotGeneralized(string partition, string state) => new(
        "windows-not-generalized",
        $"Windows on {partition} was not generalised (its state is {Printable.Of(state, 60)}): all computers restored from it would be the same computer.",
        @"Run `C:\Windows\System32\Sysprep\sysprep.exe /generalize /oobe /shutdown` on it and capture it then; or set its partition to join mode Simple, which does without. " + OrInsist);

    public static UserErrorException NotResealed(string partition) => new(
        "windows-not-generalized",
        $"Windows on {partition} was not resealed: its Mini-Setup would not run, and all computers restored from it would be the same computer.",
        @"Run `C:\sysprep\sysprep.exe -mini -reseal -pnp` on it and capture it then; or set its partition to join mode Simple, which does without. " + OrInsist);

    public static UserErrorException SysprepFailed(string partition, IReadOnlyList<string> packages) => new(
        "windows-sysprep-failed",
        $"Sysprep failed on {partition}, because of {Names(packages)}: installed for one user, but not for all.",
        $"In Windows run `Get-AppxPackage -AllUsers {Printable.Of(packages[0], 120)} | Remove-AppxPackage -AllUsers` (of each), then Sysprep again. " + OrInsist);

    public static UserErrorException UpdatesPending(string partition) => new(
        "windows-updates-pending",
        $"Windows on {partition} has updates that wait for a restart: each computer restored from it will install them at its first start.",
        "Restart that Windows until it asks for no more restarts, generalise it and capture it again.");

    public static UserErrorException SecretLeft(string partition, string place) => new(
        "windows-secret",
        $"Windows on {partition} still holds a password: {Printable.Of(place)}.",
        "Every computer restored from it would have it, for everybody to read. Remove it in Windows (delete the file or the value) and capture it then. " + OrInsist);

    public static UserErrorException NotLookedInto(string partition, string why) => new(
        "windows-not-looked-into",
        $"Nobody has looked whether Windows on {partition} was generalised and holds no passwords: {Printable.Of(why).TrimEnd('.')}.",
        "`osdeploy doctor` says what is missing on this computer.");

    private static string Names(IReadOnlyList<string> packages) =>
        string.Join(", ", packages.Take(3).Select(package => Printable.Of(package, 120))) + (packages.Count > 3 ? ", ..." : "");

    private static string Name(string text) => Printable.Of(text, 300);
}
