using OsDeploy.Images;

namespace OsDeploy.Disks;

/// <summary>
/// The sectors of an MBR table: sector 0 and the chain of EBRs, each of which describes one logical partition (relative to
/// itself) and links to the next EBR (relative to the extended partition).
/// </summary>
internal static class Mbr
{
    private const int MaxLogical = 128;

    /// <exception cref="FormatException">The chain of logical partitions leaves the disk or runs in a circle.</exception>
    public static IReadOnlyList<TableSectors> Read(IDisk disk)
    {
        var zero = ReadSector(disk, 0);
        List<TableSectors> table = [zero];
        foreach (var container in MbrEntry.All(zero.Bytes).Where(entry => entry.IsContainer))
        {
            var position = container.Start;
            while (table.Count <= MaxLogical)
            {
                var sector = ReadSector(disk, position);
                if (!MbrEntry.IsTable(sector.Bytes))
                {
                    break;
                }

                table.Add(sector);
                if (Link(sector.Bytes) is not { } next)
                {
                    break;
                }

                position = container.Start + next.Start;
            }
        }

        var isCircle = table.Count > MaxLogical || table.Select(piece => piece.Offset).Distinct().Count() < table.Count;
        return isCircle ? throw new FormatException("the logical partitions form a circle") : table;
    }

    /// <exception cref="FormatException">The image's table is damaged, or the partitions need more than an MBR can say.</exception>
    public static IReadOnlyList<TableSectors> Rebuild(DiskRecord image, TargetLayout target)
    {
        var map = GrowthMap.Of(target);
        var zero = image.Table.FirstOrDefault(piece => piece.Offset == 0 && MbrEntry.IsTable(piece.Bytes))
            ?? throw new FormatException("the image holds no MBR");
        var container = MbrEntry.All(zero.Bytes).FirstOrDefault(entry => entry.IsContainer);
        return [.. image.Table.Select(piece => MbrEntry.IsTable(piece.Bytes)
            ? new TableSectors(map.Move(piece.Offset), MoveSector(piece, container.Start, map, image.SectorSize))
            : throw new FormatException("the image holds a damaged EBR"))];
    }

    private static byte[] MoveSector(TableSectors piece, long containerStart, GrowthMap map, int sectorSize)
    {
        byte[] moved = [.. piece.Bytes];
        foreach (var entry in MbrEntry.All(piece.Bytes).Where(entry => entry.Type != MbrEntry.Empty))
        {
            var origin = piece.Offset == 0 ? 0 : entry.IsContainer ? containerStart : piece.Offset / sectorSize;
            var start = Move(origin + entry.Start);
            entry.Place(moved, start - Move(origin), Move(origin + entry.End) - start);
        }

        return moved;

        long Move(long sector) => map.Move(sector * sectorSize) / sectorSize;
    }

    private static MbrEntry? Link(byte[] sector)
    {
        var links = MbrEntry.All(sector).Where(entry => entry.IsContainer).ToList();
        return links.Count == 0 ? null : links[0];
    }

    private static TableSectors ReadSector(IDisk disk, long sector)
    {
        if (sector > (disk.Size / disk.SectorSize) - 1)
        {
            throw new FormatException("a logical partition lies behind the end of the disk");
        }

        var bytes = new byte[disk.SectorSize];
        disk.Read(sector * disk.SectorSize, bytes);
        return new(sector * disk.SectorSize, bytes);
    }
}
