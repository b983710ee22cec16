using OsDeploy.Chunks;
using OsDeploy.Images.Folder;

namespace OsDeploy.Images;

/// <summary>A version as a list shows it.</summary>
/// <param name="IsCurrent">The version a restore takes when none is named.</param>
/// <param name="IsSigned">A signature lies beside it; whether it is good is for the reader to check.</param>
/// <param name="DamagedChunks">Chunks this version needs that the store knows to be damaged or missing.</param>
public sealed record VersionEntry(ImageKind Kind, ImageName Image, VersionId Version, DateTimeOffset CapturedAt, bool IsCurrent, bool IsSigned, int DamagedChunks);

/// <param name="Now">End the quarantine of deleted versions and of interrupted captures at once.</param>
/// <param name="DryRun">Only say what would go.</param>
public sealed record PruneOptions(bool Now, bool DryRun);

/// <param name="KeptBecause">Why something that nothing needs was kept (quarantine, an interrupted capture), for people.</param>
public sealed record PruneReport(long ChunksRemoved, long BytesFreed, long ChunksKept, IReadOnlyList<VersionId> VersionsEnded, IReadOnlyList<string> KeptBecause);

/// <summary>Images and their chunks in one place: a folder, or a daemon by HTTP.</summary>
public interface IImageStore : IAsyncDisposable
{
    string Address { get; }

    IChunkStore Chunks { get; }

    /// <summary>Bytes that captures may still add.</summary>
    Task<long> FreeBytesAsync(CancellationToken cancel);

    /// <summary>Every version, newest first within an image, images by name.</summary>
    Task<IReadOnlyList<VersionEntry>> ListAsync(CancellationToken cancel);

    /// <summary>The manifest's bytes, checked against the version id.</summary>
    /// <exception cref="UserErrorException"><c>version-missing</c>, <c>version-damaged</c></exception>
    Task<byte[]> ReadManifestAsync(VersionId version, CancellationToken cancel);

    /// <summary>The bytes of an index object, checked against its hash.</summary>
    /// <exception cref="UserErrorException"><c>index-missing</c>, <c>index-damaged</c></exception>
    Task<byte[]> ReadIndexAsync(ChunkId index, CancellationToken cancel);

    /// <summary>The signature beside a version, or null.</summary>
    Task<byte[]?> ReadSignatureAsync(VersionId version, CancellationToken cancel);

    /// <summary>
    /// Opens a lease: until it is disposed, and for 24 hours after its last sign of life if it dies, no prune takes a chunk.
    /// </summary>
    Task<ICaptureLease> BeginCaptureAsync(ImageKind kind, ImageName image, CancellationToken cancel);

    /// <summary>Makes a version the current one of its image.</summary>
    Task SetCurrentAsync(VersionId version, CancellationToken cancel);

    /// <summary>
    /// Takes a version off the list; its chunks stay for the quarantine (72 h). Returns when that ends, also for a version that was
    /// deleted before.
    /// </summary>
    /// <exception cref="UserErrorException"><c>version-missing</c>, <c>store-busy</c></exception>
    Task<DateTimeOffset> DeleteAsync(VersionId version, CancellationToken cancel);

    /// <summary>
    /// Puts a deleted version back on the list, while its quarantine lasts. It becomes current only if its image has no other
    /// version. Nothing happens to a version that is listed.
    /// </summary>
    /// <exception cref="UserErrorException"><c>version-gone</c>, <c>version-damaged</c>, <c>store-busy</c></exception>
    Task UndeleteAsync(VersionId version, CancellationToken cancel);

    /// <summary>
    /// Reads and decodes every chunk, or those of one version, and all that describes them. What is bad is put aside and can
    /// be written anew. Goes on beside captures and restores, not beside a prune.
    /// </summary>
    /// <param name="only">Null: everything.</param>
    /// <param name="progress">Bytes of packs. Through a server it moves once, when the check is done.</param>
    /// <exception cref="UserErrorException"><c>version-missing</c>, <c>store-busy</c></exception>
    Task<CheckReport> CheckAsync(VersionId? only, Meter progress, CancellationToken cancel);

    /// <summary>
    /// Removes chunks that no version, quarantine or lease needs. Refused while a capture lives, and while another process has the
    /// folder open. A restore through a server is not seen: what it reads is listed, or in quarantine for longer than it takes.
    /// </summary>
    /// <exception cref="UserErrorException"><c>store-busy</c>, <c>prune-refused</c></exception>
    Task<PruneReport> PruneAsync(PruneOptions options, CancellationToken cancel);
}

/// <summary>One capture under way.</summary>
public interface ICaptureLease : IAsyncDisposable
{
    /// <summary>Adds an index object under its hash. Idempotent; durable at <see cref="CommitAsync"/>.</summary>
    Task<ChunkId> WriteIndexAsync(ReadOnlyMemory<byte> index, CancellationToken cancel);

    /// <summary>
    /// Commit point of a capture: flushes chunks and index objects, checks that every chunk is present, then publishes the manifest,
    /// then moves <c>current</c>, then ends the lease.
    /// </summary>
    /// <returns>Empty when the version is published; else ids the store lacks: write them and commit again.</returns>
    Task<IReadOnlyList<ChunkId>> CommitAsync(ReadOnlyMemory<byte> manifest, ReadOnlyMemory<byte>? signature, bool makeCurrent, CancellationToken cancel);
}
