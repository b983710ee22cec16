using System.Buffers.Binary;
using System.Collections;

namespace OsDeploy.Windows;

/// <summary>
/// Which keys of a hive cannot be changed: a cell of theirs is not there, is free, or belongs to another key as well. libhivex believes what
/// it is to give back and ends the whole program when it is wrong.
/// </summary>
internal sealed class HiveCheck
{
    private const int Blocks = 0x1000;
    private const int BlockHeader = 32;
    private const int LeastCell = 8;
    private const int KeySize = 80;
    private const uint None = uint.MaxValue;
    private const uint InPlace = 0x8000_0000; // the data lie where their offset would be

    private readonly byte[] _hive;
    private readonly BitArray _used;
    private readonly HashSet<int> _shared = [];
    private readonly Dictionary<int, int> _rights = [];
    private readonly HashSet<int> _suspects = [];
    private BitArray _claimed;

    private HiveCheck(byte[] hive)
    {
        _hive = hive;
        _used = new BitArray(hive.Length / LeastCell);
        _claimed = new BitArray(_used.Length);
    }

    /// <returns>Offsets of those keys in the file.</returns>
    public static IReadOnlySet<int> SuspectsIn(byte[] hive)
    {
        var check = new HiveCheck(hive);
        check.FindCells();

        // The first walk finds what is shared, the second all who share it.
        check.Walk();
        check._claimed = new BitArray(check._used.Length);
        check.Walk();
        return check._suspects;
    }

    private void FindCells()
    {
        for (var block = Blocks; Has(block, BlockHeader) && _hive.AsSpan(block).StartsWith("hbin"u8);)
        {
            var size = Number(block + 8);
            if (size < BlockHeader || size > (uint)(_hive.Length - block))
            {
                return;
            }

            FindCells(block + BlockHeader, block + (int)size);
            block += (int)size;
        }
    }

    private void FindCells(int cell, int end)
    {
        while (cell < end)
        {
            var size = BinaryPrimitives.ReadInt32LittleEndian(_hive.AsSpan(cell));
            var length = size == int.MinValue ? int.MaxValue : Math.Abs(size);
            if (length < LeastCell || length % LeastCell != 0 || length > end - cell)
            {
                return;
            }

            _used[cell / LeastCell] = size < 0;
            cell += length;
        }
    }

    private void Walk()
    {
        _rights.Clear();
        var waiting = new Stack<int>([Offset(36)]);
        var users = new List<(int Key, int Rights)>();
        while (waiting.TryPop(out var key))
        {
            if (!Claim(key, key, KeySize) || !Is(key, "nk"u8))
            {
                _suspects.Add(key);
                continue;
            }

            ClaimKeys(key).ForEach(waiting.Push);
            ClaimValues(key);
            if (Number(key + 52) != None)
            {
                Claim(Offset(key + 52), key, LeastCell); // name of its class
            }

            var rights = Offset(key + 48);
            users.Add((key, rights));
            _rights[rights] = _rights.GetValueOrDefault(rights) + 1;
        }

        // What is given back once too often is lost to the others.
        _suspects.UnionWith(users.Where(user => !IsUsed(user.Rights, 20) || !Is(user.Rights, "sk"u8) || Number(user.Rights + 16) < (uint)_rights[user.Rights]).Select(user => user.Key));
    }

    private List<int> ClaimKeys(int key)
    {
        if (Number(key + 24) == 0)
        {
            // libhivex gives back a list that it finds, if there is one.
            return Number(key + 32) == None || (ListAt(Offset(key + 32), key) is { Count: 0 }) ? [] : Suspect(key);
        }

        var list = Offset(key + 32);
        if (!IsUsed(list, LeastCell) || !Is(list, "ri"u8))
        {
            return ListAt(list, key) ?? Suspect(key);
        }

        var keys = new List<int>();
        foreach (var leaf in Claim(list, key, LeastCell + (4 * Count(list))) ? EntriesOf(list, 4) : Suspect(key))
        {
            keys.AddRange(ListAt(leaf, key) ?? Suspect(key));
        }

        return keys;
    }

    private List<int>? ListAt(int list, int key)
    {
        if (!IsUsed(list, LeastCell) || !(Is(list, "lf"u8) || Is(list, "lh"u8) || Is(list, "li"u8)))
        {
            return null;
        }

        var size = Is(list, "li"u8) ? 4 : 8;
        return Claim(list, key, LeastCell + (size * Count(list))) ? EntriesOf(list, size) : null;
    }

    private void ClaimValues(int key)
    {
        var count = Number(key + 40);
        if (count == 0)
        {
            return;
        }

        var list = Offset(key + 44);
        if (count > _hive.Length / 4 || !Claim(list, key, 4 + (4 * (int)count)))
        {
            _suspects.Add(key);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            var value = Offset(list + 4 + (4 * i));
            if (!Claim(value, key, 24) || !Is(value, "vk"u8))
            {
                _suspects.Add(key);
            }
            else if ((Number(value + 8) & InPlace) == 0)
            {
                Claim(Offset(value + 12), key, LeastCell);
            }
        }
    }

    private List<int> Suspect(int key)
    {
        _suspects.Add(key);
        return [];
    }

    private bool Claim(int cell, int key, int length)
    {
        if (!IsUsed(cell, length))
        {
            _suspects.Add(key);
            return false;
        }

        if (_shared.Contains(cell))
        {
            _suspects.Add(key);
        }

        if (_claimed[cell / LeastCell])
        {
            _shared.Add(cell);
            _suspects.Add(key);
            return false;
        }

        return _claimed[cell / LeastCell] = true;
    }

    private bool IsUsed(int cell, int length) =>
        cell % LeastCell == 0 && Has(cell, length) && _used[cell / LeastCell] && -BinaryPrimitives.ReadInt32LittleEndian(_hive.AsSpan(cell)) >= length;

    private bool Has(int at, int length) => at >= Blocks && length >= 0 && at <= _hive.Length - length;

    private List<int> EntriesOf(int list, int size) => [.. Enumerable.Range(0, Count(list)).Select(i => Offset(list + LeastCell + (size * i)))];

    private int Count(int list) => BinaryPrimitives.ReadUInt16LittleEndian(_hive.AsSpan(list + 6));

    private bool Is(int cell, ReadOnlySpan<byte> id) => _hive.AsSpan(cell + 4, 2).SequenceEqual(id);

    // What is out of reach of an int is out of the file.
    private int Offset(int at) => Number(at) is <= int.MaxValue - Blocks and var offset ? (int)offset + Blocks : -1;

    private uint Number(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_hive.AsSpan(at));
}
