using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>Finds the version an operator means and opens it: hash, signature if asked for, and sense, in this order.</summary>
public static class VersionReader
{
    /// <param name="version">Null: the current one.</param>
    /// <param name="trustedKey">PEM public key the version must be signed with; null: any version will do.</param>
    /// <exception cref="UserErrorException"><c>image-missing</c>, <c>version-missing</c>, <c>version-damaged</c>, <c>version-unsigned</c></exception>
    public static async Task<(VersionId Id, Manifest Manifest)> OpenAsync(
        IImageStore store, ImageKind kind, ImageName image, VersionId? version, string? trustedKey, CancellationToken cancel)
    {
        var entries = (await store.ListAsync(cancel)).Where(entry => entry.Kind == kind && entry.Image == image).ToList();
        if (entries.Count == 0)
        {
            throw ImagingErrors.NoSuchImage(image, store.Address);
        }

        var id = version ?? (entries.Find(entry => entry.IsCurrent) ?? entries[0]).Version;
        if (entries.TrueForAll(entry => entry.Version != id))
        {
            throw ImagingErrors.NoSuchVersion(image, id);
        }

        await RequireSignatureAsync(store, id, trustedKey, cancel);
        var bytes = await store.ReadManifestAsync(id, cancel);
        try
        {
            return (id, VersionId.Of(bytes) == id ? Manifest.Parse(bytes) : throw new FormatException("its bytes do not have the hash that names it."));
        }
        catch (FormatException e)
        {
            throw ImagingErrors.ManifestUnreadable(id, e);
        }
    }

    public static async Task<RegionIndex> ReadIndexAsync(IImageStore store, VersionId version, RegionRecord region, int chunkSize, CancellationToken cancel)
    {
        try
        {
            var index = RegionIndex.Parse(await store.ReadIndexAsync(region.Index, cancel));
            return index.Length == region.Length && index.ChunkSize == chunkSize
                ? index
                : throw new FormatException("an index object is of another region.");
        }
        catch (FormatException e)
        {
            throw ImagingErrors.ManifestUnreadable(version, e);
        }
    }

    private static async Task RequireSignatureAsync(IImageStore store, VersionId id, string? trustedKey, CancellationToken cancel)
    {
        if (trustedKey is null)
        {
            return;
        }

        var signature = await store.ReadSignatureAsync(id, cancel);
        if (signature is null || !ManifestSignature.IsValid(trustedKey, id, signature))
        {
            throw ImagingErrors.Unsigned(id);
        }
    }
}
