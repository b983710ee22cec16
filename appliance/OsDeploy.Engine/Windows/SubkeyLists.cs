using System.Buffers.Binary;
using System.Text;

namespace OsDeploy.Windows;

/// <summary>
/// Puts the list of a key's keys in the order in which Windows looks for them, and makes the hashes in it anew. libhivex orders by small
/// letters and hashes bytes of UTF-8, Windows orders by capitals and hashes UTF-16: it would not find a key beside one with an underscore, nor
/// one with an umlaut, and would damage the hive when it writes. Facts of the format: M. Suhanov, "Windows registry file format specification".
/// </summary>
/// <param name="hashes">Lists may hold hashes; else libhivex's new ones become lists with the first letters.</param>
internal sealed class SubkeyLists(byte[] hive, bool hashes)
{
    private const int Blocks = 0x1000; // offsets count from the end of the header
    private const uint None = uint.MaxValue;
    private const int KeyCount = 24;
    private const int KeyList = 32;
    private const int KeyNameLength = 76;
    private const int KeyName = 80;
    private const int ListCount = 6;
    private const int ListEntries = 8;
    private const ushort CompressedName = 0x20;

    /// <param name="key">Offset of its cell in the file.</param>
    public void Arrange(int key)
    {
        if (!Is(key, "nk"u8) || Number(key + KeyList) == None)
        {
            return;
        }

        var list = Offset(key + KeyList);
        var leaves = Is(list, "ri"u8) ? [.. Enumerable.Range(0, Count(list)).Select(i => Offset(list + ListEntries + (4 * i)))] : new List<int> { list };
        var keys = leaves.SelectMany(KeysIn).Select(one => (Offset: one, Name: NameOf(one))).ToList();
        keys.Sort((one, other) => Compare(one.Name, other.Name));
        var next = 0;
        foreach (var leaf in leaves)
        {
            Fill(leaf, keys.GetRange(next, Count(leaf)));
            next += Count(leaf);
        }

        RemoveEmpty(key, list, leaves);
    }

    /// <summary>As Windows compares names: letter by letter, in capitals.</summary>
    internal static int Compare(string one, string other)
    {
        for (var i = 0; i < Math.Min(one.Length, other.Length); i++)
        {
            var difference = char.ToUpperInvariant(one[i]) - char.ToUpperInvariant(other[i]);
            if (difference != 0)
            {
                return difference;
            }
        }

        return one.Length - other.Length;
    }

    private IEnumerable<int> KeysIn(int leaf) => Enumerable.Range(0, Count(leaf)).Select(i => Offset(leaf + ListEntries + (EntrySize(leaf) * i)));

    private void Fill(int leaf, List<(int Offset, string Name)> keys)
    {
        if (!hashes && Is(leaf, "lh"u8))
        {
            "lf"u8.CopyTo(hive.AsSpan(leaf + 4));
        }

        for (var i = 0; i < keys.Count; i++)
        {
            var entry = leaf + ListEntries + (EntrySize(leaf) * i);
            Write(entry, (uint)(keys[i].Offset - Blocks));
            if (Is(leaf, "lh"u8))
            {
                Write(entry + 4, HashOf(keys[i].Name));
            }
            else if (Is(leaf, "lf"u8))
            {
                HintOf(keys[i].Name).CopyTo(hive.AsSpan(entry + 4));
            }
        }
    }

    // libhivex leaves a list without entries behind, where Windows would look at its last one.
    private void RemoveEmpty(int key, int list, List<int> leaves)
    {
        foreach (var leaf in leaves.Where(leaf => Count(leaf) == 0))
        {
            Free(leaf);
        }

        var full = leaves.Where(leaf => Count(leaf) > 0).ToList();
        if (Is(list, "ri"u8) && full.Count < leaves.Count)
        {
            for (var i = 0; i < full.Count; i++)
            {
                Write(list + ListEntries + (4 * i), (uint)(full[i] - Blocks));
            }

            BinaryPrimitives.WriteUInt16LittleEndian(hive.AsSpan(list + ListCount), (ushort)full.Count);
        }

        if (Number(key + KeyCount) == 0)
        {
            if (Is(list, "ri"u8))
            {
                Free(list);
            }

            Write(key + KeyList, None);
        }
    }

    // The size of a cell that is in use is negative.
    private void Free(int cell) => BinaryPrimitives.WriteInt32LittleEndian(hive.AsSpan(cell), Math.Abs(BinaryPrimitives.ReadInt32LittleEndian(hive.AsSpan(cell))));

    private static uint HashOf(string name)
    {
        var hash = 0u;
        foreach (var letter in name)
        {
            hash = unchecked((hash * 37) + char.ToUpperInvariant(letter));
        }

        return hash;
    }

    private static byte[] HintOf(string name)
    {
        var hint = new byte[4];
        for (var i = 0; i < Math.Min(name.Length, hint.Length); i++)
        {
            hint[i] = name[i] <= byte.MaxValue ? (byte)name[i] : (byte)0;
        }

        return hint;
    }

    private string NameOf(int key)
    {
        var bytes = hive.AsSpan(key + KeyName, BinaryPrimitives.ReadUInt16LittleEndian(hive.AsSpan(key + KeyNameLength)));
        var isCompressed = (BinaryPrimitives.ReadUInt16LittleEndian(hive.AsSpan(key + 6)) & CompressedName) != 0;
        return (isCompressed ? Encoding.Latin1 : Encoding.Unicode).GetString(bytes);
    }

    private int EntrySize(int leaf) => Is(leaf, "li"u8) ? 4 : 8;

    private int Count(int list) => BinaryPrimitives.ReadUInt16LittleEndian(hive.AsSpan(list + ListCount));

    private bool Is(int cell, ReadOnlySpan<byte> id) => hive.AsSpan(cell + 4, 2).SequenceEqual(id);

    private int Offset(int at) => checked((int)Number(at) + Blocks);

    private uint Number(int at) => BinaryPrimitives.ReadUInt32LittleEndian(hive.AsSpan(at));

    private void Write(int at, uint number) => BinaryPrimitives.WriteUInt32LittleEndian(hive.AsSpan(at), number);
}
