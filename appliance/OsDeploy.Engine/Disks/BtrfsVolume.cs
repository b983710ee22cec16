using System.Buffers.Binary;
using OsDeploy.Images;

namespace OsDeploy.Disks;

/// <summary>What a btrfs superblock says (on-disk format, btrfs.readthedocs.io): device count, log, and where the system chunks lie.</summary>
internal sealed class BtrfsVolume
{
    private const int SuperblockOffset = 64 << 10;
    private const int ChunkArray = 0x32B;
    private const int MaxChunkArray = 2048;
    private const int KeySize = 17;
    private const int ChunkSize = 48;
    private const int StripeSize = 32;

    private readonly byte[] _superblock = new byte[4096];

    public BtrfsVolume(IDisk disk, PartitionLayout partition) => disk.Read(partition.Offset + SuperblockOffset, _superblock);

    public ulong Devices => BinaryPrimitives.ReadUInt64LittleEndian(_superblock.AsSpan(0x88));

    /// <summary>Writes made safe by fsync that the trees do not have yet: it was not unmounted.</summary>
    public bool HasLog => BinaryPrimitives.ReadUInt64LittleEndian(_superblock.AsSpan(0x60)) != 0;

    /// <summary>
    /// Every copy of the system chunks. partclone.btrfs 0.3.23 maps only the first of the two that a single disk has, which a scrub of
    /// the restored file system then reports as damage.
    /// </summary>
    /// <exception cref="FormatException">The array is damaged.</exception>
    public RangeSet SystemChunks()
    {
        var size = BinaryPrimitives.ReadUInt32LittleEndian(_superblock.AsSpan(0xA0));
        var array = size <= MaxChunkArray ? _superblock.AsSpan(ChunkArray, (int)size) : throw new FormatException("The btrfs superblock is damaged.");
        var copies = new List<ByteRange>();
        while (array.Length >= KeySize + ChunkSize + StripeSize)
        {
            var chunk = array[KeySize..];
            var length = BinaryPrimitives.ReadInt64LittleEndian(chunk);
            var stripes = BinaryPrimitives.ReadUInt16LittleEndian(chunk[44..]);
            var end = KeySize + ChunkSize + (stripes * StripeSize);
            if (length <= 0 || stripes == 0 || end > array.Length)
            {
                throw new FormatException("The btrfs superblock is damaged.");
            }

            for (var i = 0; i < stripes; i++)
            {
                copies.Add(new(BinaryPrimitives.ReadInt64LittleEndian(chunk[(ChunkSize + (i * StripeSize) + 8)..]), length));
            }

            array = array[end..];
        }

        return RangeSet.Of(copies);
    }
}
