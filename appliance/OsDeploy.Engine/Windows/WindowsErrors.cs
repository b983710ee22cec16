using OsDeploy.Text;

namespace OsDeploy.Windows;

/// <summary>Every sentence about the registry of a Windows on a disk that an operator can read.</summary>
internal static class WindowsErrors
{
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

    private static string Name(string text) => Printable.Of(text, 300);
}
