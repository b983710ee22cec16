using OsDeploy.Storage;

namespace OsDeploy.Chunks.Folder;

/// <summary>
/// Which packs there are and where each chunk lies, in memory: about 60 bytes per chunk. Safe for all threads; a lookup never
/// waits for a disk.
/// </summary>
internal sealed class PackCatalog(PackPaths paths) : IDisposable
{
    private readonly Lock _gate = new();
    private ChunkPlaces _places = new();
    private Dictionary<string, Pack> _packs = [];

    public PackHandles Handles { get; } = new();

    public DamageMarks Marks { get; } = new(paths.Damaged);

    /// <summary>Sealed packs, oldest first.</summary>
    public IReadOnlyList<Pack> Packs
    {
        get
        {
            lock (_gate)
            {
                return [.. _packs.Values.OrderBy(pack => pack.Name, StringComparer.Ordinal)];
            }
        }
    }

    public bool TryFind(ChunkId id, out ChunkPlace place)
    {
        lock (_gate)
        {
            return _places.TryFind(id, out place);
        }
    }

    /// <summary>Every copy of a chunk that is not known to be bad, the one that is served first.</summary>
    public IReadOnlyList<ChunkPlace> CopiesOf(ChunkId id)
    {
        lock (_gate)
        {
            return _places.CopiesOf(id);
        }
    }

    /// <summary>The chunk lies here; for one that was known already, here instead.</summary>
    public void Place(ChunkId id, ChunkPlace place)
    {
        lock (_gate)
        {
            _places.Serve(id, place);
        }
    }

    /// <summary>A pack has been sealed; its chunks are placed already.</summary>
    public void Add(Pack pack)
    {
        lock (_gate)
        {
            _packs.TryAdd(pack.Path, pack);
        }

        Handles.MayClose(pack);
    }

    /// <summary>Learns of packs that other processes have added.</summary>
    /// <exception cref="UserErrorException"><c>store-read-failed</c></exception>
    public void Refresh()
    {
        var marks = Marks.Read();
        foreach (var path in SealedPaths())
        {
            bool isKnown;
            lock (_gate)
            {
                isKnown = _packs.ContainsKey(path);
            }

            if (!isKnown)
            {
                var pack = new Pack(path);
                var entries = EntriesOf(pack);
                lock (_gate)
                {
                    Enter(pack, entries, marks, _packs, _places);
                }
            }
        }
    }

    /// <summary>Forgets everything, also packs that are not sealed, and learns what the folder holds.</summary>
    /// <exception cref="UserErrorException"><c>store-read-failed</c></exception>
    public void Reload()
    {
        var marks = Marks.Read();
        var (packs, places) = (new Dictionary<string, Pack>(), new ChunkPlaces());
        foreach (var pack in SealedPaths().Select(path => new Pack(path)))
        {
            Enter(pack, EntriesOf(pack), marks, packs, places);
        }

        lock (_gate)
        {
            (_packs, _places) = (packs, places);
        }

        Handles.CloseAll();
    }

    /// <summary>All chunks of a sealed pack, also those that another pack has too.</summary>
    /// <exception cref="UserErrorException"><c>store-read-failed</c></exception>
    public IReadOnlyList<PackEntry> EntriesOf(Pack pack)
    {
        try
        {
            using var rented = Handles.Rent(pack);
            if (!pack.IsIndexDamaged && PackFormat.TryReadIndex(rented.File) is { } entries)
            {
                return entries;
            }

            pack.IsIndexDamaged = true;
            using var scan = new PackScan();
            return scan.Run(rented.File);
        }
        catch (IOException e)
        {
            throw Errors.StoreReadFailed(pack.Path, e);
        }
    }

    /// <returns>Bytes read: fewer than asked for if the file has been cut.</returns>
    /// <exception cref="FileNotFoundException">The pack is gone.</exception>
    /// <exception cref="IOException">The disk cannot read it.</exception>
    public int Read(ChunkPlace place, Span<byte> bytes)
    {
        using var rented = Handles.Rent(place.Pack);
        return FullRead.At(rented.File, bytes[..place.Length], place.Offset);
    }

    /// <summary>Reads exactly the bytes of a place.</summary>
    public bool TryRead(ChunkPlace place, Span<byte> bytes)
    {
        try
        {
            return Read(place, bytes) == place.Length;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Reads a frame and proves that it is the chunk.</summary>
    public bool TryReadGood(ChunkId id, ChunkPlace place, Span<byte> frame, ChunkCodec codec) =>
        TryRead(place, frame) && codec.Verify(id, frame[..place.Length]) > 0;

    /// <summary>
    /// Finds a copy of a chunk that is good, and serves it. Those it met before and found bad are set aside.
    /// </summary>
    /// <param name="frame">Room for the longest frame; holds the chunk's if there is one.</param>
    public bool TryProve(ChunkId id, Span<byte> frame, ChunkCodec codec, out ChunkPlace place)
    {
        while (TryFind(id, out place))
        {
            if (TryReadGood(id, place, frame, codec))
            {
                return true;
            }

            SetAside(id, place);
        }

        return false;
    }

    /// <summary>Records that a copy of a chunk is bad and stops serving it; if there is another, that one is served.</summary>
    public void SetAside(ChunkId id, ChunkPlace place)
    {
        Marks.Add(new DamageMark(id, place.Pack.Name));
        lock (_gate)
        {
            _places.Remove(id, place);
        }
    }

    /// <summary>
    /// Deletes a pack whose chunks nobody needs, or lie elsewhere by now. Durable after <see cref="SyncDeletions"/>.
    /// </summary>
    /// <param name="entries">All it holds.</param>
    public void Delete(Pack pack, IReadOnlyList<PackEntry> entries)
    {
        lock (_gate)
        {
            _packs.Remove(pack.Path);
            foreach (var entry in entries)
            {
                _places.Remove(entry.Id, new ChunkPlace(pack, entry.Offset, entry.Length));
            }
        }

        Handles.Close(pack);
        File.Delete(pack.Path);
    }

    public void SyncDeletions() => DurableFile.SyncFolder(paths.Sealed);

    public void Dispose() => Handles.Dispose();

    private IEnumerable<string> SealedPaths() =>
        Directory.EnumerateFiles(paths.Sealed, "*" + PackPaths.Extension).Order(StringComparer.Ordinal);

    private static void Enter(
        Pack pack, IReadOnlyList<PackEntry> entries, IReadOnlySet<DamageMark> marks, Dictionary<string, Pack> packs, ChunkPlaces places)
    {
        if (!packs.TryAdd(pack.Path, pack))
        {
            return;
        }

        foreach (var entry in entries.Where(entry => !marks.Contains(new DamageMark(entry.Id, pack.Name))))
        {
            places.Add(entry.Id, new ChunkPlace(pack, entry.Offset, entry.Length));
        }
    }
}
