using OsDeploy.Chunks;
using OsDeploy.Chunks.Folder;

namespace OsDeploy.Images.Folder;

/// <summary>
/// Copies the needed chunks of packs into new ones, and deletes an old pack once all its needed chunks are durable elsewhere.
/// Every frame is decoded before it is copied: a copy never gives a bad chunk a good name.
/// </summary>
internal sealed class PackRewrite(FolderChunkStore chunks)
{
    private readonly PackCatalog _catalog = chunks.Catalog;
    private readonly List<PackPlan> _copied = [];
    private readonly List<(ChunkId Id, ChunkPlace Place)> _moves = [];
    private OpenPack? _target;

    /// <param name="missing">Gets the chunks whose last copy turned out to be bad.</param>
    public void Run(IReadOnlyList<PackPlan> packs, ISet<ChunkId> missing, CancellationToken cancel)
    {
        using var codec = new ChunkCodec(ChunkCodec.MaxContentLength);
        var frame = new byte[PackFormat.MaxFrameLength];
        foreach (var pack in packs)
        {
            foreach (var entry in pack.Needed)
            {
                cancel.ThrowIfCancellationRequested();
                Copy(entry.Id, frame, codec, missing);
            }

            _copied.Add(pack);
            if (_target?.Length >= FolderChunkStore.PackLength)
            {
                FinishTarget();
            }
        }

        FinishTarget();
    }

    private void Copy(ChunkId id, byte[] frame, ChunkCodec codec, ISet<ChunkId> missing)
    {
        if (!_catalog.TryProve(id, frame, codec, out var place))
        {
            missing.Add(id);
            return;
        }

        _target ??= chunks.NewPack();
        var copy = _target.Append(id, frame.AsMemory(0, place.Length));
        _moves.Add((id, new ChunkPlace(_target.Pack, copy.Offset, copy.Length)));
    }

    // Commit point of the copies: the seal. Only then do the old packs go.
    private void FinishTarget()
    {
        if (_target is not null)
        {
            chunks.Seal(_target);
            _target = null;
        }

        _moves.ForEach(move => _catalog.Place(move.Id, move.Place));
        _copied.ForEach(pack => _catalog.Delete(pack.Pack, pack.Entries));
        _catalog.SyncDeletions();
        _moves.Clear();
        _copied.Clear();
    }
}
