using OsDeploy.Api.Configurations;
using OsDeploy.Text;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Personalisation;

/// <summary>Every sentence about personalisation that an operator can read.</summary>
internal static class PersonalErrors
{
    private const string SeePlan = "See `osdeploy config show`: which partition holds which system is said there.";

    public static UserErrorException PlaceTaken(string partition, string folder) => new(
        "personal-mount-taken",
        $"{Printable.Of(folder)} is in use: something else is mounted where partition {partition} belongs.",
        $"End what uses it, then `umount {Printable.Of(folder)}`, and try again.");

    public static UserErrorException NotWritten(string partition, string path, Exception cause) => new(
        "personal-write",
        $"{Printable.Of(path)} cannot be written on partition {partition}: {Printable.Of(cause.Message)}",
        "Check that the partition has room, and that no folder or protected file of the master stands there.",
        cause);

    public static UserErrorException NotMounted(string partition, UserErrorException cause) => new(
        "personal-mount",
        $"The files of partition {partition} cannot be reached: {cause.Message}",
        "Start its system on the master once, shut it down whole (Windows: `shutdown /s /f /t 0`), and capture it again.",
        cause);

    public static UserErrorException LeadsNowhere(string path) => new(
        "personal-path",
        $"{Printable.Of(path)} on the restored partition is a link that leads nowhere, or out of it.",
        "Repair it on the master and capture it again.");

    public static UserErrorException IsFolder(string path) => new(
        "personal-folder",
        $"{Printable.Of(path)} is a folder, and a file has to be written there.",
        "Remove it on the master and capture it again.");

    public static UserErrorException NoRights(string path, Exception cause) => new(
        "personal-rights",
        $"{Printable.Of(Path.GetFileName(path))} cannot be given its owner and rights: {Printable.Of(cause.Message)}",
        "A file that holds a secret is not written where everybody could read it. Run osdeploy as root.",
        cause);

    public static UserErrorException NoWindows(string partition, OperatingSystem os) => new(
        "personal-no-windows", $"Partition {partition} is said to hold {os}, and there is no Windows on it.", SeePlan);

    public static UserErrorException NoLinux(string partition) => new(
        "personal-no-linux", $"Partition {partition} is said to hold Linux, and there is no folder /etc on it.", SeePlan);

    public static UserErrorException NoSuchPartition(int disk, int number) => new(
        "personal-no-partition", $"Disk {disk} has no partition {number} with files that can be reached, and the configuration says that a system is there.", SeePlan);

    public static UserErrorException NoTemplate(OperatingSystem os, JoinMode join) => new(
        "personal-no-template", $"There is no answer file for {os} with join mode {join}.", SeePlan);

    public static UserErrorException SimpleTooOld(OperatingSystem os) => new(
        "personal-simple", $"{os} cannot join without sysprep.", "Choose Domain or Workgroup as its join mode, and close the master with sysprep.");

    public static UserErrorException ScriptName(string path) => new(
        "personal-script-name",
        $"{Printable.Of(path)} is to be run by Windows set-up, which knows plain letters only in such names.",
        "Rename it with the letters a to z, digits, dashes and dots, and add it again.");

    public static UserErrorException PrinterName(string path, string printer) => new(
        "personal-printer", $"{Printable.Of(path)}: \"{Printable.Of(printer)}\" is not the name of a printer.", @"It is written as \\server\printer, one a line.");

    public static UserErrorException JoinScriptValue(string name, string placeholder) => new(
        "join-script-value",
        $"{Printable.Of(name)}: the value of {placeholder} has a letter that would begin another command there.",
        $"Write it in quotation marks in the script (\"{placeholder}\"); a value with a quotation mark cannot be used in one.");

    public static UserErrorException WrongContent(ContentId id) => new(
        "personal-content",
        $"A file that this host gets is not the one that the job names ({id.ToString()[..12]}).",
        "Try again. If it stays, add the file on the appliance again.");

    public static UserErrorException ScriptStart(string name) => new(
        "personal-script-start",
        $"{Printable.Of(name)} cannot be started: its first line does not name a shell that there is here.",
        "Begin it with #!/bin/sh, with lines that end as on Linux (without a carriage return), and add it again.");

    public static UserErrorException ScriptFailed(string name, string why) => new(
        "personal-script",
        $"{Printable.Of(name)} failed: {Printable.Of(why)}",
        "Its output stands in the log of the job (`osdeploy job show`).");
}
