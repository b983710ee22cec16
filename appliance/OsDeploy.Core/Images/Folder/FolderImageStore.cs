using OsDeploy.Api.Appliance;
using OsDeploy.Chunks;
using OsDeploy.Chunks.Folder;
using OsDeploy.Storage;

namespace OsDeploy.Images.Folder;

/// <summary>
/// Images in a folder (Chunks/FORMAT.md): a technician's USB disk, or the disk of an appliance. Shares the folder with other
/// processes until it is disposed; only a prune needs it for itself.
/// </summary>
public sealed class FolderImageStore : IImageStore
{
    private const string BeingPruned = "it is being pruned";

    private readonly StoreFolder _folder;
    private readonly StoreLock _lock;
    private readonly TimeProvider _time;
    private readonly FolderChunkStore _chunks;
    private readonly VersionFiles _versions;
    private readonly IndexFiles _indexes;
    private readonly LeaseFiles _leases;
    private readonly Lock _gate = new();
    private readonly HashSet<FolderCaptureLease> _captures = [];
    private int _checks;
    private bool _isPruning;

    private FolderImageStore(StoreFolder folder, string? daemonUrl, TimeProvider time)
    {
        (_folder, _time) = (folder, time);
        _lock = new StoreLock(folder, daemonUrl);
        _chunks = new FolderChunkStore(folder.Root, folder.Packs, time);
        _versions = new VersionFiles(folder);
        _indexes = new IndexFiles(folder);
        _leases = new LeaseFiles(folder, time);
    }

    public string Address => _folder.Root;

    public IChunkStore Chunks => _chunks;

    /// <param name="create">Make a store of a folder that is new or empty; its parent must exist.</param>
    /// <exception cref="UserErrorException">
    /// <c>store-missing</c>, <c>store-parent-missing</c>, <c>store-foreign</c>, <c>store-format</c>, <c>store-damaged</c>, <c>store-busy</c> (a prune),
    /// <c>store-has-daemon</c>, <c>store-read-failed</c>
    /// </exception>
    public static FolderImageStore Open(string path, bool create, TimeProvider time) => Open(path, create, daemonUrl: null, time);

    /// <summary>Opens the store for a server, which has it until it ends: command lines are told to use the URL instead.</summary>
    public static FolderImageStore OpenForDaemon(string path, string url, bool create, TimeProvider time) => Open(path, create, url, time);

    public Task<long> FreeBytesAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(StoreSpace.Free(_folder.Root));
    }

    public Task<IReadOnlyList<VersionEntry>> ListAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.Run<IReadOnlyList<VersionEntry>>(() => ListVersions(cancel), cancel);
    }

    public Task<byte[]> ReadManifestAsync(VersionId version, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var bytes = _versions.Read(version, Find(version).Path);
        _chunks.Catalog.Refresh(); // another process may have captured this version since the store was opened
        return Task.FromResult(bytes);
    }

    public Task<byte[]> ReadIndexAsync(ChunkId index, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(_indexes.Read(index));
    }

    public async Task<byte[]?> ReadSignatureAsync(VersionId version, CancellationToken cancel)
    {
        var path = Find(version).SignaturePath;
        return File.Exists(path) ? await File.ReadAllBytesAsync(path, cancel) : null;
    }

    public async Task<ICaptureLease> BeginCaptureAsync(ImageKind kind, ImageName image, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        FolderCaptureLease lease;
        lock (_gate)
        {
            if (_isPruning)
            {
                throw Errors.StoreBusy(Address, BeingPruned);
            }

            lease = new FolderCaptureLease(kind, image, _chunks, _indexes, _versions, _leases, _time, Forget);
            _captures.Add(lease);
        }

        try
        {
            await Task.Run(_chunks.SalvageAbandoned, cancel);
            return lease;
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Lists a version that came without its chunks, from a backup. It says of itself what it lacks, and is whole once the store it comes from
    /// has been imported. One that is here stays as it is; it becomes current only as the first of its image.
    /// </summary>
    /// <param name="indexes">Index objects by their bytes.</param>
    /// <returns>Chunks that are missing; 0 for one that was here already.</returns>
    /// <exception cref="UserErrorException"><c>version-damaged</c>, <c>store-busy</c></exception>
    public Task<int> AdoptAsync(byte[] manifest, byte[]? signature, IEnumerable<byte[]> indexes, CancellationToken cancel) => ChangeAsync(
        () =>
        {
            var version = VersionId.Of(manifest);
            var parsed = VersionFiles.ParseOrThrow(version, manifest, Address);
            foreach (var index in indexes)
            {
                _indexes.Write(index);
            }

            if (_versions.Find(version) is not null)
            {
                return 0;
            }

            var (kind, image) = (parsed.Kind, ImageName.Parse(parsed.Image));
            var missing = VersionFiles.CountMissing(parsed, _indexes, id => _chunks.Catalog.TryFind(id, out _));
            if (!_versions.Of(kind, image).Any())
            {
                _versions.SetCurrent(kind, image, version);
            }

            _versions.PublishIncomplete(kind, image, manifest, signature, missing); // commit point
            return missing;
        },
        cancel);

    /// <summary>Chunks that a version would lack if it came now.</summary>
    /// <param name="indexes">Of all of its regions.</param>
    public int CountMissing(IEnumerable<RegionIndex> indexes)
    {
        _chunks.Catalog.Refresh();
        return indexes.SelectMany(index => index.ChunkIds()).Where(id => !_chunks.Catalog.TryFind(id, out _)).Distinct().Count();
    }

    public Task SetCurrentAsync(VersionId version, CancellationToken cancel) => ChangeAsync(
        () =>
        {
            var file = Find(version);
            _versions.SetCurrent(file.Kind, file.Image, version);
            return file;
        },
        cancel);

    public Task<DateTimeOffset> DeleteAsync(VersionId version, CancellationToken cancel) => ChangeAsync(() => Delete(version, cancel), cancel);

    public Task UndeleteAsync(VersionId version, CancellationToken cancel) => ChangeAsync(
        () =>
        {
            if (_versions.Find(version) is null)
            {
                _versions.MoveFromQuarantine(_versions.FindQuarantined(version) ?? throw Errors.VersionGone(version, Address)); // commit point
            }

            return version;
        },
        cancel);

    /// <summary>What was deleted and can come back, the last deleted first.</summary>
    public Task<IReadOnlyList<DeletedVersion>> ListDeletedAsync(CancellationToken cancel) => Task.Run<IReadOnlyList<DeletedVersion>>(
        () => [.. _versions.Quarantined().Reverse().Select(_versions.Describe)], cancel);

    public async Task<PruneReport> PruneAsync(PruneOptions options, CancellationToken cancel)
    {
        TakeExclusively();
        try
        {
            var run = new PruneRun(_folder, _chunks, _versions, _indexes, _leases, _time);
            return await Task.Run(() => run.RunAsync(options, cancel), cancel);
        }
        finally
        {
            ShareAgain();
        }
    }

    public async Task<CheckReport> CheckAsync(VersionId? only, Meter progress, CancellationToken cancel)
    {
        BeginCheck();
        try
        {
            var check = new StoreCheck(_chunks.Catalog, _versions, _indexes, progress);
            return await Task.Run(() => check.RunAsync(only is { } version ? Find(version) : null, cancel), cancel);
        }
        finally
        {
            EndCheck();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lease in _captures)
        {
            await lease.AbandonAsync();
        }

        await _chunks.DisposeAsync();
        _lock.Dispose();
    }

    private static FolderImageStore Open(string path, bool create, string? daemonUrl, TimeProvider time)
    {
        FolderImageStore? store = null;
        try
        {
            store = new FolderImageStore(StoreFolder.Open(path, create), daemonUrl, time);
            store._chunks.Catalog.Refresh();
            return store;
        }
        catch (UserErrorException)
        {
            store?._lock.Dispose();
            throw;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            store?._lock.Dispose();
            throw Errors.StoreReadFailed(path, e);
        }
    }

    private void Forget(FolderCaptureLease lease)
    {
        lock (_gate)
        {
            _captures.Remove(lease);
        }
    }

    // On a full disk deleting must still work; a pointer that leads nowhere means the newest version, which is this one.
    private void MakeCurrentIfThereIsRoom(VersionFile deleted, VersionId newest)
    {
        try
        {
            _versions.SetCurrent(deleted.Kind, deleted.Image, newest);
        }
        catch (UserErrorException e) when (e.Code == "disk-full")
        {
        }
    }

    // Versions change one at a time and never under a prune, which has read what they need.
    private Task<T> ChangeAsync<T>(Func<T> change, CancellationToken cancel) => Task.Run(
        () =>
        {
            lock (_gate)
            {
                return _isPruning ? throw Errors.StoreBusy(Address, BeingPruned) : change();
            }
        },
        cancel);

    private DateTimeOffset Delete(VersionId version, CancellationToken cancel)
    {
        if (_versions.Find(version) is not { } file)
        {
            // Asked again, because the first answer was lost.
            return _versions.FindQuarantined(version)?.EndsAt ?? throw Errors.VersionMissing(version, Address);
        }

        var rest = ListVersions(cancel).Where(entry => entry.Kind == file.Kind && entry.Image == file.Image && entry.Version != version).ToList();
        if (rest.Count > 0 && !rest.Any(entry => entry.IsCurrent))
        {
            MakeCurrentIfThereIsRoom(file, rest[0].Version);
        }

        return _versions.MoveToQuarantine(file, _time.GetUtcNow()).EndsAt; // commit point
    }

    private List<VersionEntry> ListVersions(CancellationToken cancel) => new VersionList(_chunks.Catalog, _versions, _indexes).Read(cancel);

    private VersionFile Find(VersionId version) => _versions.Find(version) ?? throw Errors.VersionMissing(version, Address);

    // A check that met a prune would take packs that are gone for damage.
    private void BeginCheck()
    {
        lock (_gate)
        {
            if (_isPruning)
            {
                throw Errors.StoreBusy(Address, BeingPruned);
            }

            _checks++;
        }
    }

    private void EndCheck()
    {
        lock (_gate)
        {
            _checks--;
        }
    }

    private void TakeExclusively()
    {
        lock (_gate)
        {
            if (_isPruning || _checks > 0)
            {
                throw Errors.StoreBusy(Address, _isPruning ? BeingPruned : "it is being checked");
            }

            if (_captures.Count > 0 || !TryOwn())
            {
                var captures = _leases.Unexpired();
                throw Errors.StoreBusy(Address, captures.Count > 0 ? captures[0].Describe() : "another osdeploy works with it");
            }

            _isPruning = true;
        }
    }

    private bool TryOwn()
    {
        try
        {
            return _lock.TryOwn();
        }
        catch (IOException)
        {
            LoseLock();
            return false;
        }
    }

    private void ShareAgain()
    {
        lock (_gate)
        {
            _isPruning = false;
            try
            {
                _lock.Share();
            }
            catch (IOException)
            {
                LoseLock();
            }
        }
    }

    // Between two kinds of lock another process took the store for itself: what is in memory may be wrong from now on.
    private void LoseLock() => _chunks.Fail(Errors.StoreBusy(Address, "another osdeploy took it for a prune; open it again"));
}
