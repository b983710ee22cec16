using System.Buffers.Binary;

namespace OsDeploy.Tests.Windows;

/// <summary>
/// The smallest hive there can be: a header, one block, a root key and its rights. What is in it comes from hivexsh or from osdeploy.
/// Facts of the format: M. Suhanov, "Windows registry file format specification".
/// </summary>
internal static class MinimalHive
{
    public const int Blocks = 0x1000;
    private const int Root = 0x20;
    private const int Rights = 0x80;
    private const int Rest = 0xb0;

    /// <param name="minor">3: as Windows 2000 writes it; 5: as later ones do.</param>
    public static string Write(string path, uint minor = 5, bool isDirty = false)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Bytes(minor, isDirty));
        return path;
    }

    public static byte[] Bytes(uint minor, bool isDirty)
    {
        var hive = new byte[Blocks * 2];
        "regf"u8.CopyTo(hive);
        Put(hive, 4, isDirty ? 8u : 7, 7);
        Put(hive, 20, 1, minor, 0, 1, Root, Blocks, 1);
        "hbin"u8.CopyTo(hive.AsSpan(Blocks));
        Put(hive, Blocks + 8, Blocks);
        PutRoot(hive.AsSpan(Blocks + Root));
        PutRights(hive.AsSpan(Blocks + Rights));
        Put(hive, Blocks + Rest, Blocks - Rest); // free: its size is positive
        Put(hive, 508, Checksum(hive));
        return hive;
    }

    private static void PutRoot(Span<byte> cell)
    {
        const uint none = uint.MaxValue;
        BinaryPrimitives.WriteInt32LittleEndian(cell, -(Rights - Root));
        "nk"u8.CopyTo(cell[4..]);
        BinaryPrimitives.WriteUInt16LittleEndian(cell[6..], 0x2c); // root, not to be deleted, name of one byte a letter
        BinaryPrimitives.WriteInt64LittleEndian(cell[8..], 0x01d0_0000_0000_0000);
        Put(cell, 20, none, 0, 0, none, none, 0, none, Rights, none);
        BinaryPrimitives.WriteUInt16LittleEndian(cell[76..], 4);
        "ROOT"u8.CopyTo(cell[80..]);
    }

    private static void PutRights(Span<byte> cell)
    {
        BinaryPrimitives.WriteInt32LittleEndian(cell, -(Rest - Rights));
        "sk"u8.CopyTo(cell[4..]);
        Put(cell, 8, Rights, Rights, 1, 20);
        cell[24] = 1; // an empty descriptor of revision 1, with its parts in itself
        cell[27] = 0x80;
    }

    private static uint Checksum(byte[] hive)
    {
        var sum = 0u;
        for (var at = 0; at < 508; at += 4)
        {
            sum ^= BinaryPrimitives.ReadUInt32LittleEndian(hive.AsSpan(at));
        }

        return sum;
    }

    private static void Put(Span<byte> to, int at, params ReadOnlySpan<uint> numbers)
    {
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(to[at..], number);
            at += 4;
        }
    }
}
