using System.Text.Json;
using OsDeploy.Chunks;

namespace OsDeploy.Images;

/// <summary>How a partition comes back at a whole restore.</summary>
public enum PartitionContent
{
    /// <summary>Used blocks, by the file system's own map.</summary>
    Image,

    /// <summary>Every byte: unknown content, LVM, LUKS, MSR.</summary>
    Raw,

    /// <summary>A swap area, made anew with the same UUID and label.</summary>
    Swap,

    /// <summary>A data partition: formatted, never imaged.</summary>
    Format,

    /// <summary>Its table entry is restored, its bytes are left as they are.</summary>
    Leave,

    /// <summary>An extended partition: only its logical partitions hold anything.</summary>
    Container,
}

/// <summary>Whether an image belongs to a configuration or is one partition under a free name.</summary>
public enum ImageKind
{
    Image,
    Manual,
}

/// <summary>An immutable version of an image (Chunks/FORMAT.md section 5). Its exact bytes are hashed, so it is written once and never rewritten.</summary>
public sealed record Manifest
{
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    public required ImageKind Kind { get; init; }

    public required string Image { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>Name of the computer and version of the program that captured.</summary>
    public required string CapturedBy { get; init; }

    public required string Program { get; init; }

    /// <summary><c>uefi</c>, <c>bios</c>, or <c>any</c> when both can start it or it holds nothing that boots (a manual image).</summary>
    public required string Firmware { get; init; }

    public required int ChunkSize { get; init; }

    public required IReadOnlyList<DiskRecord> Disks { get; init; }

    /// <summary>What was overridden or lost at capture: shown wherever the version is.</summary>
    public IReadOnlyList<string> Stamps { get; init; } = [];

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.Manifest);

    /// <exception cref="FormatException">Not a manifest of a format this program knows, or one that contradicts itself.</exception>
    public static Manifest Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(bytes, ManifestJson.Default.Manifest) ?? throw new FormatException("The manifest is empty.");
            ManifestRules.Check(manifest);
            return manifest;
        }
        catch (JsonException e)
        {
            throw new FormatException("The manifest is not readable: " + Text.Printable.Of(e.Message), e);
        }
    }
}

/// <summary>One captured disk.</summary>
public sealed record DiskRecord
{
    public required int Number { get; init; }

    public string? Model { get; init; }

    public string? Serial { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Logical sector size in bytes.</summary>
    public required int SectorSize { get; init; }

    /// <summary><c>gpt</c>, <c>dos</c> or <c>none</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Output of <c>sfdisk --json</c>, for tools and people; null without a table.</summary>
    public JsonElement? Sfdisk { get; init; }

    /// <summary>Raw sectors of the table: protective MBR and GPT both copies, or MBR and every EBR.</summary>
    public required IReadOnlyList<TableSectors> Table { get; init; }

    /// <summary>Boot code and the gap before the first partition, from byte 0; table sectors in it count as free.</summary>
    public RegionRecord? Head { get; init; }

    public required IReadOnlyList<PartitionRecord> Partitions { get; init; }
}

/// <param name="Offset">Bytes from the start of the disk.</param>
public sealed record TableSectors(long Offset, byte[] Bytes);

/// <summary>One partition: its table entry, what it holds, and what becomes of it at a restore.</summary>
public sealed record PartitionRecord
{
    public required int Number { get; init; }

    /// <summary>Bytes from the start of the disk.</summary>
    public required long Offset { get; init; }

    /// <summary>Bytes.</summary>
    public required long Length { get; init; }

    /// <summary>GPT type GUID in upper case, or the MBR type byte in hexadecimal, as sfdisk writes it.</summary>
    public required string Type { get; init; }

    public string? Name { get; init; }

    public string? Uuid { get; init; }

    public required PartitionContent Content { get; init; }

    /// <summary>As blkid names it: <c>ntfs</c>, <c>ext4</c>, <c>vfat</c>, ...; null if unknown. For <see cref="PartitionContent.Format"/> what to make.</summary>
    public string? FileSystem { get; init; }

    public string? FileSystemUuid { get; init; }

    public string? FileSystemLabel { get; init; }

    /// <summary>This partition takes the room of a larger disk. At most one per disk.</summary>
    public bool Grow { get; init; }

    public RegionRecord? Region { get; init; }

    /// <summary>Files whose content was left out but for their head (page, swap and hibernation files).</summary>
    public IReadOnlyList<LeftOutFile> LeftOut { get; init; } = [];

    /// <summary>Byte ranges of the partition that could not be read and were captured as zero (<c>--allow-bad-sectors</c>).</summary>
    public IReadOnlyList<ByteRange> BadSectors { get; init; } = [];
}

/// <param name="Bytes">Bytes of the file not stored.</param>
public sealed record LeftOutFile(string Path, long Bytes);

/// <summary>Points at an index object and sums it up. All but <see cref="Index"/> are for people; the index decides.</summary>
/// <param name="Index">SHA-256 of the index object.</param>
public sealed record RegionRecord(ChunkId Index, long Length, long UsedBytes, long ZeroBytes, int Chunks);
