using System.Buffers.Binary;
using OsDeploy.Images;

namespace OsDeploy.Disks;

/// <summary>
/// The sectors of a GPT: read as they are, or moved to a disk of another size. Everything a table says beside positions (GUIDs,
/// names, attributes, types, order, boot code) is carried over because it is never taken apart.
/// </summary>
internal static class Gpt
{
    private const int DefaultEntriesBytes = 128 * 128;
    private const int FirstLbaOffset = 32;
    private const int LastLbaOffset = 40;

    /// <summary>Bytes of one copy of the entries, in whole sectors.</summary>
    public static long EntriesLength(IReadOnlyList<TableSectors> table, int sectorSize) =>
        Sectors(Primary(table, sectorSize)?.EntriesBytes ?? DefaultEntriesBytes, sectorSize) * sectorSize;

    /// <summary>Both copies. The second is looked for where the first says: a disk that has grown has it in the middle.</summary>
    /// <exception cref="FormatException">The first header is damaged.</exception>
    public static IReadOnlyList<TableSectors> Read(IDisk disk)
    {
        var primary = TableSectorsOf(disk, disk.SectorSize, disk.SectorSize);
        if (!GptHeader.TryParse(primary.Bytes, out var header))
        {
            throw new FormatException("the first GPT header is damaged");
        }

        var length = Sectors(header.EntriesBytes, disk.SectorSize) * disk.SectorSize;
        List<TableSectors> table = [TableSectorsOf(disk, 0, disk.SectorSize), primary, TableSectorsOf(disk, header.EntriesLba * disk.SectorSize, length)];
        var backupOffset = header.BackupLba * disk.SectorSize;
        if (backupOffset <= disk.Size - disk.SectorSize
            && TableSectorsOf(disk, backupOffset, disk.SectorSize) is var backup
            && GptHeader.TryParse(backup.Bytes, out var backupHeader)
            && backupHeader.EntriesBytes == header.EntriesBytes
            && backupHeader.EntriesLba * disk.SectorSize <= disk.Size - length)
        {
            table.Add(TableSectorsOf(disk, backupHeader.EntriesLba * disk.SectorSize, length));
            table.Add(backup);
        }

        return table;
    }

    /// <exception cref="FormatException">The image's table is damaged.</exception>
    public static IReadOnlyList<TableSectors> Rebuild(DiskRecord image, TargetLayout target)
    {
        var sector = target.SectorSize;
        var header = Primary(image.Table, sector) ?? throw new FormatException("the image holds no GPT header");
        var map = GrowthMap.Of(target);
        var entries = MoveEntries(Piece(image.Table, header.EntriesLba * sector), header, map, sector);
        var checksum = Crc32.Of(entries.AsSpan(0, header.EntriesBytes));
        var last = (target.DiskSize / sector) - 1;
        var backupEntries = last - (entries.Length / sector);
        return
        [
            new(0, ProtectiveMbr(Piece(image.Table, 0), map, sector, image.Size / sector, last)),
            new(sector, header.MovedTo(1, last, header.EntriesLba, backupEntries - 1, checksum)),
            new(header.EntriesLba * sector, entries),
            new(backupEntries * sector, entries),
            new(last * sector, header.MovedTo(last, 1, backupEntries, backupEntries - 1, checksum)),
        ];
    }

    private static GptHeader? Primary(IReadOnlyList<TableSectors> table, int sectorSize) =>
        table.FirstOrDefault(piece => piece.Offset == sectorSize) is { } piece && GptHeader.TryParse(piece.Bytes, out var header) ? header : null;

    private static byte[] Piece(IReadOnlyList<TableSectors> table, long offset) =>
        table.FirstOrDefault(piece => piece.Offset == offset)?.Bytes ?? throw new FormatException("the image holds only a part of the GPT");

    private static byte[] MoveEntries(byte[] entries, GptHeader header, GrowthMap map, int sector)
    {
        if (entries.Length < header.EntriesBytes)
        {
            throw new FormatException("the image holds only a part of the GPT entries");
        }

        byte[] moved = [.. entries];
        for (var offset = 0; offset + header.EntrySize <= header.EntriesBytes; offset += header.EntrySize)
        {
            var entry = moved.AsSpan(offset, header.EntrySize);
            if (entry[..16].ContainsAnyExcept((byte)0))
            {
                Update(entry[FirstLbaOffset..], lba => map.Move(lba * sector) / sector);
                Update(entry[LastLbaOffset..], lba => (map.Move((lba + 1) * sector) / sector) - 1);
            }
        }

        return moved;
    }

    // The one 0xEE entry covers the disk, as far as 32 bits go; entries of a hybrid MBR beside it move with their partitions.
    private static byte[] ProtectiveMbr(byte[] sectorZero, GrowthMap map, int sector, long imageSectors, long lastLba)
    {
        byte[] moved = [.. sectorZero];
        foreach (var entry in MbrEntry.All(moved))
        {
            if (entry.Type == MbrEntry.Protective && entry.End >= Math.Min(imageSectors, uint.MaxValue))
            {
                entry.Place(moved, entry.Start, Math.Min(lastLba - entry.Start + 1, uint.MaxValue));
            }
            else if (entry.Type != MbrEntry.Empty)
            {
                var start = map.Move(entry.Start * sector) / sector;
                entry.Place(moved, start, (map.Move(entry.End * sector) / sector) - start);
            }
        }

        return moved;
    }

    private static void Update(Span<byte> field, Func<long, long> change) =>
        BinaryPrimitives.WriteInt64LittleEndian(field, change(BinaryPrimitives.ReadInt64LittleEndian(field)));

    private static TableSectors TableSectorsOf(IDisk disk, long offset, long length)
    {
        var bytes = new byte[length];
        disk.Read(offset, bytes);
        return new(offset, bytes);
    }

    private static long Sectors(long bytes, int sectorSize) => (bytes + sectorSize - 1) / sectorSize;
}
