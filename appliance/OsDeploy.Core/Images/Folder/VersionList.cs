using OsDeploy.Chunks;
using OsDeploy.Chunks.Folder;

namespace OsDeploy.Images.Folder;

/// <summary>The versions of a store as people see them.</summary>
internal sealed class VersionList(PackCatalog catalog, VersionFiles versions, IndexFiles indexes)
{
    public List<VersionEntry> Read(CancellationToken cancel)
    {
        var lost = LostChunks();
        var list = new List<VersionEntry>();
        foreach (var (kind, image) in Enum.GetValues<ImageKind>().SelectMany(versions.Images))
        {
            cancel.ThrowIfCancellationRequested();
            list.AddRange(OfImage(kind, image, lost));
        }

        return list;
    }

    private List<VersionEntry> OfImage(ImageKind kind, ImageName image, HashSet<ChunkId> lost)
    {
        var entries = versions.Of(kind, image)
            .Select(file => Describe(file, lost))
            .OrderByDescending(entry => entry.CapturedAt)
            .ThenBy(entry => entry.Version.Hash)
            .ToList();
        var pointer = versions.CurrentPointer(kind, image);

        // A pointer that is damaged or leads nowhere must not hide an image: then the newest version is current.
        var current = Math.Max(0, entries.FindIndex(entry => entry.Version == pointer));
        return [.. entries.Select((entry, i) => entry with { IsCurrent = i == current })];
    }

    private VersionEntry Describe(VersionFile file, HashSet<ChunkId> lost)
    {
        var entry = new VersionEntry(
            file.Kind, file.Image, file.Version, File.GetLastWriteTimeUtc(file.Path), IsCurrent: false, File.Exists(file.SignaturePath), DamagedChunks: 0);
        try
        {
            var manifest = versions.Parse(file.Version, file.Path);
            var missing = VersionFiles.MissingOf(file);
            return entry with { CapturedAt = manifest.CapturedAt, DamagedChunks = missing > 0 ? missing : manifest.Regions().Sum(region => CountLost(region, lost)) };
        }
        catch (UserErrorException e) when (e.Code == "version-damaged")
        {
            return entry with { DamagedChunks = 1 }; // the manifest itself: nothing of it can be restored
        }
    }

    // Without damage marks no index object is read: a list must be quick on a slow disk.
    private int CountLost(RegionRecord region, HashSet<ChunkId> lost)
    {
        if (!indexes.Has(region.Index))
        {
            return region.Chunks;
        }

        if (lost.Count == 0)
        {
            return 0;
        }

        try
        {
            return indexes.Parse(region.Index).ChunkIds().Count(lost.Contains);
        }
        catch (UserErrorException e) when (e.Code == "index-damaged")
        {
            return region.Chunks;
        }
    }

    // A marked chunk that a healing capture has written again is not lost.
    private HashSet<ChunkId> LostChunks() =>
        [.. catalog.Marks.Read().Select(mark => mark.Chunk).Where(id => id != DamageMarks.RecordHeaders && !catalog.TryFind(id, out _))];
}
