using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Images.Folder;

namespace OsDeploy.Tests.Api;

/// <summary>A store whose captures a test can count and wait for, and that can be told to fail.</summary>
internal sealed class WatchedStore(IImageStore store) : IImageStore
{
    public string Address => store.Address;

    public IChunkStore Chunks => store.Chunks;

    /// <summary>One step per capture begun.</summary>
    public SemaphoreSlim Begun { get; } = new(0);

    /// <summary>One step per capture ended.</summary>
    public SemaphoreSlim Ended { get; } = new(0);

    /// <summary>Thrown by <see cref="ListAsync"/>.</summary>
    public Exception? Failure { get; set; }

    public Task<long> FreeBytesAsync(CancellationToken cancel) => store.FreeBytesAsync(cancel);

    public Task<IReadOnlyList<VersionEntry>> ListAsync(CancellationToken cancel) =>
        Failure is null ? store.ListAsync(cancel) : throw Failure;

    public Task<byte[]> ReadManifestAsync(VersionId version, CancellationToken cancel) => store.ReadManifestAsync(version, cancel);

    public Task<byte[]> ReadIndexAsync(ChunkId index, CancellationToken cancel) => store.ReadIndexAsync(index, cancel);

    public Task<byte[]?> ReadSignatureAsync(VersionId version, CancellationToken cancel) => store.ReadSignatureAsync(version, cancel);

    public async Task<ICaptureLease> BeginCaptureAsync(ImageKind kind, ImageName image, CancellationToken cancel)
    {
        var lease = new WatchedLease(await store.BeginCaptureAsync(kind, image, cancel), Ended);
        Begun.Release();
        return lease;
    }

    public Task SetCurrentAsync(VersionId version, CancellationToken cancel) => store.SetCurrentAsync(version, cancel);

    public Task<DateTimeOffset> DeleteAsync(VersionId version, CancellationToken cancel) => store.DeleteAsync(version, cancel);

    public Task UndeleteAsync(VersionId version, CancellationToken cancel) => store.UndeleteAsync(version, cancel);

    public Task<CheckReport> CheckAsync(VersionId? only, Meter progress, CancellationToken cancel) => store.CheckAsync(only, progress, cancel);

    public Task<PruneReport> PruneAsync(PruneOptions options, CancellationToken cancel) => store.PruneAsync(options, cancel);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private sealed class WatchedLease(ICaptureLease lease, SemaphoreSlim ended) : ICaptureLease
    {
        public Task<ChunkId> WriteIndexAsync(ReadOnlyMemory<byte> index, CancellationToken cancel) => lease.WriteIndexAsync(index, cancel);

        public Task<IReadOnlyList<ChunkId>> CommitAsync(
            ReadOnlyMemory<byte> manifest, ReadOnlyMemory<byte>? signature, bool makeCurrent, CancellationToken cancel) =>
            lease.CommitAsync(manifest, signature, makeCurrent, cancel);

        public async ValueTask DisposeAsync()
        {
            await lease.DisposeAsync();
            ended.Release();
        }
    }
}
