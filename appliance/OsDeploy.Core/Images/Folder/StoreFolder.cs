using System.Text.Json;
using System.Text.Json.Serialization;
using OsDeploy.Chunks;
using OsDeploy.Chunks.Folder;
using OsDeploy.Storage;

namespace OsDeploy.Images.Folder;

/// <summary>Where things lie in a store (Chunks/FORMAT.md section 2).</summary>
internal sealed class StoreFolder
{
    private const int CurrentFormat = 1;

    private StoreFolder(string root) => Root = root;

    public string Root { get; }

    public string Lock => Path.Combine(Root, "lock");

    public string DaemonLock => Path.Combine(Root, "daemon.lock");

    public string DaemonUrl => Path.Combine(Root, "daemon.url");

    public PackPaths Packs => new(Path.Combine(Root, "packs"), Path.Combine(Root, "incoming"), Path.Combine(Root, "damaged"));

    public string Objects => Path.Combine(Root, "objects");

    public string Quarantine => Path.Combine(Root, "quarantine");

    public string Leases => Path.Combine(Root, "leases");

    private string Marker => Path.Combine(Root, "osdeploy-store");

    /// <summary>Every folder of a store.</summary>
    public IEnumerable<string> Folders =>
    [
        Packs.Sealed, Packs.Incoming, Packs.Damaged, Objects, Quarantine, Leases, ImagesOf(ImageKind.Image), ImagesOf(ImageKind.Manual),
    ];

    public string ImagesOf(ImageKind kind) => Path.Combine(Root, kind == ImageKind.Image ? "images" : "manual");

    public string ObjectPath(ChunkId index) => Path.Combine(Objects, index.ToString());

    /// <param name="create">Make a store of a folder that is new or empty; its parent must exist.</param>
    /// <exception cref="UserErrorException">
    /// <c>store-missing</c>, <c>store-parent-missing</c>, <c>store-foreign</c>, <c>store-format</c>, <c>store-damaged</c>
    /// </exception>
    public static StoreFolder Open(string path, bool create)
    {
        var folder = new StoreFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        if (!File.Exists(folder.Marker))
        {
            folder.Create(create);
        }

        folder.CheckFormat();
        foreach (var part in folder.Folders)
        {
            DurableFile.CreateFolder(part);
        }

        return folder;
    }

    private void Create(bool mayCreate)
    {
        var hasContent = Directory.Exists(Root) && Directory.EnumerateFileSystemEntries(Root).Any(IsContent);
        if (hasContent && mayCreate)
        {
            throw Errors.StoreForeign(Root);
        }

        if (!mayCreate)
        {
            throw Errors.StoreMissing(Root);
        }

        // Only the last folder: a path whose disk is not mounted must not become a store on the system's own disk.
        if (Path.GetDirectoryName(Root) is { } parent && !Directory.Exists(parent))
        {
            throw Errors.StoreParentMissing(Root, parent);
        }

        DurableFile.CreateFolder(Root);
        DurableFile.Write(Marker, JsonSerializer.SerializeToUtf8Bytes(new StoreMark(CurrentFormat), StoreJson.Default.StoreMark), overwrite: false);
    }

    // A new file system is empty but for this folder; a file of ours with a temporary name is a creation that was cut off.
    private static bool IsContent(string path) => Path.GetFileName(path) != "lost+found" && !path.EndsWith(".tmp", StringComparison.Ordinal);

    private void CheckFormat()
    {
        StoreMark? mark;
        try
        {
            mark = JsonSerializer.Deserialize(File.ReadAllBytes(Marker), StoreJson.Default.StoreMark);
        }
        catch (JsonException)
        {
            throw Errors.StoreDamaged(Marker);
        }

        if (mark?.Format != CurrentFormat)
        {
            throw Errors.StoreFormat(Root, mark?.Format ?? 0);
        }
    }
}

/// <summary>Content of <c>osdeploy-store</c>.</summary>
internal sealed record StoreMark(int Format);

/// <summary>JSON of a store's small files.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StoreMark))]
[JsonSerializable(typeof(LeaseRecord))]
internal sealed partial class StoreJson : JsonSerializerContext;
