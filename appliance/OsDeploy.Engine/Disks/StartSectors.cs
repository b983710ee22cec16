using System.Buffers.Binary;

namespace OsDeploy.Disks;

/// <summary>
/// Some file systems note in their boot sector where on the disk they begin; their boot code and Windows rely on it. When a
/// partition has moved, the note has to follow.
/// </summary>
public static class StartSectors
{
    private const int HiddenSectors = 0x1C;
    private const int ExFatRegionSectors = 12;

    /// <summary>Sets the new start in the boot sector and its backup copy; leaves other content alone.</summary>
    public static void Patch(IDisk disk, PlacedPartition partition)
    {
        var boot = new byte[512];
        disk.Read(partition.Offset, boot);
        var sectorSize = BinaryPrimitives.ReadUInt16LittleEndian(boot.AsSpan(0x0B));
        if (boot.AsSpan(3).StartsWith("EXFAT   "u8))
        {
            PatchExFat(disk, partition.Offset, boot);
        }
        else if (boot[510] != 0x55 || boot[511] != 0xAA || sectorSize is not (512 or 1024 or 2048 or 4096))
        {
            return;
        }
        else if (boot.AsSpan(3).StartsWith("NTFS    "u8))
        {
            var backup = BinaryPrimitives.ReadInt64LittleEndian(boot.AsSpan(0x28)); // the sector behind the last one it counts
            PatchHidden(disk, partition, 0, sectorSize, "NTFS    "u8);
            PatchHidden(disk, partition, backup * sectorSize, sectorSize, "NTFS    "u8);
        }
        else if (boot.AsSpan(0x52).StartsWith("FAT32   "u8))
        {
            var backup = BinaryPrimitives.ReadUInt16LittleEndian(boot.AsSpan(0x32));
            PatchHidden(disk, partition, 0, sectorSize, boot.AsSpan(3, 8));
            PatchHidden(disk, partition, backup * sectorSize, sectorSize, boot.AsSpan(3, 8));
        }
        else if (boot.AsSpan(0x36).StartsWith("FAT1"u8))
        {
            PatchHidden(disk, partition, 0, sectorSize, boot.AsSpan(3, 8));
        }
    }

    private static void PatchHidden(IDisk disk, PlacedPartition partition, long at, int sectorSize, ReadOnlySpan<byte> oemName)
    {
        var sector = new byte[512];
        if (at < 0 || at > partition.Length - sectorSize)
        {
            return;
        }

        disk.Read(partition.Offset + at, sector);
        if (sector.AsSpan(3).StartsWith(oemName))
        {
            // 32 bits: beyond them Windows keeps the low half.
            BinaryPrimitives.WriteUInt32LittleEndian(sector.AsSpan(HiddenSectors), unchecked((uint)(partition.Offset / sectorSize)));
            disk.Write(partition.Offset + at, sector);
        }
    }

    // exFAT specification 3.1 and 3.4: main and backup boot region of 12 sectors each, the last of each repeats a checksum of the other 11.
    private static void PatchExFat(IDisk disk, long offset, byte[] boot)
    {
        var shift = boot[108];
        if (shift is < 9 or > 12)
        {
            return;
        }

        var sectorSize = 1 << shift;
        for (var copy = 0; copy < 2; copy++)
        {
            var at = offset + ((long)copy * ExFatRegionSectors * sectorSize);
            var region = new byte[ExFatRegionSectors * sectorSize];
            disk.Read(at, region);
            if (region.AsSpan(3).StartsWith("EXFAT   "u8))
            {
                BinaryPrimitives.WriteInt64LittleEndian(region.AsSpan(64), offset / sectorSize);
                var covered = region.AsSpan(0, (ExFatRegionSectors - 1) * sectorSize);
                var checksum = ExFatChecksum(covered);
                for (var position = covered.Length; position < region.Length; position += sizeof(uint))
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(region.AsSpan(position), checksum);
                }

                disk.Write(at, region);
            }
        }
    }

    private static uint ExFatChecksum(ReadOnlySpan<byte> sectors)
    {
        var checksum = 0u;
        for (var i = 0; i < sectors.Length; i++)
        {
            if (i is not (106 or 107 or 112)) // VolumeFlags and PercentInUse change all the time
            {
                checksum = uint.RotateRight(checksum, 1) + sectors[i];
            }
        }

        return checksum;
    }
}
