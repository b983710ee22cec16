using OsDeploy.Images;
using OsDeploy.Multicast;
using OsDeploy.Personalisation;
using OsDeploy.Windows;

namespace OsDeploy.Imaging;

/// <summary>What becomes of a partition that is not imaged by its used blocks.</summary>
/// <param name="FileSystem">What to format it as at every whole restore; null: its table entry only, its bytes are left.</param>
/// <param name="EveryByte">It is imaged after all, with what its file system counts as free.</param>
public sealed record DataPlan(string? FileSystem, bool EveryByte = false);

/// <param name="Partitions">Partition numbers to take (of the first disk); null: all.</param>
/// <param name="Data">Partitions that are formatted, left or taken byte for byte, by number (of the first disk).</param>
/// <param name="GrowPartition">Partition of the first disk that takes the room of a larger disk; null: the default rule.</param>
/// <param name="FurtherDisks">The same for the second disk (2) and those behind it, by number.</param>
/// <param name="AllowBadSectors">Capture unreadable sectors as zero, list them, and stamp the version.</param>
/// <param name="AllowRaw">Take LUKS partitions byte for byte.</param>
/// <param name="WithTable">Manual images only: keep the table and head of the disk too.</param>
/// <param name="Systems">What partitions are meant to hold, by number (of the first disk); those of which nobody has said so are not named.</param>
/// <param name="AllowUnprepared">Take a Windows as it is, and warn of what would be refused.</param>
public sealed record CaptureOptions(
    ImageKind Kind,
    ImageName Image,
    IReadOnlySet<int>? Partitions = null,
    IReadOnlyDictionary<int, DataPlan>? Data = null,
    int? GrowPartition = null,
    bool AllowBadSectors = false,
    bool AllowRaw = false,
    bool WithTable = true,
    int ZstdLevel = 1,
    IReadOnlyDictionary<int, FurtherDisk>? FurtherDisks = null,
    IReadOnlyDictionary<int, PlannedSystem>? Systems = null,
    bool AllowUnprepared = false);

/// <summary>What <see cref="CaptureOptions"/> says of the first disk, for another.</summary>
public sealed record FurtherDisk(IReadOnlyDictionary<int, DataPlan> Data, int? GrowPartition, IReadOnlyDictionary<int, PlannedSystem>? Systems = null);

/// <summary>
/// What is to become of one partition of a target, whatever the image says: a host's own plan. Where both say the same, nothing changes.
/// </summary>
/// <param name="Disk">1 is the first disk of the image.</param>
/// <param name="Content"><see cref="PartitionContent.Image"/>, <see cref="PartitionContent.Format"/> or <see cref="PartitionContent.Leave"/>.</param>
/// <param name="FileSystem">What to format it as; null: as the image has it.</param>
/// <param name="Grow">It takes the room of a larger disk, instead of the one the image names.</param>
public sealed record PartitionWish(int Disk, int Number, PartitionContent Content, string? FileSystem, bool Grow);

public enum VerifyMode
{
    /// <summary>All table sectors and file-system heads, and 2 % of the written chunks.</summary>
    Sample,
    All,
    None,
}

/// <param name="Version">Null: the current version of the image.</param>
/// <param name="Partitions">Partition numbers to restore into the table the disk has; null: the whole disk.</param>
/// <param name="TableOnly">Table and boot code, no partition content.</param>
/// <param name="Full">Write every chunk without comparing first.</param>
/// <param name="WipeFree">Zero or trim whole free ranges after verifying.</param>
/// <param name="AllowOtherFirmware">Restore a BIOS image on a UEFI computer or the other way round.</param>
/// <param name="TrustedKey">PEM public key the version must be signed with; null: unsigned versions are allowed.</param>
/// <param name="Wishes">Of the host that is restored; null: as the image says.</param>
/// <param name="Stream">Where chunks come past for many computers at once; null: each is fetched from the store.</param>
/// <param name="Personal">Makes what was restored the host's own, before it can start; null: it stays as the image has it.</param>
public sealed record RestoreOptions(
    ImageKind Kind,
    ImageName Image,
    VersionId? Version = null,
    IReadOnlySet<int>? Partitions = null,
    bool TableOnly = false,
    bool Full = false,
    VerifyMode Verify = VerifyMode.Sample,
    bool WipeFree = false,
    bool AllowRemovable = false,
    bool AllowOtherFirmware = false,
    string? TrustedKey = null,
    IReadOnlyList<PartitionWish>? Wishes = null,
    Personaliser? Personal = null,
    StreamSource? Stream = null);
