using System.Globalization;
using Mono.Unix;
using Mono.Unix.Native;
using OsDeploy.Api;
using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Text;

namespace OsDeploy;

/// <summary>Every sentence of Core that an operator can read.</summary>
internal static class Errors
{
    public static UserErrorException MemorySuspect() => new(
        "memory-suspect",
        "A chunk was not the same after compressing and decompressing it.",
        "This computer's memory or processor makes mistakes: run memtest86+ before you trust it with an image.");

    public static UserErrorException FileExists(string path) => new(
        "file-exists",
        $"{Printable.Of(path)} is there already.",
        "Name another file, or add --yes to replace it.");

    public static UserErrorException FileUnwritable(string path, Exception cause) => new(
        "file-unwritable",
        $"{Printable.Of(path)} cannot be written: {Printable.Of(cause.Message).TrimEnd('.')}.",
        "Name a file in a folder that is there and that this user may write in, such as a mounted USB disk.",
        cause);

    public static UserErrorException RegistryFile(int line, string what) => new(
        "registry-file",
        line > 0 ? string.Create(CultureInfo.InvariantCulture, $"The registry file cannot be read, line {line}: {what}.") : $"The registry file cannot be read: {what}.",
        "Nothing of it was used. Correct it, or export it anew with regedit.");

    public static UserErrorException TemplateValue(string placeholder) => new(
        "template-value",
        $"The value for {placeholder} holds a character that ends a line or cannot be printed.",
        "Type it anew, without the characters that came in by copying.");

    public static UserErrorException TemplatePercent(string key) => new(
        "template-value",
        $"The value for {key} holds a %, and Windows 2000 and XP may read that otherwise.",
        "Choose one without it.");

    public static UserErrorException ContentTooLarge(long most) => new(
        "content-too-large",
        $"A file of more than {Sizes.Of(most)} cannot be put onto hosts after a restore.",
        "Put it into the image, or onto a share that the hosts fetch it from.");

    public static UserErrorException ContentMissing(string content, Exception? cause = null) => new(
        "content-missing",
        $"The appliance does not have the file {Printable.Of(content, 12)} any more.",
        "Add the file again with `osdeploy addition add`, then start the job anew.",
        cause);

    public static UserErrorException ContentDamaged(string path, Exception? cause = null) => new(
        "content-damaged",
        $"{Printable.Of(path)} is no longer what it was when it was stored.",
        "Check the appliance's disk (`smartctl -a`), add the file again with `osdeploy addition add`, then start the job anew.",
        cause);

    public static UserErrorException ComputerName(string? text) => new(
        "computer-name",
        $"\"{Printable.Of(text)}\" cannot be the name of a computer.",
        "Use 1 to 15 letters, digits and dashes, no dash at either end, and not only digits: Windows takes nothing else.");

    public static UserErrorException ClockOutOfRange(DateTimeOffset time) => new(
        "clock-out-of-range",
        string.Create(CultureInfo.InvariantCulture, $"The clock cannot be set to {time.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC: that is before 2020 or after 2099."),
        "Look at the clock of the computer the time was taken from, or type the time of today.");

    public static UserErrorException ImageName(string? text) => new(
        "image-name",
        $"\"{Printable.Of(text)}\" cannot be the name of an image.",
        "Use 1 to 64 letters, digits, dots, dashes and underscores, and start with a letter or digit.");

    public static UserErrorException WriteFailed(string path, IOException cause) => NumberOf(cause) switch
    {
        Errno.EROFS => WriteDenied(path, cause),
        Errno.ENOSPC or Errno.EDQUOT => new(
            "disk-full",
            $"There is no room left to write {Printable.Of(path)}.",
            "Free some room (`osdeploy image prune --store ...` shows what can go) and run the same command again; what was stored is reused.",
            cause),
        _ => new(
            "disk-write-failed",
            $"Writing {Printable.Of(path)} failed: {Printable.Of(cause.Message)}.",
            "Do not trust this disk: check its cable and its SMART values (`smartctl -a`), then run the same command again.",
            cause),
    };

    public static UserErrorException ToolMissing(string program) => new(
        "tool-missing",
        $"The program {program} is not installed.",
        "Install it with your package manager; `osdeploy doctor` names the Debian package of each tool that is missing.");

    public static UserErrorException ToolNotStarted(string program, Exception cause) => new(
        "tool-not-started",
        $"The program {program} could not be started: {Printable.Of(cause.Message)}.",
        "Run `osdeploy doctor` to see which tools work.",
        cause);

    public static UserErrorException ToolFailed(string program, IReadOnlyList<string> arguments, CommandResult result) => new(
        "tool-failed",
        string.Create(CultureInfo.InvariantCulture, $"{program} failed with code {result.ExitCode}: {Printable.Of(LastWords(result))}"),
        $"Run it by hand to see all it says: {Printable.Of(program + " " + string.Join(' ', arguments))}");

    public static UserErrorException ToolHung(string program, IReadOnlyList<string> arguments, TimeSpan deadline) => new(
        "tool-hung",
        $"{program} did not end within {Sizes.Of(deadline)} and was stopped.",
        $"Look at the disk's health, then run it by hand: {Printable.Of(program + " " + string.Join(' ', arguments))}");

    public static UserErrorException WriteDenied(string path, Exception cause) => new(
        "write-denied",
        $"{Printable.Of(path)} cannot be written: this user may not, or the disk is write-protected.",
        "Run the command as root; if its file system is mounted read-only, look in `dmesg` for the reason before you mount it anew.",
        cause);

    // Stores of images.
    public static UserErrorException StoreMissing(string path) => new(
        "store-missing",
        $"There is no image store in {Printable.Of(path)}.",
        "Check the path and whether its disk is mounted; a capture makes a store in a new or empty folder.");

    public static UserErrorException StoreParentMissing(string path, string parent) => new(
        "store-parent-missing",
        $"No store can be made in {Printable.Of(path)}: there is no folder {Printable.Of(parent)}.",
        "Its disk may not be mounted: mount it, or make that folder, then run the same command again.");

    public static UserErrorException StoreForeign(string path) => new(
        "store-foreign",
        $"{Printable.Of(path)} holds other files and is not an image store.",
        "Name a new or empty folder.");

    public static UserErrorException StoreFormat(string path, int format) => new(
        "store-format",
        string.Create(CultureInfo.InvariantCulture, $"The store {Printable.Of(path)} has format {format}, which this osdeploy does not know."),
        "Use the osdeploy that wrote it, or a newer one.");

    public static UserErrorException StoreDamaged(string path) => new(
        "store-damaged",
        $"{Printable.Of(path)} is not readable as the description of a store.",
        "If this folder is a store, replace that file by the same file of another store and run `osdeploy image check`.");

    public static UserErrorException StoreBusy(string path, string by) => new(
        "store-busy",
        $"The store {Printable.Of(path)} is in use: {by}.",
        "Wait until that has ended, then run the same command again.");

    public static UserErrorException StorePruning(string path) => new(
        "store-pruning",
        $"The store {Printable.Of(path)} takes no chunks while it is being pruned.",
        "Wait until the prune has ended, then run the same command again; what was stored is reused.");

    public static UserErrorException StoreHasDaemon(string path, string url) => new(
        "store-has-daemon",
        $"The store {Printable.Of(path)} belongs to a running osdeploy server.",
        url.Length == 0 ? "Name the server's address with --store instead of the folder." : $"Use --store {Printable.Of(url)} instead of the folder.");

    public static UserErrorException StoreReadFailed(string path, Exception cause) => new(
        "store-read-failed",
        $"Reading {Printable.Of(path)} failed: {Printable.Of(cause.Message)}.",
        "Check that the store's disk is mounted and that this user may read it; then its cable and SMART values (`smartctl -a`).",
        cause);

    public static UserErrorException ChunkMissing(ChunkId id, string store) => new(
        "store-chunk-missing",
        $"Chunk {id} is not in the store {Printable.Of(store)}.",
        "`osdeploy image check` shows which versions need it; capture one of them again to heal them all.");

    public static UserErrorException ChunkDamaged(ChunkId id, string store) => new(
        "store-chunk-damaged",
        $"Chunk {id} in the store {Printable.Of(store)} is damaged.",
        "`osdeploy image check` shows which versions need it; capture one of them again to heal them all.");

    public static UserErrorException VersionMissing(VersionId version, string store) => new(
        "version-missing",
        $"Version {version.Short} is not in the store {Printable.Of(store)}.",
        "`osdeploy image list` shows the versions there are.");

    public static UserErrorException VersionIncomplete(VersionId version, int missing) => new(
        "version-incomplete",
        string.Create(CultureInfo.InvariantCulture, $"Version {version.Short} lacks {missing} chunks."),
        "Import the store that it comes from, or capture it again.");

    public static UserErrorException VersionGone(VersionId version, string store) => new(
        "version-gone",
        $"Version {version.Short} cannot come back: it is not among the deleted versions of the store {Printable.Of(store)}.",
        "A deleted version can come back for 72 hours, unless a prune ended that; import it from a copy of the store, or capture again.");

    public static UserErrorException VersionDamaged(VersionId version, string store, Exception? cause = null) => new(
        "version-damaged",
        $"The manifest of version {version.Short} in the store {Printable.Of(store)} is damaged.",
        "Restore another version, or import this one again from a copy of the store.",
        cause);

    public static UserErrorException VersionRejected(string why) => new(
        "version-rejected",
        $"This cannot be stored as a version: {Printable.Of(why)}",
        "Capture again; if it happens again, report it with the output of `osdeploy doctor`.");

    public static UserErrorException IndexMissing(ChunkId index, string store) => new(
        "index-missing",
        $"Index object {index} is not in the store {Printable.Of(store)}.",
        "`osdeploy image check` shows which versions need it; capture that disk again, or import the version from a copy.");

    public static UserErrorException IndexDamaged(ChunkId index, string store, Exception? cause = null) => new(
        "index-damaged",
        $"Index object {index} in the store {Printable.Of(store)} is damaged.",
        "`osdeploy image check` shows which versions need it; capture that disk again, or import the version from a copy.",
        cause);

    public static UserErrorException PruneRefused(Exception cause) => new(
        "prune-refused",
        $"Nothing was removed, because what must stay is not known: {Printable.Of(cause.Message)}",
        "Delete the damaged version or import it again, then prune; `osdeploy image prune --now` ends deleted versions at once.",
        cause);

    public static UserErrorException CopyIncomplete(VersionId version, string store) => new(
        "copy-incomplete",
        $"The store {Printable.Of(store)} did not keep all chunks of version {version.Short}.",
        "Run the same command again; if it happens again, check that store's disk.");

    public static UserErrorException SignatureKey(Exception cause) => new(
        "signature-key",
        "This is not a key for signing images: an ECDSA P-256 key in PEM form is needed.",
        "Name the file that holds it; the private key is needed for signing, the public one for checking.",
        cause);

    // Stores by HTTP.
    public static UserErrorException StoreAddress(string url) => new(
        "store-address",
        $"\"{Printable.Of(url)}\" is not the address of a store.",
        "Name a folder, or an appliance as https://HOST or https://HOST:PORT.");

    public static UserErrorException StorePlainHttp(string url) => new(
        "store-plain-http",
        $"The store {Printable.Of(url)} would be used over the network without encryption.",
        "Use https://; plain http:// is only for a server on this computer.");

    public static UserErrorException StoreUnreachable(string store, TimeSpan limit, Exception cause) => new(
        "store-unreachable",
        $"The store {store} did not answer for {Sizes.Of(limit)}: {Printable.Of(cause.Message)}.",
        "Check the address, the network cable and that the appliance runs, then run the same command again; what is done already is not done twice.",
        cause);

    public static UserErrorException StoreNotTrusted(string store, ServerKey? expected, Exception cause) => expected is { } key
        ? new("store-not-trusted",
            $"The server at {store} is not the appliance this computer was told to trust: its key does not have the fingerprint {key}.",
            "Someone may be posing as the appliance. Compare the fingerprint with the one on the appliance's console before you do anything else.",
            cause)
        : new("store-not-trusted",
            $"The certificate of {store} is not one this computer trusts: {Printable.Of(cause.InnerException?.Message ?? cause.Message)}.",
            "Check that the address is right, or have this computer trust the authority that signed the certificate.",
            cause);

    public static UserErrorException StoreAnswer(string store, string what, Exception? cause = null) => new(
        "store-answer",
        $"The server at {store} does not answer like an osdeploy appliance (it sent {what}).",
        "Check the address; if it is right, bring this program and the appliance to the same version of osdeploy.",
        cause);

    /// <summary>What a server refused, in its own words. They are foreign text like any other.</summary>
    public static UserErrorException FromStore(Problem problem) =>
        new(Printable.Of(problem.Code, 40), Printable.Of(problem.Detail, 1000), Printable.Of(problem.Hint, 1000));

    // .NET keeps the errno of its own calls in the low half of HResult.
    private static Errno NumberOf(IOException cause) => cause is UnixIOException unix ? unix.ErrorCode : (Errno)(cause.HResult & 0xFFFF);

    private static string LastWords(CommandResult result) =>
        (result.ErrorOutput + "\n" + result.Output)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .TakeLast(3) is var lines ? string.Join(" / ", lines) : "";
}
