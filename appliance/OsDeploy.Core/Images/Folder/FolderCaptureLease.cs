using OsDeploy.Chunks;
using OsDeploy.Chunks.Folder;
using OsDeploy.Storage;

namespace OsDeploy.Images.Folder;

/// <summary>One capture into a folder.</summary>
internal sealed class FolderCaptureLease : ICaptureLease
{
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromMinutes(1);

    private readonly ImageKind _kind;
    private readonly ImageName _image;
    private readonly FolderChunkStore _chunks;
    private readonly IndexFiles _indexes;
    private readonly VersionFiles _versions;
    private readonly string _leasePath;
    private readonly ITimer _heartbeat;
    private Action<FolderCaptureLease>? _onEnd;

    public FolderCaptureLease(
        ImageKind kind, ImageName image, FolderChunkStore chunks, IndexFiles indexes, VersionFiles versions, LeaseFiles leases, TimeProvider time, Action<FolderCaptureLease> onEnd)
    {
        (_kind, _image, _chunks, _indexes, _versions, _onEnd) = (kind, image, chunks, indexes, versions, onEnd);
        _leasePath = leases.Begin(kind, image);
        _heartbeat = time.CreateTimer(_ => Beat(leases), null, s_heartbeat, s_heartbeat);
    }

    public Task<ChunkId> WriteIndexAsync(ReadOnlyMemory<byte> index, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(_indexes.Write(index.Span));
    }

    public async Task<IReadOnlyList<ChunkId>> CommitAsync(
        ReadOnlyMemory<byte> manifest, ReadOnlyMemory<byte>? signature, bool makeCurrent, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_onEnd is null, this);
        var parsed = Parse(manifest);
        await _chunks.FlushAsync(cancel);
        var missing = await MissingAsync(parsed, cancel);
        if (missing.Count > 0)
        {
            return missing;
        }

        Publish(manifest, signature, makeCurrent);
        await DisposeAsync();
        return [];
    }

    public async ValueTask DisposeAsync()
    {
        var onEnd = Interlocked.Exchange(ref _onEnd, null);
        if (onEnd is null)
        {
            return;
        }

        await _heartbeat.DisposeAsync();
        DurableFile.Delete(_leasePath);
        onEnd(this);
    }

    /// <summary>Ends the signs of life but leaves the lease, as a process that dies does.</summary>
    public ValueTask AbandonAsync()
    {
        _onEnd = null;
        return _heartbeat.DisposeAsync();
    }

    // An image always has a current version. For its first one the pointer goes ahead: until the manifest is there it leads
    // nowhere, which harms nobody.
    private void Publish(ReadOnlyMemory<byte> manifest, ReadOnlyMemory<byte>? signature, bool makeCurrent)
    {
        var isFirst = !_versions.Of(_kind, _image).Any();
        using var pointer = _versions.PrepareCurrent(_kind, _image, VersionId.Of(manifest.Span));
        if (isFirst)
        {
            pointer.Publish();
        }

        _versions.Publish(_kind, _image, manifest, signature); // commit point
        if (makeCurrent && !isFirst)
        {
            pointer.Publish();
        }
    }

    private Manifest Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var manifest = Manifest.Parse(bytes.Span);
            return manifest.Kind == _kind && manifest.Image == _image.ToString()
                ? manifest
                : throw Errors.VersionRejected("its manifest names another image than the capture.");
        }
        catch (FormatException e)
        {
            throw Errors.VersionRejected(e.Message);
        }
    }

    private async Task<IReadOnlyList<ChunkId>> MissingAsync(Manifest manifest, CancellationToken cancel)
    {
        var missing = new HashSet<ChunkId>();
        foreach (var region in manifest.Regions())
        {
            var index = _indexes.Parse(region.Index);
            if (index.Length != region.Length || index.ChunkSize != manifest.ChunkSize)
            {
                throw Errors.VersionRejected("its manifest and an index object disagree about a size.");
            }

            var ids = index.ChunkIds().ToArray();
            var present = await _chunks.HasAsync(ids, cancel);
            missing.UnionWith(ids.Where((_, i) => !present[i]));
        }

        return [.. missing];
    }

    private void Beat(LeaseFiles leases)
    {
        try
        {
            leases.Touch(_leasePath);
        }
        catch (IOException)
        {
            // The next write of the capture will say what is wrong with the disk.
        }
    }
}
