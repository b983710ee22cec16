using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace OsDeploy.Disks;

/// <summary>One of the two GPT headers (UEFI specification 2.10, section 5.3.2), in its sector.</summary>
internal sealed class GptHeader
{
    private const int MaxEntriesBytes = 1 << 20;
    private readonly byte[] _sector;

    private GptHeader(byte[] sector) => _sector = sector;

    public long BackupLba => Long(32);

    public long EntriesLba => Long(72);

    public int EntrySize => (int)Number(84);

    public int EntriesBytes => (int)Number(80) * EntrySize;

    private int HeaderSize => (int)Number(12);

    /// <summary>False if these bytes are no header: wrong signature or checksum, or numbers no table has.</summary>
    public static bool TryParse(ReadOnlySpan<byte> sector, [NotNullWhen(true)] out GptHeader? header)
    {
        header = null;
        if (sector.Length < 512 || !sector.StartsWith("EFI PART"u8))
        {
            return false;
        }

        var found = new GptHeader(sector.ToArray());
        var isSane = found.Number(12) is >= 92 and <= 512
            && found.Number(84) is >= 128 and <= 4096
            && (long)found.Number(80) * found.Number(84) is > 0 and <= MaxEntriesBytes
            && found.Long(72) is > 1 and < (1L << 48) && found.Long(32) is > 0 and < (1L << 48)
            && found.Checksum() == found.Number(16);
        header = isSane ? found : null;
        return isSane;
    }

    /// <summary>The sector of this header moved: the same disk, another place.</summary>
    public byte[] MovedTo(long lba, long otherLba, long entriesLba, long lastUsableLba, uint entriesChecksum)
    {
        var moved = new GptHeader([.. _sector]);
        BinaryPrimitives.WriteInt64LittleEndian(moved._sector.AsSpan(24), lba);
        BinaryPrimitives.WriteInt64LittleEndian(moved._sector.AsSpan(32), otherLba);
        BinaryPrimitives.WriteInt64LittleEndian(moved._sector.AsSpan(48), lastUsableLba);
        BinaryPrimitives.WriteInt64LittleEndian(moved._sector.AsSpan(72), entriesLba);
        BinaryPrimitives.WriteUInt32LittleEndian(moved._sector.AsSpan(88), entriesChecksum);
        BinaryPrimitives.WriteUInt32LittleEndian(moved._sector.AsSpan(16), moved.Checksum());
        return moved._sector;
    }

    private uint Checksum()
    {
        var header = _sector[..HeaderSize];
        header.AsSpan(16, 4).Clear();
        return Crc32.Of(header);
    }

    private uint Number(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_sector.AsSpan(offset));

    private long Long(int offset) => BinaryPrimitives.ReadInt64LittleEndian(_sector.AsSpan(offset));
}
