using System.Buffers.Binary;

namespace OsDeploy.MachineTests.Disks;

/// <summary>What says that a disk or partition is a member of a Linux RAID: version 1 of linux/raid/md_p.h, with its checksum.</summary>
internal static class RaidSuperblock
{
    /// <param name="offset">Bytes from the start of the member, which the superblock repeats.</param>
    public static byte[] At(long offset)
    {
        var block = new byte[4096];
        BinaryPrimitives.WriteUInt32LittleEndian(block, 0xA92B4EFC);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(4), 1);
        block.AsSpan(16, 16).Fill(0x11); // set UUID
        BinaryPrimitives.WriteInt64LittleEndian(block.AsSpan(144), offset / 512);
        ulong sum = 0;
        for (var i = 0; i < 256; i += 4)
        {
            sum += BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(i));
        }

        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(216), (uint)((sum & uint.MaxValue) + (sum >> 32)));
        return block;
    }
}
