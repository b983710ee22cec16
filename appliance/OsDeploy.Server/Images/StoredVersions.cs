using System.Collections.Concurrent;
using OsDeploy.Api.Appliance;
using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Images.Folder;

namespace OsDeploy.Server.Images;

/// <summary>The versions of the store for people who look after it: what each holds, what it adds, and what goes with it.</summary>
internal sealed class StoredVersions(FolderImageStore store)
{
    private readonly VersionContent _content = new(store);

    // A version never changes; its manifest is read once.
    private readonly ConcurrentDictionary<VersionId, StoredVersion> _known = new();

    public async Task<IReadOnlyList<StoredVersion>> ListAsync(CancellationToken cancel)
    {
        var entries = await store.ListAsync(cancel);
        var list = new List<StoredVersion>(entries.Count);
        foreach (var entry in entries)
        {
            list.Add(await DescribeAsync(entry, cancel));
        }

        foreach (var gone in _known.Keys.Except(entries.Select(entry => entry.Version)).ToList())
        {
            _known.TryRemove(gone, out _);
        }

        return list;
    }

    public Task<IReadOnlyList<DeletedVersion>> ListDeletedAsync(CancellationToken cancel) => store.ListDeletedAsync(cancel);

    /// <param name="withOnly">Every index of the store is read for it.</param>
    /// <exception cref="UserErrorException"><c>version-missing</c>, <c>version-damaged</c>, <c>manifest-unreadable</c>, <c>index-missing</c>, <c>index-damaged</c></exception>
    public async Task<VersionWeight> WeighAsync(VersionId version, bool withOnly, CancellationToken cancel)
    {
        var own = IndexesOf(await _content.ReadAsync(version, cancel));
        var chunks = await _content.ChunksAsync(own, cancel);
        var entries = await store.ListAsync(cancel);
        var fresh = new Dictionary<ChunkId, long>(chunks);
        if (Before(entries, version) is { } before)
        {
            await TakeOutAsync(fresh, before.Version, [], cancel);
        }

        return new VersionWeight(fresh.Values.Sum(), withOnly ? await OnlyAsync(chunks, version, entries, cancel) : null);
    }

    private static VersionEntry? Before(IReadOnlyList<VersionEntry> entries, VersionId version) =>
        entries.FirstOrDefault(entry => entry.Version == version) is { } own
            ? entries.Where(entry => entry.Kind == own.Kind && entry.Image == own.Image).SkipWhile(entry => entry.Version != version).Skip(1).FirstOrDefault()
            : null;

    private async Task<long> OnlyAsync(Dictionary<ChunkId, long> chunks, VersionId version, IReadOnlyList<VersionEntry> entries, CancellationToken cancel)
    {
        var seen = new HashSet<ChunkId>();
        foreach (var other in entries.Where(entry => entry.Version != version))
        {
            if (chunks.Count > 0)
            {
                await TakeOutAsync(chunks, other.Version, seen, cancel);
            }
        }

        return chunks.Values.Sum();
    }

    /// <param name="seen">Indexes that were taken out already: versions of an image share most of them.</param>
    private async Task TakeOutAsync(Dictionary<ChunkId, long> chunks, VersionId other, HashSet<ChunkId> seen, CancellationToken cancel)
    {
        try
        {
            foreach (var index in IndexesOf(await _content.ReadAsync(other, cancel)).Where(seen.Add).ToList())
            {
                foreach (var id in (await _content.ChunksAsync([index], cancel)).Keys)
                {
                    chunks.Remove(id);
                }
            }
        }
        catch (UserErrorException)
        {
            // A damaged version keeps nothing from being counted: it cannot be restored either.
        }
    }

    private async Task<StoredVersion> DescribeAsync(VersionEntry entry, CancellationToken cancel)
    {
        if (_known.TryGetValue(entry.Version, out var known))
        {
            return known with { Entry = entry };
        }

        try
        {
            return _known[entry.Version] = Describe(entry, await _content.ReadAsync(entry.Version, cancel));
        }
        catch (UserErrorException)
        {
            return new StoredVersion(entry, null, "", [], []);
        }
    }

    private static StoredVersion Describe(VersionEntry entry, Manifest manifest) => new(
        entry,
        manifest.Regions().Sum(region => region.UsedBytes),
        manifest.CapturedBy,
        manifest.Stamps,
        [
            .. manifest.Disks.SelectMany(disk => disk.Partitions.Select(partition => new StoredPartition(
                disk.Number, partition.Number, partition.Content, partition.FileSystem, partition.FileSystemLabel ?? partition.Name, partition.Length, partition.Region?.UsedBytes ?? 0))),
        ]);

    private static List<ChunkId> IndexesOf(Manifest manifest) => [.. manifest.Regions().Select(region => region.Index)];
}
