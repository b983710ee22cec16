using System.Globalization;
using System.Text;
using OsDeploy.Api.Appliance;
using OsDeploy.Chunks;
using OsDeploy.Storage;

namespace OsDeploy.Images.Folder;

/// <summary>A manifest's file. Image and kind are those of its folder.</summary>
internal sealed record VersionFile(ImageKind Kind, ImageName Image, VersionId Version, string Path)
{
    public string SignaturePath => System.IO.Path.ChangeExtension(Path, VersionFiles.SignatureExtension);

    /// <summary>There for a version that came without its chunks; says how many were missing.</summary>
    public string IncompletePath => System.IO.Path.ChangeExtension(Path, VersionFiles.IncompleteExtension);
}

/// <summary>A deleted version that can still come back.</summary>
internal sealed record QuarantinedVersion(VersionId Version, DateTimeOffset DeletedAt, string Path)
{
    private static readonly TimeSpan s_quarantine = TimeSpan.FromHours(72);

    public DateTimeOffset EndsAt => DeletedAt + s_quarantine;
}

/// <summary>Manifests, signatures and <c>current</c> pointers of a store, and the quarantine of deleted ones.</summary>
internal sealed class VersionFiles(StoreFolder folder)
{
    public const string SignatureExtension = ".sig";
    public const string IncompleteExtension = ".incomplete";

    private const string ManifestExtension = ".json";
    private const string CurrentName = "current";
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    public IEnumerable<VersionFile> All() => Enum.GetValues<ImageKind>().SelectMany(Images).SelectMany(image => Of(image.Kind, image.Name));

    public IEnumerable<(ImageKind Kind, ImageName Name)> Images(ImageKind kind)
    {
        foreach (var path in Directory.EnumerateDirectories(folder.ImagesOf(kind)).Order(StringComparer.Ordinal))
        {
            if (ImageName.TryParse(Path.GetFileName(path), out var name))
            {
                yield return (kind, name);
            }
        }
    }

    public IEnumerable<VersionFile> Of(ImageKind kind, ImageName image) => Directory.Exists(FolderOf(kind, image))
        ? Manifests(FolderOf(kind, image)).Select(found => new VersionFile(kind, image, found.Version, found.Path))
        : [];

    public VersionFile? Find(VersionId version) => All().FirstOrDefault(file => file.Version == version);

    /// <summary>Reads a manifest and proves that it is the version.</summary>
    /// <exception cref="UserErrorException"><c>version-damaged</c>, <c>store-read-failed</c></exception>
    public byte[] Read(VersionId version, string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            return VersionId.Of(bytes) == version ? bytes : throw Errors.VersionDamaged(version, folder.Root);
        }
        catch (IOException e)
        {
            throw Errors.StoreReadFailed(path, e);
        }
    }

    /// <exception cref="UserErrorException"><c>version-damaged</c>, <c>store-read-failed</c></exception>
    public Manifest Parse(VersionId version, string path) => ParseOrThrow(version, Read(version, path), folder.Root);

    /// <exception cref="UserErrorException"><c>version-damaged</c></exception>
    public static Manifest ParseOrThrow(VersionId version, byte[] bytes, string store)
    {
        try
        {
            return Manifest.Parse(bytes);
        }
        catch (FormatException e)
        {
            throw Errors.VersionDamaged(version, store, e);
        }
    }

    /// <summary>Commit point of a version: the manifest. Its signature is there before it, so no version is ever seen without.</summary>
    public void Publish(ImageKind kind, ImageName image, ReadOnlyMemory<byte> manifest, ReadOnlyMemory<byte>? signature)
    {
        DurableFile.CreateFolder(FolderOf(kind, image));
        var path = Path.Combine(FolderOf(kind, image), VersionId.Of(manifest.Span) + ManifestExtension);
        if (signature is { IsEmpty: false } bytes) // a null array turns into an empty memory on its way here
        {
            DurableFile.Write(Path.ChangeExtension(path, SignatureExtension), bytes.Span, overwrite: true);
        }

        DurableFile.Write(path, manifest.Span, overwrite: true);
        var incomplete = Path.ChangeExtension(path, IncompleteExtension);
        if (File.Exists(incomplete))
        {
            DurableFile.Delete(incomplete); // whoever publishes has found every chunk
        }
    }

    /// <summary>
    /// Lists a version that lacks chunks. A mark of a few bytes and not one for each chunk: an appliance that moves house lacks all of them.
    /// Commit point: the manifest. Its mark and its signature are there before it.
    /// </summary>
    public void PublishIncomplete(ImageKind kind, ImageName image, ReadOnlyMemory<byte> manifest, ReadOnlyMemory<byte>? signature, int missing)
    {
        DurableFile.CreateFolder(FolderOf(kind, image));
        var version = VersionId.Of(manifest.Span);
        var file = new VersionFile(kind, image, version, Path.Combine(FolderOf(kind, image), version + ManifestExtension));
        if (signature is { IsEmpty: false } bytes)
        {
            DurableFile.Write(file.SignaturePath, bytes.Span, overwrite: true);
        }

        MarkIncomplete(file, missing);
        DurableFile.Write(file.Path, manifest.Span, overwrite: true);
    }

    /// <param name="missing">0: it is whole.</param>
    public static void MarkIncomplete(VersionFile file, int missing)
    {
        if (missing > 0)
        {
            DurableFile.Write(file.IncompletePath, Encoding.ASCII.GetBytes(missing.ToString(CultureInfo.InvariantCulture)), overwrite: true);
        }
        else if (File.Exists(file.IncompletePath))
        {
            DurableFile.Delete(file.IncompletePath);
        }
    }

    /// <summary>Chunks that a version came without; 0: none.</summary>
    public static int MissingOf(VersionFile file) => !File.Exists(file.IncompletePath) ? 0
        : int.TryParse(File.ReadAllText(file.IncompletePath), NumberStyles.None, CultureInfo.InvariantCulture, out var missing) && missing > 0 ? missing
        : 1;

    /// <summary>Chunks of a version that are not there, each counted once; all of a region whose index object is not.</summary>
    public static int CountMissing(Manifest manifest, IndexFiles indexes, Func<ChunkId, bool> has)
    {
        var (missing, unknown) = (new HashSet<ChunkId>(), 0);
        foreach (var region in manifest.Regions())
        {
            if (indexes.Has(region.Index))
            {
                missing.UnionWith(indexes.Parse(region.Index).ChunkIds().Where(id => !has(id)));
            }
            else
            {
                unknown += region.Chunks;
            }
        }

        return missing.Count + unknown;
    }

    /// <summary>What the pointer says, whether or not that version exists; null if there is none or it is unreadable.</summary>
    public VersionId? CurrentPointer(ImageKind kind, ImageName image)
    {
        var path = Path.Combine(FolderOf(kind, image), CurrentName);
        return File.Exists(path) && VersionId.TryParse(File.ReadAllText(path).Trim(), out var version) ? version : null;
    }

    public void SetCurrent(ImageKind kind, ImageName image, VersionId version)
    {
        using var pointer = PrepareCurrent(kind, image, version);
        pointer.Publish();
    }

    /// <summary>A pointer that has its room already, so that moving it cannot fail for want of it.</summary>
    public PreparedFile PrepareCurrent(ImageKind kind, ImageName image, VersionId version)
    {
        DurableFile.CreateFolder(FolderOf(kind, image));
        return new PreparedFile(Path.Combine(FolderOf(kind, image), CurrentName), Encoding.ASCII.GetBytes(version + "\n"));
    }

    /// <summary>Takes a version off the list. Commit point: the rename of the manifest, which also records the time.</summary>
    public QuarantinedVersion MoveToQuarantine(VersionFile file, DateTimeOffset now)
    {
        var path = Path.Combine(folder.Quarantine, $"{now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{file.Version}{ManifestExtension}");
        DurableFile.Move(file.Path, path);
        if (File.Exists(file.SignaturePath))
        {
            DurableFile.Move(file.SignaturePath, Path.ChangeExtension(path, SignatureExtension));
        }

        return new QuarantinedVersion(file.Version, now, path);
    }

    /// <summary>Puts a deleted version back on the list. Commit point: the rename of the manifest; its signature goes ahead of it.</summary>
    /// <exception cref="UserErrorException"><c>version-damaged</c>, <c>store-read-failed</c></exception>
    public void MoveFromQuarantine(QuarantinedVersion deleted)
    {
        var manifest = Parse(deleted.Version, deleted.Path);
        var image = FolderOf(manifest.Kind, ImageName.Parse(manifest.Image));
        DurableFile.CreateFolder(image);
        var path = Path.Combine(image, deleted.Version + ManifestExtension);
        var signature = Path.ChangeExtension(deleted.Path, SignatureExtension);
        if (File.Exists(signature))
        {
            DurableFile.Move(signature, Path.ChangeExtension(path, SignatureExtension));
        }

        DurableFile.Move(deleted.Path, path);
    }

    public IReadOnlyList<QuarantinedVersion> Quarantined() =>
        [.. Directory.EnumerateFiles(folder.Quarantine, "*" + ManifestExtension).Order(StringComparer.Ordinal).Select(ParseQuarantined).OfType<QuarantinedVersion>()];

    /// <summary>The newest, for one that was deleted more than once.</summary>
    public QuarantinedVersion? FindQuarantined(VersionId version) => Quarantined().LastOrDefault(deleted => deleted.Version == version);

    public DeletedVersion Describe(QuarantinedVersion deleted)
    {
        try
        {
            var manifest = Parse(deleted.Version, deleted.Path);
            return new DeletedVersion(deleted.Version, manifest.Kind, ImageName.Parse(manifest.Image), manifest.CapturedAt, deleted.DeletedAt, deleted.EndsAt);
        }
        catch (UserErrorException)
        {
            // It must be on the list all the same: its end is known.
            return new DeletedVersion(deleted.Version, ImageKind.Image, null, null, deleted.DeletedAt, deleted.EndsAt);
        }
    }

    public static void DeleteQuarantined(QuarantinedVersion version)
    {
        DurableFile.Delete(version.Path);
        DurableFile.Delete(Path.ChangeExtension(version.Path, SignatureExtension));
    }

    private static IEnumerable<(VersionId Version, string Path)> Manifests(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*" + ManifestExtension).Order(StringComparer.Ordinal))
        {
            if (VersionId.TryParse(Path.GetFileNameWithoutExtension(path), out var version))
            {
                yield return (version, path);
            }
        }
    }

    private static QuarantinedVersion? ParseQuarantined(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path).Split('-', 2);
        return name.Length == 2 && VersionId.TryParse(name[1], out var version)
            && DateTimeOffset.TryParseExact(name[0], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var deletedAt)
            ? new QuarantinedVersion(version, deletedAt, path)
            : null;
    }

    private string FolderOf(ImageKind kind, ImageName image) => Path.Combine(folder.ImagesOf(kind), image.ToString());
}
