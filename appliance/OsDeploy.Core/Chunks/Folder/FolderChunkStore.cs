namespace OsDeploy.Chunks.Folder;

/// <summary>
/// Chunks in pack files of a folder (Chunks/FORMAT.md section 3). Which chunks there are is known from memory, a read is one
/// positioned read, a write one append. Once an fsync has failed every call fails: nobody knows what the disk holds.
/// </summary>
/// <param name="address">The store's folder, for messages.</param>
/// <param name="paths">Where packs lie.</param>
internal sealed class FolderChunkStore(string address, PackPaths paths, TimeProvider time) : IChunkStore
{
    /// <summary>A pack that has this many bytes is sealed.</summary>
    public const int PackLength = 64 << 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<ChunkId, ChunkPlace> _places = [];
    private readonly Dictionary<string, Pack> _packs = [];
    private readonly List<OpenPack> _unsealed = [];
    private readonly PackHandles _handles = new();
    private OpenPack? _open;
    private Task _sealing = Task.CompletedTask;
    private UserErrorException? _failure;

    public string Address { get; } = address;

    public DamageMarks Marks { get; } = new(paths.Damaged);

    public PackHandles Handles => _handles;

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

    public ValueTask<bool[]> HasAsync(ReadOnlyMemory<ChunkId> ids, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var answers = new bool[ids.Length];
        lock (_gate)
        {
            ThrowIfFailed();
            for (var i = 0; i < answers.Length; i++)
            {
                answers[i] = _places.ContainsKey(ids.Span[i]);
            }
        }

        return ValueTask.FromResult(answers);
    }

    public bool TryFind(ChunkId id, out ChunkPlace place)
    {
        lock (_gate)
        {
            ThrowIfFailed();
            return _places.TryGetValue(id, out place);
        }
    }

    public ValueTask<int> ReadAsync(ChunkId id, Memory<byte> frame, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (!TryFind(id, out var place))
        {
            throw Errors.ChunkMissing(id, Address);
        }

        try
        {
            return ValueTask.FromResult(Read(place, frame.Span));
        }
        catch (FileNotFoundException) when (TryFind(id, out var moved) && moved != place)
        {
            return ReadAsync(id, frame, cancel); // a prune wrote its pack anew between the two steps
        }
        catch (FileNotFoundException)
        {
            throw Errors.ChunkMissing(id, Address);
        }
        catch (IOException e)
        {
            throw Errors.StoreReadFailed(place.Pack.Path, e);
        }
    }

    public async ValueTask<bool> WriteAsync(ChunkId id, ReadOnlyMemory<byte> frame, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (frame.IsEmpty || frame.Length > PackFormat.MaxFrameLength)
        {
            throw new ArgumentException("No chunk has a frame of this length.", nameof(frame));
        }

        Task previous;
        lock (_gate)
        {
            ThrowIfFailed();
            if (_places.ContainsKey(id))
            {
                return false;
            }

            Append(id, frame);
            if (_open!.Length < PackLength)
            {
                return true;
            }

            // The disk seals one pack while the workers fill the next; whoever fills that one waits here.
            previous = _sealing;
            _sealing = SealAfterAsync(previous, _open);
            _open = null;
        }

        await previous.WaitAsync(cancel);
        return true;
    }

    public async ValueTask FlushAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Task sealing;
        OpenPack[] unsealed;
        lock (_gate)
        {
            ThrowIfFailed();
            _open = null;
            (sealing, unsealed) = (_sealing, [.. _unsealed]);
        }

        await sealing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // tried again below
        await Task.Run(() => Array.ForEach(unsealed, Seal), cancel);
        lock (_gate)
        {
            ThrowIfFailed();
        }
    }

    public void Expect(ReadOnlySpan<ChunkId> upcoming)
    {
        var places = new List<ChunkPlace>(upcoming.Length);
        lock (_gate)
        {
            foreach (var id in upcoming)
            {
                if (_places.TryGetValue(id, out var place))
                {
                    places.Add(place);
                }
            }
        }

        ReadAhead.Request(_handles, places);
    }

    public ValueTask ReportDamagedAsync(ChunkId id, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (TryFind(id, out var place) && !IsGood(id, place))
        {
            SetAside(id, place);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Records that a copy of a chunk is bad and stops serving it.</summary>
    public void SetAside(ChunkId id, ChunkPlace place)
    {
        Marks.Add(new DamageMark(id, place.Pack.Name));
        lock (_gate)
        {
            if (_places.TryGetValue(id, out var served) && served == place)
            {
                _places.Remove(id);
            }
        }
    }

    /// <summary>Learns of packs that other processes have added.</summary>
    public void Refresh()
    {
        var marks = Marks.Read();
        foreach (var path in Directory.EnumerateFiles(paths.Sealed, "*" + PackPaths.Extension).Order(StringComparer.Ordinal))
        {
            bool isKnown;
            lock (_gate)
            {
                isKnown = _packs.ContainsKey(path);
            }

            if (!isKnown)
            {
                Load(new Pack(path), marks);
            }
        }
    }

    /// <summary>
    /// Forgets everything it knows, also packs it was writing, and reads the folder again. For a prune, which holds the store
    /// for itself.
    /// </summary>
    public void Reload()
    {
        lock (_gate)
        {
            ThrowIfFailed();
            _open = null;
            _unsealed.Clear();
            _packs.Clear();
            _places.Clear();
            _handles.CloseAll();
        }

        Refresh();
    }

    /// <summary>A chunk lies elsewhere now: its pack is being written anew.</summary>
    public void Move(ChunkId id, ChunkPlace place)
    {
        lock (_gate)
        {
            _places[id] = place;
        }
    }

    /// <summary>Deletes a pack whose chunks nobody needs, or lie elsewhere too. Not durable before the folder is synced.</summary>
    public void Delete(Pack pack)
    {
        lock (_gate)
        {
            _packs.Remove(pack.Path);
            _handles.Close(pack);
        }

        File.Delete(pack.Path);
    }

    /// <summary>Seals packs that killed captures left behind, so that the next capture finds their chunks.</summary>
    /// <exception cref="UserErrorException"><c>disk-full</c>, <c>disk-write-failed</c></exception>
    public void SalvageAbandoned()
    {
        foreach (var path in Directory.EnumerateFiles(paths.Incoming, "*" + PackPaths.Extension))
        {
            PackSalvage.Seal(path, paths.Sealed);
        }

        Refresh();
    }

    /// <summary>All chunks of a sealed pack, also those that another pack has too.</summary>
    /// <exception cref="UserErrorException"><c>store-read-failed</c></exception>
    public IReadOnlyList<PackEntry> EntriesOf(Pack pack)
    {
        try
        {
            using var rented = _handles.Rent(pack);
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

    /// <summary>Reads a frame; the file may hold fewer bytes than the place says.</summary>
    public int Read(ChunkPlace place, Span<byte> frame)
    {
        using var rented = _handles.Rent(place.Pack);
        return FullRead.At(rented.File, frame[..place.Length], place.Offset);
    }

    public async ValueTask DisposeAsync()
    {
        await _sealing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _handles.Dispose(); // an open pack stays in its folder; the next capture salvages it
    }

    private void Append(ChunkId id, ReadOnlyMemory<byte> frame)
    {
        if (_open is null)
        {
            _open = new OpenPack(paths.NewIncoming(time));
            _handles.Keep(_open.Pack, _open.File);
            _unsealed.Add(_open);
        }

        var entry = _open.Append(id, frame);
        _places.Add(id, new ChunkPlace(_open.Pack, entry.Offset, entry.Length));
    }

    private async Task SealAfterAsync(Task previous, OpenPack pack)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Run(() => Seal(pack));
    }

    private void Seal(OpenPack pack)
    {
        try
        {
            pack.Seal(paths.Sealed);
        }
        catch (UserErrorException e) when (pack.IsLost)
        {
            lock (_gate)
            {
                _failure ??= e;
            }

            throw;
        }

        lock (_gate)
        {
            if (_unsealed.Remove(pack))
            {
                _packs.TryAdd(pack.Pack.Path, pack.Pack);
                _handles.MayClose(pack.Pack);
            }
        }
    }

    private void Load(Pack pack, IReadOnlySet<DamageMark> marks)
    {
        var entries = EntriesOf(pack);
        lock (_gate)
        {
            if (!_packs.TryAdd(pack.Path, pack))
            {
                return;
            }

            foreach (var entry in entries.Where(entry => !marks.Contains(new DamageMark(entry.Id, pack.Name))))
            {
                _places.TryAdd(entry.Id, new ChunkPlace(pack, entry.Offset, entry.Length));
            }
        }
    }

    private bool IsGood(ChunkId id, ChunkPlace place)
    {
        using var codec = new ChunkCodec(ChunkCodec.MaxContentLength);
        var frame = new byte[place.Length];
        try
        {
            return Read(place, frame) == place.Length && codec.Verify(id, frame) > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            throw _failure;
        }
    }
}
