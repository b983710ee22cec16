using System.Buffers.Binary;

namespace OsDeploy.Disks;

/// <summary>What a btrfs superblock says (on-disk format, btrfs.readthedocs.io): device count and log.</summary>
internal sealed class BtrfsVolume
{
    private const int SuperblockOffset = 64 << 10;

    private readonly byte[] _superblock = new byte[4096];

    public BtrfsVolume(IDisk disk, PartitionLayout partition) => disk.Read(partition.Offset + SuperblockOffset, _superblock);

    public ulong Devices => BinaryPrimitives.ReadUInt64LittleEndian(_superblock.AsSpan(0x88));

    /// <summary>Writes made safe by fsync that the trees do not have yet: it was not unmounted.</summary>
    public bool HasLog => BinaryPrimitives.ReadUInt64LittleEndian(_superblock.AsSpan(0x60)) != 0;
}
