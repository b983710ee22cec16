using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>What a capture did.</summary>
/// <param name="UsedBytes">Bytes of used blocks, all regions.</param>
/// <param name="ZeroBytes">Of these, in chunks that are all zero.</param>
/// <param name="LeftOutBytes">Bytes of page, swap and hibernation files not stored.</param>
/// <param name="Chunks">Chunks the version names (each counted as often as it is named).</param>
/// <param name="NewChunks">Chunks the store did not have.</param>
/// <param name="StoredBytes">Compressed bytes added to the store.</param>
public sealed record CaptureReport(
    VersionId Version,
    string Image,
    long UsedBytes,
    long ZeroBytes,
    long LeftOutBytes,
    long Chunks,
    long NewChunks,
    long StoredBytes,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<PhaseTime> Phases);

/// <summary>What a restore would do, known before the first write.</summary>
/// <param name="WillInvalidate">The disk does not start again until the restore has finished.</param>
public sealed record RestorePreview(
    VersionId Version,
    string Image,
    long UsedBytes,
    long ComparedBytes,
    long EqualBytes,
    long ChunksToWrite,
    long BytesToWrite,
    bool WillInvalidate,
    IReadOnlyList<string> Notes);

/// <summary>What a restore did.</summary>
/// <param name="FetchedBytes">Compressed bytes read from the store.</param>
/// <param name="VerifiedBytes">Bytes read back from the medium and found right.</param>
public sealed record RestoreReport(
    VersionId Version,
    string Image,
    long UsedBytes,
    long ComparedBytes,
    long EqualBytes,
    long FetchedBytes,
    long WrittenBytes,
    long VerifiedBytes,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<PhaseTime> Phases);
