using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Images.Folder;

namespace OsDeploy.MachineTests.Imaging;

/// <summary>Hands on to a real store, and pulls the plug (calls <paramref name="stop"/>) once so many chunks were read from it.</summary>
internal sealed class StoreThatStops(IImageStore inner, int afterReads, Action stop) : IImageStore, IChunkStore
{
    private int _reads;

    public string Address => inner.Address;

    public IChunkStore Chunks => this;

    public Task<long> FreeBytesAsync(CancellationToken cancel) => inner.FreeBytesAsync(cancel);

    public Task<IReadOnlyList<VersionEntry>> ListAsync(CancellationToken cancel) => inner.ListAsync(cancel);

    public Task<byte[]> ReadManifestAsync(VersionId version, CancellationToken cancel) => inner.ReadManifestAsync(version, cancel);

    public Task<byte[]> ReadIndexAsync(ChunkId index, CancellationToken cancel) => inner.ReadIndexAsync(index, cancel);

    public Task<byte[]?> ReadSignatureAsync(VersionId version, CancellationToken cancel) => inner.ReadSignatureAsync(version, cancel);

    public Task<ICaptureLease> BeginCaptureAsync(ImageKind kind, ImageName image, CancellationToken cancel) => inner.BeginCaptureAsync(kind, image, cancel);

    public Task SetCurrentAsync(VersionId version, CancellationToken cancel) => inner.SetCurrentAsync(version, cancel);

    public Task<DateTimeOffset> DeleteAsync(VersionId version, CancellationToken cancel) => inner.DeleteAsync(version, cancel);

    public Task UndeleteAsync(VersionId version, CancellationToken cancel) => inner.UndeleteAsync(version, cancel);

    public Task<CheckReport> CheckAsync(VersionId? only, Meter progress, CancellationToken cancel) => inner.CheckAsync(only, progress, cancel);

    public Task<PruneReport> PruneAsync(PruneOptions options, CancellationToken cancel) => inner.PruneAsync(options, cancel);

    public ValueTask<bool[]> HasAsync(ReadOnlyMemory<ChunkId> ids, CancellationToken cancel) => inner.Chunks.HasAsync(ids, cancel);

    public ValueTask<int> ReadAsync(ChunkId id, Memory<byte> frame, CancellationToken cancel)
    {
        if (Interlocked.Increment(ref _reads) > afterReads)
        {
            stop();
            cancel.ThrowIfCancellationRequested();
        }

        return inner.Chunks.ReadAsync(id, frame, cancel);
    }

    public ValueTask<bool> WriteAsync(ChunkId id, ReadOnlyMemory<byte> frame, CancellationToken cancel) => inner.Chunks.WriteAsync(id, frame, cancel);

    public ValueTask FlushAsync(CancellationToken cancel) => inner.Chunks.FlushAsync(cancel);

    public void Expect(ReadOnlySpan<ChunkId> upcoming) => inner.Chunks.Expect(upcoming);

    public ValueTask ReportDamagedAsync(ChunkId id, CancellationToken cancel) => inner.Chunks.ReportDamagedAsync(id, cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
