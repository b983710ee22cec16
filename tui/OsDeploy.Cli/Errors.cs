using System.CommandLine;
using OsDeploy.Images;
using OsDeploy.Templates;
using OsDeploy.Text;

namespace OsDeploy.Cli;

/// <summary>Every sentence of the command line that an operator can read. Codes that begin with <c>usage-</c> end with exit code 2.</summary>
internal static class Errors
{
    public static UserErrorException UsageNotUnderstood(ParseResult parsed) => new(
        "usage-not-understood",
        string.Join(' ', parsed.Errors.Select(error => Printable.Of(error.Message.ReplaceLineEndings(" ")))),
        $"`{PathOf(parsed)} --help` shows what it takes, with examples.");

    public static UserErrorException UsageTemplate(string path, IReadOnlyList<TemplateFault> faults) => new(
        "usage-template",
        $"{Printable.Of(path)} cannot be used: {string.Join(" ", faults.Select(fault => fault.ToString()))}",
        "Correct it, and run the same command again.");

    public static UserErrorException UsageSecrets(string path, int line, IReadOnlyList<string> words) => new(
        "usage-secrets",
        $"Line {line} of {Printable.Of(path)} is not NAME=VALUE with a name of its own.",
        $"The names are {string.Join(", ", words)}.");

    /// <param name="line">From 1; 0: none of them.</param>
    public static UserErrorException UsageAnswers(string path, int line, string why, IReadOnlyList<string> keys) => new(
        "usage-answers",
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Printable.Of(path)}{(line > 0 ? $", line {line}" : "")}: {Printable.Of(why)}."),
        $"The keys are {string.Join(", ", keys)}; `osdeploy first-start --help` explains them.");

    public static UserErrorException UsageAnswersNeeded() => new(
        "usage-answers-needed", "There is no terminal to ask on.", "Run `osdeploy first-start` on the appliance's own terminal, or give it --answers FILE.");

    public static UserErrorException DaemonSetUp(string said) => new(
        "daemon-set-up",
        $"The server could not be set up: {Printable.Of(said)}.",
        "Look at its log (`journalctl -u osdeployd`) and at the volume (`df`, `dmesg`), and try again.");

    public static UserErrorException UsageProductId() => new(
        "usage-product-id", "Others on this computer can see a product key on a command line.", "Write a line PRODUCTID=... into the file of --secrets.");

    public static UserErrorException UsageVersion(string text) => new(
        "usage-version",
        $"\"{Printable.Of(text)}\" is not a version of an image.",
        "Give at least its first 6 digits, as `osdeploy image list` shows them: NAME@3f2a9c.");

    public static UserErrorException UsageDeletedVersion(string text) => new(
        "usage-deleted-version",
        $"\"{Printable.Of(text)}\" is not the beginning of a version.",
        "Give at least the first 6 digits of a deleted version, as `osdeploy image prune --dry-run` shows them: 3f2a9c.");

    public static UserErrorException UsageVersionNeeded(ImageName name, IEnumerable<VersionEntry> versions) => new(
        "usage-version-needed",
        $"The image {name} has more than one version, and none is named.",
        $"Write {name}@VERSION; it has {Candidates(versions)}.");

    public static UserErrorException UsagePartitions(string text) => new(
        "usage-partitions",
        $"\"{Printable.Of(text)}\" is not a list of partition numbers.",
        "Write the numbers with commas and without blanks, as `osdeploy disk inspect` shows them: 1,3.");

    public static UserErrorException UsageData(string text, IEnumerable<string> choices) => new(
        "usage-data",
        $"\"{Printable.Of(text)}\" does not say what becomes of a data partition.",
        $"Write NUMBER=WHAT once for each partition, where WHAT is one of {string.Join(", ", choices)}: 4=ntfs.");

    public static UserErrorException UsagePipeNeeded(string why) => new(
        "usage-pipe-needed", $"{Printable.Of(why)}.", "Name a file, or put a pipe there: `osdeploy backup create > school.osdbackup`.");

    public static UserErrorException UsageNothingToCopy(string store) => new(
        "usage-nothing-to-copy", $"The store {Printable.Of(store)} has no such image.", "`osdeploy image list --store STORE` shows those there are.");

    public static UserErrorException UsageYesNeeded(string loss) => new(
        "usage-yes-needed",
        $"This would {loss}, and there is no terminal to ask on.",
        "Add --yes if that is what you want.");

    public static UserErrorException UsageRegistry() => new(
        "usage-registry",
        "It is not said which registry is meant.",
        @"Name the folder of a mounted Windows with --windows, or one file with --hive and what it is with --root HKEY_LOCAL_MACHINE\SOFTWARE.");

    public static UserErrorException UsageKey(string path, string purpose, Exception? cause = null) => new(
        "usage-key",
        $"{Printable.Of(path)} is not {purpose}.",
        "Make a pair with `openssl ecparam -name prime256v1 -genkey -noout -out key.pem` and `openssl ec -in key.pem -pubout -out key.pub.pem`.",
        cause);

    public static UserErrorException UsagePinMissing(string server) => new(
        "usage-pin-missing",
        $"Without the fingerprint of its key anybody could pose as the server {Printable.Of(server)}.",
        "Add --pin FINGERPRINT; the server's console shows it.");

    public static UserErrorException UsageLab(string server) => new(
        "usage-lab",
        $"A computer of a test cannot be shown to the server {Printable.Of(server)}: others may use it.",
        "Use a server on this computer (127.0.0.1), or one with a private address inside a network namespace.");

    public static UserErrorException UsageKernelLine(string file, Exception cause) => new(
        "usage-kernel-line",
        $"The kernel's command line cannot be read from {Printable.Of(file)}: {Printable.Of(cause.Message)}.",
        "Name the server with --server and --pin instead.",
        cause);

    public static UserErrorException UsageKernelServer() => new(
        "usage-kernel-server",
        "The kernel's command line names no server.",
        "Start this computer from the appliance's network boot, or name the server with --server and --pin.");

    public static UserErrorException UsageLabIdentity(string path) => new(
        "usage-lab-identity",
        $"{Printable.Of(path)} does not describe a computer.",
        "Write JSON with at least its network cards: {\"macs\":[\"02:00:00:00:00:01\"]}.");

    public static UserErrorException UsageLabDisk(string text) => new(
        "usage-lab-disk",
        $"\"{Printable.Of(text)}\" does not name a disk of a test computer.",
        "Write FILE=SERIAL once for each disk, with a file that exists: disk.img=LAB-1.");

    public static UserErrorException MachineNeedsRoot() => new(
        "machine-needs-root",
        "The disks of this computer are out of reach without root.",
        "Run it with sudo: `sudo osdeploy machine ...`.");

    public static UserErrorException NotConfirmed(string typed, string expected) => new(
        "not-confirmed",
        $"\"{Printable.Of(typed)}\" is not \"{Printable.Of(expected)}\"; nothing was done.",
        "Run the command again and type the name exactly as it is shown.");

    public static UserErrorException ImageMissing(ImageName name, IEnumerable<ImageName> others) => new(
        "image-missing",
        $"There is no image {name} in this store.",
        string.Join(", ", others) is { Length: > 0 } names
            ? $"It has {names}."
            : "It has no images yet: `osdeploy capture` makes one.");

    public static UserErrorException VersionUnknown(ImageName name, string version, IEnumerable<VersionEntry> versions) => new(
        "version-unknown",
        $"The image {name} has no version {version}.",
        $"It has {Candidates(versions)}.");

    public static UserErrorException VersionAmbiguous(ImageName name, string version, IEnumerable<VersionEntry> matches) => new(
        "version-ambiguous",
        $"The image {name} has more than one version that begins with {version}.",
        $"Give more digits: {string.Join(", ", matches.Select(entry => entry.Version))}.");

    public static UserErrorException DeletedVersionUnknown(string prefix, IReadOnlyList<VersionId> deleted) => new(
        "deleted-version-unknown",
        $"{prefix} does not name one deleted version.",
        deleted.Count > 0
            ? $"These can come back: {string.Join(", ", deleted)}."
            : "None can come back: 72 hours have passed, or a prune has ended them.");

    public static UserErrorException SignIncomplete(VersionEntry entry, int missing) => new(
        "sign-incomplete",
        $"{entry.Image}@{entry.Version.Short} cannot be signed: {missing} of its chunks are not in the store.",
        "Capture the image again, and sign the new version.");

    public static UserErrorException DemoNeedsRoot() => new(
        "demo-needs-root",
        "The demonstration uses loop devices and mounts, which only root may do.",
        "Run it with sudo: `sudo osdeploy demo`.");

    public static UserErrorException DemoFolderTaken(string folder) => new(
        "demo-folder-taken",
        $"{Printable.Of(folder)} holds files that no demonstration made.",
        "Name an empty or new folder with --work DIR.");

    public static UserErrorException DemoDiffers(int partition) => new(
        "demo-differs",
        $"Partition {partition} of the restored disk does not hold the same files as the master's.",
        "This must not happen: please report it together with what was shown above.");

    public static UserErrorException NoTerminal(Exception cause) => new(
        "no-terminal", cause.Message, "Run it in a terminal (over SSH: ssh -t), or use the verbs: `osdeploy --help` lists them.", cause);

    private static string Candidates(IEnumerable<VersionEntry> versions) =>
        string.Join(", ", versions.Select(entry => entry.Version.Short + (entry.IsCurrent ? " (current)" : "")));

    private static string PathOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Insert(0, result.Command is RootCommand ? "osdeploy" : result.Command.Name);
        }

        return string.Join(' ', names);
    }
}
