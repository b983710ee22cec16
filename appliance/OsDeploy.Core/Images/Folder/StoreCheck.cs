using System.Collections.Concurrent;
using OsDeploy.Chunks;
using OsDeploy.Chunks.Folder;

namespace OsDeploy.Images.Folder;

/// <summary>One check of a store, beside captures and restores that go on.</summary>
internal sealed class StoreCheck(PackCatalog catalog, VersionFiles versions, IndexFiles indexes, Meter progress)
{
    private readonly ConcurrentDictionary<ChunkId, bool> _damaged = new();
    private readonly HashSet<ChunkId> _missing = [];
    private readonly ConcurrentQueue<string> _faults = new();
    private long _checked;
    private long _read;

    /// <param name="only">Null: everything.</param>
    public async Task<CheckReport> RunAsync(VersionFile? only, CancellationToken cancel)
    {
        // Versions first, packs after them: what a capture elsewhere adds in between is then more than is looked for, never less.
        List<VersionFile> files = only is null ? [.. versions.All()] : [only];
        catalog.Refresh();
        var needed = only is null ? null : new HashSet<ChunkId>();
        foreach (var file in files)
        {
            cancel.ThrowIfCancellationRequested();
            CheckVersion(file, needed);
        }

        var work = needed is null ? WholePacks() : Places(needed);
        progress.AddTotal(work.Sum(pack => pack.Entries.Sum(entry => entry.StoredLength)));
        await Parallel.ForEachAsync(work, cancel, (pack, cancel) => CheckPackAsync(pack.Pack, pack.Entries, cancel));
        if (only is null)
        {
            CheckPointers();
        }

        foreach (var id in _missing)
        {
            catalog.Marks.Add(new DamageMark(id, Pack: null));
        }

        var affected = new VersionList(catalog, versions, indexes).Read(cancel)
            .Where(entry => entry.DamagedChunks > 0 && (only is null || entry.Version == only.Version));
        return new CheckReport(_checked, _read, [.. _damaged.Keys.Order()], [.. _missing.Order()], [.. affected], [.. _faults.Order(StringComparer.Ordinal)]);
    }

    private void CheckVersion(VersionFile file, HashSet<ChunkId>? needed)
    {
        try
        {
            var manifest = versions.Parse(file.Version, file.Path);
            if (VersionFiles.MissingOf(file) > 0 && StillMissing(file, manifest) is var missing and > 0)
            {
                _faults.Enqueue($"Version {file.Version.Short} of {file.Image} came without {missing} of its chunks: import the store that it comes from.");
                return;
            }

            foreach (var region in manifest.Regions())
            {
                CheckIndex(file, manifest, region, needed);
            }
        }
        catch (UserErrorException) when (!File.Exists(file.Path))
        {
            // Deleted since it was listed.
        }
        catch (UserErrorException e) when (e.Code is "version-damaged" or "store-read-failed")
        {
            _faults.Enqueue(e.Message);
        }
    }

    // A mark for each of its chunks would be a million files.
    private int StillMissing(VersionFile file, Manifest manifest)
    {
        var missing = VersionFiles.CountMissing(manifest, indexes, id => catalog.TryFind(id, out _));
        VersionFiles.MarkIncomplete(file, missing);
        return missing;
    }

    private void CheckIndex(VersionFile file, Manifest manifest, RegionRecord region, HashSet<ChunkId>? needed)
    {
        try
        {
            var index = indexes.Parse(region.Index);
            if (index.Length != region.Length || index.ChunkSize != manifest.ChunkSize)
            {
                _faults.Enqueue($"Version {file.Version.Short} of {file.Image} and its index object {region.Index} disagree about a size.");
            }

            needed?.UnionWith(index.ChunkIds());
            var missing = index.ChunkIds().Count(id => !catalog.TryFind(id, out _) && (_missing.Add(id) || true));
            if (missing > 0)
            {
                _faults.Enqueue($"Version {file.Version.Short} of {file.Image} lacks {missing} chunks.");
            }
        }
        catch (UserErrorException e) when (e.Code == "index-damaged")
        {
            indexes.SetAside(region.Index);
            _faults.Enqueue(e.Message);
        }
        catch (UserErrorException e) when (e.Code is "index-missing" or "store-read-failed")
        {
            _faults.Enqueue(e.Message);
        }
    }

    private List<(Pack Pack, IReadOnlyList<PackEntry> Entries)> WholePacks()
    {
        var work = new List<(Pack, IReadOnlyList<PackEntry>)>();
        foreach (var pack in catalog.Packs)
        {
            var entries = catalog.EntriesOf(pack);
            work.Add((pack, entries));
            if (pack.IsIndexDamaged)
            {
                _faults.Enqueue($"The index of pack {pack.Name} is damaged; its {entries.Count} good chunks were found by reading it. The next prune writes it anew.");
            }
        }

        return work;
    }

    private List<(Pack Pack, IReadOnlyList<PackEntry> Entries)> Places(IEnumerable<ChunkId> ids)
    {
        var places = ids.SelectMany(id => catalog.CopiesOf(id).Select(place => (Id: id, Place: place)));
        return [.. places.GroupBy(found => found.Place.Pack, (pack, found) =>
            (pack, (IReadOnlyList<PackEntry>)[.. found.Select(chunk => new PackEntry(chunk.Id, chunk.Place.Offset, chunk.Place.Length))]))];
    }

    private ValueTask CheckPackAsync(Pack pack, IReadOnlyList<PackEntry> entries, CancellationToken cancel)
    {
        using var codec = new ChunkCodec(ChunkCodec.MaxContentLength);
        var frame = new byte[PackFormat.MaxFrameLength];
        ReadAhead.Request(catalog.Handles, entries.Select(entry => new ChunkPlace(pack, entry.Offset, entry.Length)));
        var badHeaders = HasGoodStart(pack) ? 0 : 1;
        foreach (var entry in entries.OrderBy(entry => entry.Offset))
        {
            cancel.ThrowIfCancellationRequested();
            var place = new ChunkPlace(pack, entry.Offset, entry.Length);
            if (!catalog.TryReadGood(entry.Id, place, frame, codec))
            {
                SetAside(entry, place);
            }
            else if (!HasGoodHeader(pack, entry))
            {
                badHeaders++;
            }

            Interlocked.Increment(ref _checked);
            Interlocked.Add(ref _read, entry.StoredLength);
            progress.Add(entry.StoredLength);
        }

        if (badHeaders > 0)
        {
            _faults.Enqueue($"Pack {pack.Name} has {badHeaders} damaged headers; its chunks are good. The next prune writes it anew.");
            catalog.Marks.Add(new DamageMark(DamageMarks.RecordHeaders, pack.Name));
        }

        return ValueTask.CompletedTask;
    }

    private void SetAside(PackEntry entry, ChunkPlace place)
    {
        catalog.SetAside(entry.Id, place);
        _damaged.TryAdd(entry.Id, true);
        _faults.Enqueue($"Chunk {entry.Id} in pack {place.Pack.Name} is damaged.");
    }

    private bool HasGoodStart(Pack pack)
    {
        var start = new byte[PackFormat.HeaderLength];
        return catalog.TryRead(new ChunkPlace(pack, 0, start.Length), start) && start.AsSpan().SequenceEqual(PackFormat.Header);
    }

    private bool HasGoodHeader(Pack pack, PackEntry entry)
    {
        var header = new byte[PackFormat.RecordHeaderLength];
        var place = new ChunkPlace(pack, entry.Offset - header.Length, header.Length);
        return catalog.TryRead(place, header) && PackFormat.ParseRecordHeader(header) == (entry.Id, entry.Length);
    }

    private void CheckPointers()
    {
        foreach (var (kind, image) in Enum.GetValues<ImageKind>().SelectMany(versions.Images))
        {
            var there = versions.Of(kind, image).Select(file => file.Version).ToList();
            if (there.Count > 0 && !(versions.CurrentPointer(kind, image) is { } pointer && there.Contains(pointer)))
            {
                _faults.Enqueue($"Image {image} has no current version; the newest one is taken until one is chosen.");
            }
        }
    }
}
