using OsDeploy.Disks;

namespace OsDeploy.Cli.Output;

/// <summary>What <c>disk inspect</c> finds out.</summary>
/// <param name="Holds">A guess at what is installed.</param>
/// <param name="Refusals">Why a capture would be refused as the disk is now; empty if it would not.</param>
internal sealed record DiskInspection(
    DiskIdentity Disk,
    string Label,
    string Firmware,
    string Holds,
    IReadOnlyList<PartitionInspection> Partitions,
    IReadOnlyList<Refusal> Refusals);

/// <param name="Capture">What a capture would do with it, in words.</param>
/// <param name="CaptureBytes">Bytes a capture would read; null if that cannot be told.</param>
/// <param name="LeftOutBytes">Bytes of page, swap and hibernation files it would leave out.</param>
internal sealed record PartitionInspection(
    int Number,
    long Offset,
    long Length,
    string Type,
    string? Uuid,
    string? Name,
    string? FileSystem,
    string? FileSystemUuid,
    string? FileSystemLabel,
    string Capture,
    long? CaptureBytes,
    long LeftOutBytes);

/// <param name="Hint">How to make it acceptable.</param>
internal sealed record Refusal(string Code, string Message, string Hint);
