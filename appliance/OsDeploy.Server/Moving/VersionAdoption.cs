using OsDeploy.Api.Moving;
using OsDeploy.Images;
using OsDeploy.Images.Folder;

namespace OsDeploy.Server.Moving;

/// <summary>Versions of images as they lie in an unpacked backup, without their chunks.</summary>
/// <param name="folder">Has the folder <see cref="BackupPaths.Store"/> of the backup as its content.</param>
internal sealed class VersionAdoption(string folder, FolderImageStore store)
{
    private readonly string _objects = Path.Combine(folder, "objects");

    /// <summary>All there are, by image.</summary>
    /// <exception cref="UserErrorException"><c>backup-invalid</c></exception>
    public IReadOnlyList<(VersionId Version, Manifest Manifest, string Path)> Read()
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        return [.. files.Select(Read)];
    }

    /// <summary>What of a version would be missing here.</summary>
    /// <exception cref="UserErrorException"><c>backup-invalid</c></exception>
    public int CountMissing(Manifest manifest) => store.CountMissing(IndexesOf(manifest).Select(Parse));

    /// <summary>Versions that would be listed and lack chunks.</summary>
    public async Task<IReadOnlyList<IncompleteVersion>> IncompleteAsync(CancellationToken cancel)
    {
        var here = (await store.ListAsync(cancel)).ToDictionary(entry => entry.Version);
        var all = new List<IncompleteVersion>();
        foreach (var (version, manifest, _) in Read())
        {
            var missing = here.TryGetValue(version, out var entry) ? entry.DamagedChunks : CountMissing(manifest);
            if (missing > 0)
            {
                all.Add(new IncompleteVersion(manifest.Kind, ImageName.Parse(manifest.Image), version, missing));
            }
        }

        return all;
    }

    /// <summary>Lists a version in the store; may be done twice.</summary>
    /// <returns>Chunks that are missing.</returns>
    public async Task<int> AdoptAsync(Manifest manifest, string path, CancellationToken cancel)
    {
        var signature = Path.ChangeExtension(path, ".sig");
        var signed = File.Exists(signature) ? await File.ReadAllBytesAsync(signature, cancel) : null;
        return await store.AdoptAsync(await File.ReadAllBytesAsync(path, cancel), signed, IndexesOf(manifest), cancel);
    }

    /// <summary>Lists all of them, and makes those current that were, if they are whole.</summary>
    public async Task AdoptAllAsync(CancellationToken cancel)
    {
        // The first version of an image that was not here becomes its current one, and stays it when its chunks come.
        var current = await CurrentAsync(cancel);
        foreach (var (_, manifest, path) in Read().OrderByDescending(one => current.Contains(one.Version)))
        {
            await AdoptAsync(manifest, path, cancel);
        }

        var entries = await store.ListAsync(cancel);
        foreach (var entry in entries.Where(entry => current.Contains(entry.Version) && entry is { IsCurrent: false, DamagedChunks: 0 }))
        {
            await store.SetCurrentAsync(entry.Version, cancel);
        }
    }

    private async Task<HashSet<VersionId>> CurrentAsync(CancellationToken cancel)
    {
        var all = new HashSet<VersionId>();
        foreach (var pointer in Directory.Exists(folder) ? Directory.GetFiles(folder, "current", SearchOption.AllDirectories) : [])
        {
            if (VersionId.TryParse((await File.ReadAllTextAsync(pointer, cancel)).Trim(), out var version))
            {
                all.Add(version);
            }
        }

        return all;
    }

    private static (VersionId Version, Manifest Manifest, string Path) Read(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var manifest = Manifest.Parse(bytes);
            return ImageName.TryParse(manifest.Image, out _) ? (VersionId.Of(bytes), manifest, path) : throw MovingErrors.BackupInvalid("a version of it belongs to no image");
        }
        catch (FormatException e)
        {
            throw MovingErrors.BackupInvalid(e.Message, e);
        }
    }

    private static RegionIndex Parse(byte[] index)
    {
        try
        {
            return RegionIndex.Parse(index);
        }
        catch (FormatException e)
        {
            throw MovingErrors.BackupInvalid(e.Message, e);
        }
    }

    private IEnumerable<byte[]> IndexesOf(Manifest manifest)
    {
        foreach (var index in manifest.Regions().Select(region => region.Index).Distinct())
        {
            var path = Path.Combine(_objects, index.ToString());
            yield return File.Exists(path) ? File.ReadAllBytes(path) : throw MovingErrors.BackupInvalid("a version of it has no index object");
        }
    }
}
