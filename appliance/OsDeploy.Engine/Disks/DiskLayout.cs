using System.Text.Json;
using OsDeploy.Images;

namespace OsDeploy.Disks;

/// <summary>What tells one disk from another, as shown to the operator before anything happens to it.</summary>
/// <param name="Path">Device node or image file.</param>
/// <param name="Size">Bytes.</param>
/// <param name="SectorSize">Logical sector size in bytes.</param>
/// <param name="IsBlockDevice">False for a raw image file.</param>
/// <param name="InUse">Why it must not be touched: mounted at, member of a RAID, swap in use, ... Empty if free.</param>
public sealed record DiskIdentity(
    string Path,
    string? Model,
    string? Serial,
    string? Wwn,
    string? Transport,
    long Size,
    int SectorSize,
    bool IsBlockDevice,
    bool IsRemovable,
    bool IsReadOnly,
    IReadOnlyList<string> InUse);

/// <summary>A disk's table and what its partitions hold, read without writing a byte.</summary>
/// <param name="Label"><c>gpt</c>, <c>dos</c> or <c>none</c>.</param>
/// <param name="Sfdisk">The table as <c>sfdisk --json</c> gives it; null without a table.</param>
/// <param name="Table">Raw table sectors: protective MBR and GPT both copies, or MBR and every EBR.</param>
/// <param name="HeadLength">Bytes of boot code and gap before the first partition (0 without a table; at most 16 MiB).</param>
/// <param name="Firmware">What can start the disk: <c>uefi</c>, <c>bios</c>, or <c>any</c> if both can.</param>
/// <param name="Aside">Its table is set aside, and nothing starts from it; all else here is as when the table is in its place.</param>
public sealed record DiskLayout(
    DiskIdentity Disk,
    string Label,
    JsonElement? Sfdisk,
    IReadOnlyList<TableSectors> Table,
    long HeadLength,
    string Firmware,
    IReadOnlyList<PartitionLayout> Partitions,
    SetAside? Aside = null);

/// <summary>One partition as found.</summary>
/// <param name="Offset">Bytes from the start of the disk.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Type">GPT type GUID in upper case, or MBR type byte in hexadecimal, as sfdisk writes it.</param>
/// <param name="IsContainer">An extended partition.</param>
/// <param name="FileSystem">As blkid names it (<c>ntfs</c>, <c>vfat</c>, <c>ext4</c>, <c>swap</c>, <c>BitLocker</c>, <c>crypto_LUKS</c>,
/// <c>LVM2_member</c>, <c>linux_raid_member</c>, ...); null if nothing is recognised.</param>
public sealed record PartitionLayout(
    int Number,
    long Offset,
    long Length,
    string Type,
    string? Uuid,
    string? Name,
    bool IsContainer,
    string? FileSystem,
    string? FileSystemVersion,
    string? FileSystemUuid,
    string? FileSystemLabel);
