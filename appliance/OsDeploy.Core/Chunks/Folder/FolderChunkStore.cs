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

    private readonly Lock _writing = new();
    private readonly List<OpenPack> _unsealed = [];
    private OpenPack? _open;
    private Task _sealing = Task.CompletedTask;
    private bool _isPruning;
    private volatile UserErrorException? _failure;

    public string Address { get; } = address;

    public PackCatalog Catalog { get; } = new(paths);

    public ValueTask<bool[]> HasAsync(ReadOnlyMemory<ChunkId> ids, CancellationToken cancel)
    {
        ThrowIfUnusable(cancel);
        var answers = new bool[ids.Length];
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = Catalog.TryFind(ids.Span[i], out _);
        }

        return ValueTask.FromResult(answers);
    }

    /// <remarks>
    /// A frame too long for <paramref name="frame"/> cannot be the chunk asked for. It is cut, so that the reader's check
    /// refuses it like any other damage.
    /// </remarks>
    public ValueTask<int> ReadAsync(ChunkId id, Memory<byte> frame, CancellationToken cancel)
    {
        ThrowIfUnusable(cancel);
        if (!Catalog.TryFind(id, out var place))
        {
            throw Errors.ChunkMissing(id, Address);
        }

        try
        {
            return ValueTask.FromResult(Catalog.Read(place with { Length = Math.Min(place.Length, frame.Length) }, frame.Span));
        }
        catch (FileNotFoundException) when (Catalog.TryFind(id, out var moved) && moved != place)
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
        ThrowIfUnusable(cancel);
        if (frame.IsEmpty || frame.Length > PackFormat.MaxFrameLength)
        {
            throw new ArgumentException("No chunk has a frame of this length.", nameof(frame));
        }

        Task previous;
        lock (_writing)
        {
            ThrowIfPruning();
            if (Catalog.TryFind(id, out _))
            {
                return false;
            }

            if (_open is null)
            {
                _unsealed.Add(_open = NewPack());
            }

            var entry = _open.Append(id, frame);
            Catalog.Place(id, new ChunkPlace(_open.Pack, entry.Offset, entry.Length));
            if (_open.Length < PackLength)
            {
                return true;
            }

            // The disk takes one pack while the workers fill the next; whoever fills that one waits here.
            previous = _sealing;
            _sealing = SealAfterAsync(previous, [_open]);
            _open = null;
        }

        await previous.WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // what failed is tried again by the flush
        ThrowIfUnusable(cancel);
        return true;
    }

    public async ValueTask FlushAsync(CancellationToken cancel)
    {
        ThrowIfUnusable(cancel);
        Task sealing;
        lock (_writing)
        {
            ThrowIfPruning();
            _open = null;
            sealing = _sealing = SealAfterAsync(_sealing, [.. _unsealed]); // what failed is tried again, or fails again, here
        }

        await sealing.WaitAsync(cancel);
        ThrowIfUnusable(cancel);
    }

    public void Expect(ReadOnlySpan<ChunkId> upcoming)
    {
        var places = new List<ChunkPlace>(upcoming.Length);
        foreach (var id in upcoming)
        {
            if (Catalog.TryFind(id, out var place))
            {
                places.Add(place);
            }
        }

        ReadAhead.Request(Catalog.Handles, places);
    }

    public ValueTask ReportDamagedAsync(ChunkId id, CancellationToken cancel)
    {
        ThrowIfUnusable(cancel);
        using var codec = new ChunkCodec(ChunkCodec.MaxContentLength);
        _ = Catalog.TryProve(id, new byte[PackFormat.MaxFrameLength], codec, out _);
        return ValueTask.CompletedTask;
    }

    /// <summary>Seals packs that killed captures left behind, so that the next capture finds their chunks.</summary>
    /// <exception cref="UserErrorException"><c>disk-full</c>, <c>disk-write-failed</c>, <c>store-read-failed</c></exception>
    public void SalvageAbandoned()
    {
        ThrowIfUnusable(CancellationToken.None);
        foreach (var path in Directory.EnumerateFiles(paths.Incoming, "*" + PackPaths.Extension))
        {
            PackSalvage.Seal(path, paths.Sealed);
        }

        Catalog.Refresh();
    }

    /// <summary>
    /// Gives the packs to a prune: until <see cref="EndPrune"/> writing and flushing are refused. Forgets everything it knows,
    /// also packs it was writing, and reads the folder again.
    /// </summary>
    public async Task BeginPruneAsync()
    {
        Task sealing;
        lock (_writing)
        {
            _isPruning = true;
            sealing = _sealing;
        }

        await sealing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ThrowIfUnusable(CancellationToken.None);
        lock (_writing)
        {
            _open = null;
            _unsealed.Clear();
        }

        Catalog.Reload();
    }

    public void EndPrune()
    {
        lock (_writing)
        {
            _isPruning = false;
        }
    }

    /// <summary>Begins a pack that its caller alone appends to and seals; no flush touches it.</summary>
    public OpenPack NewPack()
    {
        var pack = new OpenPack(paths.NewIncoming(time));
        Catalog.Handles.Keep(pack.Pack, pack.File);
        return pack;
    }

    /// <summary>Commit point of a pack's chunks.</summary>
    /// <exception cref="UserErrorException"><c>disk-full</c>, <c>disk-write-failed</c></exception>
    public void Seal(OpenPack pack)
    {
        try
        {
            pack.Seal(paths.Sealed);
        }
        catch (UserErrorException e) when (pack.IsLost)
        {
            Fail(e);
            throw;
        }

        lock (_writing)
        {
            _unsealed.Remove(pack);
        }

        Catalog.Add(pack.Pack);
    }

    /// <summary>From here on every call fails with this.</summary>
    public void Fail(UserErrorException failure) => _failure ??= failure;

    public async ValueTask DisposeAsync()
    {
        await _sealing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Catalog.Dispose(); // an open pack stays in its folder; the next capture salvages it
    }

    private async Task SealAfterAsync(Task previous, OpenPack[] packs)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Run(() => Array.ForEach(packs, Seal));
    }

    // Under the lock: a prune that begins waits for all who passed this.
    private void ThrowIfPruning()
    {
        if (_isPruning)
        {
            throw Errors.StorePruning(Address);
        }
    }

    private void ThrowIfUnusable(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (_failure is { } failure)
        {
            throw failure;
        }
    }
}
