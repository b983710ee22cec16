using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Images.Folder;

namespace OsDeploy.Tests.Imaging;

/// <summary>For tests that restore regions they placed themselves: only its chunks are ever asked for.</summary>
internal sealed class MemoryImageStore(MemoryChunkStore chunks) : IImageStore
{
    public string Address => chunks.Address;

    public IChunkStore Chunks => chunks;

    public Task<long> FreeBytesAsync(CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<VersionEntry>> ListAsync(CancellationToken cancel) => throw new NotSupportedException();

    public Task<byte[]> ReadManifestAsync(VersionId version, CancellationToken cancel) => throw new NotSupportedException();

    public Task<byte[]> ReadIndexAsync(ChunkId index, CancellationToken cancel) => throw new NotSupportedException();

    public Task<byte[]?> ReadSignatureAsync(VersionId version, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ICaptureLease> BeginCaptureAsync(ImageKind kind, ImageName image, CancellationToken cancel) => throw new NotSupportedException();

    public Task SetCurrentAsync(VersionId version, CancellationToken cancel) => throw new NotSupportedException();

    public Task<DateTimeOffset> DeleteAsync(VersionId version, CancellationToken cancel) => throw new NotSupportedException();

    public Task UndeleteAsync(VersionId version, CancellationToken cancel) => throw new NotSupportedException();

    public Task<CheckReport> CheckAsync(VersionId? only, Meter progress, CancellationToken cancel) => throw new NotSupportedException();

    public Task<PruneReport> PruneAsync(PruneOptions options, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
