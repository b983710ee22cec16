using System.Text.RegularExpressions;
using OsDeploy.Images;
using OsDeploy.Personalisation;
using OsDeploy.Chunks;

namespace OsDeploy.Server.Moving;

/// <param name="Name">Of a file or folder in the data folder; a star stands for anything.</param>
/// <param name="IsKept">It goes into a backup.</param>
internal sealed record DataPart(string Name, bool IsKept, string Why);

/// <summary>What lies in the data folder, and whether a backup has it; and what files of a backup are called.</summary>
internal static partial class BackupPaths
{
    public const string Documents = "documents.db";
    public const string Settings = "appliance.json";
    public const string Contents = "contents";
    public const string Hooks = "hooks";
    public const string Store = "store";
    public const string SecretKey = "secret.key";
    public const string ApplianceKey = "appliance.key";

    /// <summary>Of a backup that was sent and proved.</summary>
    public const string Staging = "staging";

    private const string Objects = "objects";
    private const string Current = "current";
    private const string Manifest = ".json";
    private const string Signature = ".sig";

    /// <summary>Every name there may be; a test holds it against a daemon's folder.</summary>
    public static IReadOnlyList<DataPart> Table { get; } =
    [
        new(Documents, true, "hosts, rooms, configurations, accounts, templates, settings, jobs, audit log: a consistent copy"),
        new(Store, true, "manifests and index objects; packs of chunks are moved by `osdeploy store export`"),
        new(Contents, true, "files of additions: scripts, drivers, what the agent lays over a system"),
        new(Hooks, true, "programs of the school that run around batches"),
        new(Settings, true, "to be looked at; address and disk are those of the computer it runs on, so a restore leaves it"),
        new(ApplianceKey, true, "what everybody pins; only behind a password"),
        new(SecretKey, true, "opens the secrets of the documents; only behind a password"),
        new("client", false, "client builds come with the appliance's medium, or are added again"),
        new("backups", false, "nightly copies of documents are of this volume alone"),
        new("ssh", false, "the key of SSH is root's; a new one is drawn, and SSH asks once"),
        new(Staging, false, "a backup that was sent"),
        new(PendingRestore.New, false, "a restore that the next start finishes"),
        new(PendingRestore.Before, false, "what a restore replaced, until the next good start"),
        new(PendingRestore.Failed, false, "a restore that did not start"),
        new(PendingRestore.Versions, false, "versions of a restore on their way into the store"),
        new("documents.db-*", false, "SQLite's own"),
        new("documents.db.*", false, "lock and reserve"),
        new("documents-damaged-*", false, "what `osdeployd --recover` put aside"),
        new("osdeployd.sock", false, "no file"),
        new("lost+found", false, "the file system's own"),
        new("system", false, "slots of the installed system; it has its own updates"),
        new("network", false, "of the computer it runs on"),
    ];

    public static string Content(ContentId content) => $"{Contents}/{content}";

    public static string Hook(string name) => $"{Hooks}/{name}";

    public static string Object(ChunkId index) => $"{Store}/{Objects}/{index}";

    public static string ManifestOf(VersionEntry entry) => $"{FolderOf(entry)}/{entry.Version}{Manifest}";

    public static string SignatureOf(VersionEntry entry) => $"{FolderOf(entry)}/{entry.Version}{Signature}";

    public static string CurrentOf(VersionEntry entry) => $"{FolderOf(entry)}/{Current}";

    public static bool IsHook(string name) => HookName().IsMatch(name);

    public static bool IsManifest(string path) => path.StartsWith(Store + "/", StringComparison.Ordinal) && path.EndsWith(Manifest, StringComparison.Ordinal);

    /// <summary>Whether a file of a backup may have this name: nothing that leads out of its folder, and nothing that nobody knows.</summary>
    public static bool IsKnown(string path) => path.Split('/') switch
    {
        [Documents] or [Settings] => true,
        [Contents, var name] => ContentId.TryParse(name, out var content) && content.ToString() == name,
        [Hooks, var name] => IsHook(name),
        [Store, Objects, var name] => ChunkId.TryParse(name, out var index) && index.ToString() == name,
        [Store, "image" or "manual", var image, Current] => ImageName.TryParse(image, out _),
        [Store, "image" or "manual", var image, var name] => ImageName.TryParse(image, out _) && Path.GetExtension(name) is Manifest or Signature
            && VersionId.TryParse(Path.GetFileNameWithoutExtension(name), out var version) && name.StartsWith(version.ToString(), StringComparison.Ordinal),
        _ => false,
    };

    private static string FolderOf(VersionEntry entry) => $"{Store}/{(entry.Kind == ImageKind.Manual ? "manual" : "image")}/{entry.Image}";

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex HookName();
}
