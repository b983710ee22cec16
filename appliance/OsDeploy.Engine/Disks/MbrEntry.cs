using System.Buffers.Binary;

namespace OsDeploy.Disks;

/// <summary>One of the four entries in an MBR or EBR sector, in sectors relative to whatever the sector counts from.</summary>
/// <param name="Slot">0 to 3.</param>
/// <param name="IsActive">The partition that the customary boot code starts.</param>
internal readonly record struct MbrEntry(int Slot, bool IsActive, byte Type, long Start, long Length)
{
    public const byte Empty = 0x00;
    public const byte Protective = 0xEE;
    private const byte Active = 0x80;
    private const int FirstEntry = 446;
    private const int EntrySize = 16;

    public long End => Start + Length;

    public bool IsContainer => PartitionTypes.IsContainer(Type);

    public static bool IsTable(ReadOnlySpan<byte> sector) => sector.Length >= 512 && sector[510] == 0x55 && sector[511] == 0xAA;

    public static IReadOnlyList<MbrEntry> All(ReadOnlySpan<byte> sector)
    {
        var entries = new MbrEntry[4];
        for (var slot = 0; slot < 4; slot++)
        {
            var entry = sector.Slice(FirstEntry + (slot * EntrySize), EntrySize);
            entries[slot] = new(
                slot,
                entry[0] == Active,
                entry[4],
                BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]));
        }

        return entries;
    }

    /// <summary>Writes new bounds into the sector this entry came from; flag and type stay.</summary>
    /// <exception cref="FormatException">The bounds are beyond what an MBR can say (2 TiB with 512-byte sectors).</exception>
    public void Place(Span<byte> sector, long start, long length)
    {
        if (start == Start && length == Length)
        {
            return;
        }

        if (start is < 0 or > uint.MaxValue || length is < 0 or > uint.MaxValue)
        {
            throw new FormatException("an MBR cannot hold these partitions");
        }

        var entry = sector.Slice(FirstEntry + (Slot * EntrySize), EntrySize);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], (uint)start);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[12..], (uint)length);
        WriteCylinders(entry[1..4], start);
        WriteCylinders(entry[5..8], start + length - 1);
    }

    // Cylinder, head and sector of the customary 255 x 63 geometry; "beyond" where ten bits of cylinder do not reach.
    private static void WriteCylinders(Span<byte> field, long lba)
    {
        var cylinder = lba / (255 * 63);
        if (cylinder > 1023)
        {
            (field[0], field[1], field[2]) = (0xFE, 0xFF, 0xFF);
            return;
        }

        field[0] = (byte)(lba / 63 % 255);
        field[1] = (byte)((lba % 63) + 1 | (cylinder >> 2 & 0xC0));
        field[2] = (byte)cylinder;
    }
}
