using System.Buffers.Binary;
using System.Text;

namespace OsDeploy.Helper.Systems;

/// <summary>
/// Where a small file lies on a FAT32 (Microsoft, "FAT: General Overview of On-Disk Format", 1.03): GRUB's variables are changed in their place, as
/// GRUB does it, and no tool that writes them anew could leave them half.
/// </summary>
internal static class FatFile
{
    private const int Entry = 32;
    private const int NameLength = 11;
    private const byte IsFolder = 0x10;
    private const byte IsLongName = 0x0f;
    private const int MostClusters = 64; // of a folder
    private const uint End = 0x0ffffff8;

    /// <param name="path">Names that have a short form without <c>~</c>.</param>
    /// <param name="size">Bytes it must have: no more than a cluster.</param>
    /// <returns>Bytes from the start of the volume.</returns>
    /// <exception cref="FormatException">It is not there, or this is no such volume.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static long Find(Stream volume, string path, int size)
    {
        var head = Read(volume, 0, 512);
        var (sector, perCluster) = (BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(11)), head[13]);
        var (reserved, copies, table) = (BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(14)), head[16], BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(36)));
        if (sector is not (512 or 1024 or 2048 or 4096) || perCluster == 0 || copies is 0 or > 4 || table is 0 or > 1 << 22 || BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(22)) != 0)
        {
            throw new FormatException("this is no FAT32");
        }

        var layout = new Layout(volume, reserved * (long)sector, (reserved + (copies * (long)table)) * sector, sector * perCluster, table * (long)sector / 4);
        var cluster = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(44));
        var names = path.Split('/');
        for (var i = 0; i < names.Length; i++)
        {
            var entry = FindIn(layout, cluster, ShortNameOf(names[i]));
            cluster = ((uint)BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(20)) << 16) | BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(26));
            var isFolder = (entry[11] & IsFolder) != 0;
            if (isFolder != (i < names.Length - 1) || (!isFolder && BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(28)) != size))
            {
                throw new FormatException(names[i] + " is something else");
            }
        }

        return size <= layout.Cluster ? layout.PlaceOf(cluster) : throw new FormatException("it may lie in several pieces");
    }

    private static byte[] FindIn(Layout layout, uint cluster, byte[] name)
    {
        for (var i = 0; i < MostClusters && cluster < End; i++, cluster = layout.After(cluster))
        {
            var bytes = Read(layout.Volume, layout.PlaceOf(cluster), layout.Cluster);
            for (var at = 0; at < bytes.Length && bytes[at] != 0; at += Entry)
            {
                var entry = bytes.AsSpan(at, Entry);
                if ((entry[11] & IsLongName) != IsLongName && entry[..NameLength].SequenceEqual(name))
                {
                    return entry.ToArray();
                }
            }
        }

        throw new FormatException("there is no such file");
    }

    private static byte[] ShortNameOf(string name) => Encoding.ASCII.GetBytes(name.ToUpperInvariant().PadRight(NameLength));

    private static byte[] Read(Stream volume, long at, int length)
    {
        var bytes = new byte[length];
        volume.Position = at;
        volume.ReadExactly(bytes);
        return bytes;
    }

    /// <param name="Cluster">Bytes.</param>
    /// <param name="Count">Clusters that the table has numbers for.</param>
    private sealed record Layout(Stream Volume, long Table, long Data, int Cluster, long Count)
    {
        public long PlaceOf(uint cluster) => cluster >= 2 && cluster < Count ? Data + ((cluster - 2L) * Cluster) : throw new FormatException("it leads out of the volume");

        public uint After(uint cluster) => BinaryPrimitives.ReadUInt32LittleEndian(Read(Volume, Table + (cluster * 4L), 4)) & 0x0fffffff;
    }
}
