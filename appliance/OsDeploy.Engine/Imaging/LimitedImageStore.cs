using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Images.Folder;

namespace OsDeploy.Imaging;

/// <summary>A store whose chunks come no faster than was asked for.</summary>
public sealed class LimitedImageStore : IImageStore
{
    private readonly IImageStore _store;

    private LimitedImageStore(IImageStore store, long bytesPerSecond, TimeProvider time) =>
        (_store, Chunks) = (store, new LimitedChunkStore(store.Chunks, bytesPerSecond, time));

    public string Address => _store.Address;

    public IChunkStore Chunks { get; }

    /// <summary>Disposing of what this returns disposes of the store.</summary>
    /// <param name="bytesPerSecond">0: as fast as it can; the store itself is returned.</param>
    public static IImageStore Of(IImageStore store, long bytesPerSecond, TimeProvider time) =>
        bytesPerSecond > 0 ? new LimitedImageStore(store, bytesPerSecond, time) : store;

    public Task<long> FreeBytesAsync(CancellationToken cancel) => _store.FreeBytesAsync(cancel);

    public Task<IReadOnlyList<VersionEntry>> ListAsync(CancellationToken cancel) => _store.ListAsync(cancel);

    public Task<byte[]> ReadManifestAsync(VersionId version, CancellationToken cancel) => _store.ReadManifestAsync(version, cancel);

    public Task<byte[]> ReadIndexAsync(ChunkId index, CancellationToken cancel) => _store.ReadIndexAsync(index, cancel);

    public Task<byte[]?> ReadSignatureAsync(VersionId version, CancellationToken cancel) => _store.ReadSignatureAsync(version, cancel);

    public Task<ICaptureLease> BeginCaptureAsync(ImageKind kind, ImageName image, CancellationToken cancel) => _store.BeginCaptureAsync(kind, image, cancel);

    public Task SetCurrentAsync(VersionId version, CancellationToken cancel) => _store.SetCurrentAsync(version, cancel);

    public Task<DateTimeOffset> DeleteAsync(VersionId version, CancellationToken cancel) => _store.DeleteAsync(version, cancel);

    public Task UndeleteAsync(VersionId version, CancellationToken cancel) => _store.UndeleteAsync(version, cancel);

    public Task<CheckReport> CheckAsync(VersionId? only, Meter progress, CancellationToken cancel) => _store.CheckAsync(only, progress, cancel);

    public Task<PruneReport> PruneAsync(PruneOptions options, CancellationToken cancel) => _store.PruneAsync(options, cancel);

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
