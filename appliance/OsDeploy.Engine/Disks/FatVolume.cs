using System.Buffers.Binary;

namespace OsDeploy.Disks;

/// <summary>The "in use" flag that FAT keeps in its second table entry (Microsoft FAT specification 1.03) and exFAT in its boot sector.</summary>
internal static class FatVolume
{
    private const ushort ExFatDirty = 2;
    private const ushort Fat16Clean = 0x8000;
    private const uint Fat32Clean = 0x0800_0000;

    public static bool IsFlaggedDirty(IDisk disk, PartitionLayout partition)
    {
        var boot = new byte[512];
        disk.Read(partition.Offset, boot);
        if (partition.FileSystem == "exfat")
        {
            return (BinaryPrimitives.ReadUInt16LittleEndian(boot.AsSpan(106)) & ExFatDirty) != 0;
        }

        // FAT12 has no room for the flag.
        var table = (long)BinaryPrimitives.ReadUInt16LittleEndian(boot.AsSpan(0x0E)) * BinaryPrimitives.ReadUInt16LittleEndian(boot.AsSpan(0x0B));
        var entries = new byte[8];
        if (partition.FileSystemVersion == "FAT12" || table <= 0 || table > partition.Length - entries.Length)
        {
            return false;
        }

        disk.Read(partition.Offset + table, entries);
        return partition.FileSystemVersion == "FAT16"
            ? (BinaryPrimitives.ReadUInt16LittleEndian(entries.AsSpan(2)) & Fat16Clean) == 0
            : (BinaryPrimitives.ReadUInt32LittleEndian(entries.AsSpan(4)) & Fat32Clean) == 0;
    }
}
