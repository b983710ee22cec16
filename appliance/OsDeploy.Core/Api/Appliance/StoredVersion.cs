using OsDeploy.Images;

namespace OsDeploy.Api.Appliance;

/// <summary>A version and what its manifest says of it.</summary>
/// <param name="UsedBytes">What a restore compares or writes; null: the manifest is damaged, and nothing below is known.</param>
/// <param name="CapturedBy">Name of the computer.</param>
/// <param name="Notes">What was overridden or lost at its capture.</param>
public sealed record StoredVersion(VersionEntry Entry, long? UsedBytes, string CapturedBy, IReadOnlyList<string> Notes, IReadOnlyList<StoredPartition> Partitions);

/// <param name="Bytes">Its length.</param>
/// <param name="UsedBytes">What of it is in the store; 0: nothing.</param>
public sealed record StoredPartition(int Disk, int Number, PartitionContent Content, string? FileSystem, string? Label, long Bytes, long UsedBytes);

/// <summary>What a version adds to the store, before compression.</summary>
/// <param name="New">Bytes that the version before it in its image has not; all, if there is none.</param>
/// <param name="Only">Bytes that no other version on the list has: what goes with it. Null: not asked for.</param>
public sealed record VersionWeight(long New, long? Only);

/// <summary>A version that was taken off the list and can still come back.</summary>
/// <param name="Image">Null: its manifest is damaged.</param>
public sealed record DeletedVersion(VersionId Version, ImageKind Kind, ImageName? Image, DateTimeOffset? CapturedAt, DateTimeOffset DeletedAt, DateTimeOffset EndsAt);
