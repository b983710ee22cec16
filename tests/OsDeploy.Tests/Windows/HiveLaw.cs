using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace OsDeploy.Tests.Windows;

/// <summary>What Windows relies on in a hive, read from its bytes without libhivex: order and hashes of lists, counts, rights, cells without gaps.</summary>
internal sealed class HiveLaw
{
    private const uint None = uint.MaxValue;
    private readonly byte[] _hive;
    private readonly bool _isOld;
    private readonly Dictionary<int, int> _rights = [];

    private HiveLaw(byte[] hive)
    {
        _hive = hive;
        _isOld = Number(24) < 5;
    }

    /// <returns>All keys, by their paths below the root.</returns>
    public static IReadOnlyList<string> Keys(string path)
    {
        var law = new HiveLaw(File.ReadAllBytes(path));
        Assert.Equal(law.Number(4), law.Number(8));
        law.CheckCells();
        var keys = new List<string>();
        law.CheckKey(law.Offset(36), "", keys);
        Assert.All(law._rights, one => Assert.Equal((uint)one.Value, law.Number(one.Key + 16)));
        return keys;
    }

    private void CheckCells()
    {
        var end = MinimalHive.Blocks + (int)Number(40);
        for (var block = MinimalHive.Blocks; block < end; block += (int)Number(block + 8))
        {
            Assert.True(_hive.AsSpan(block).StartsWith("hbin"u8), "no block where one must be");
            var next = block + (int)Number(block + 8);
            var cell = block + 32;
            while (cell < next)
            {
                var size = Math.Abs((int)Number(cell));
                Assert.True(size >= 8 && size % 8 == 0, "a cell of an impossible size");
                cell += size;
            }

            Assert.Equal(next, cell);
        }
    }

    private void CheckKey(int key, string path, List<string> keys)
    {
        Assert.True(Id(key) is "nk" && (int)Number(key) < 0, path + ": not a key in use");
        var rights = Offset(key + 48);
        _rights[rights] = _rights.GetValueOrDefault(rights) + 1;
        var children = Number(key + 32) == None ? [] : CheckList(Offset(key + 32), path);
        Assert.Equal(Number(key + 24), (uint)children.Count);
        Assert.Equal(children.Select(NameOf).Order(Comparer<string>.Create(Compare)), children.Select(NameOf));
        foreach (var child in children)
        {
            var below = path.Length == 0 ? NameOf(child) : $@"{path}\{NameOf(child)}";
            Assert.Equal(key, Offset(child + 20));
            keys.Add(below);
            CheckKey(child, below, keys);
        }
    }

    private List<int> CheckList(int list, string path)
    {
        var count = BinaryPrimitives.ReadUInt16LittleEndian(_hive.AsSpan(list + 6));
        Assert.True(count > 0 && (int)Number(list) < 0, path + ": an empty list or one that is not in use");
        if (Id(list) == "ri")
        {
            return [.. Enumerable.Range(0, count).SelectMany(i => CheckList(Offset(list + 8 + (4 * i)), path))];
        }

        Assert.Contains(Id(list), _isOld ? ["lf", "li"] : new[] { "lf", "lh", "li" });
        var size = Id(list) == "li" ? 4 : 8;
        var children = Enumerable.Range(0, count).Select(i => Offset(list + 8 + (size * i))).ToList();
        for (var i = 0; i < count && size == 8; i++)
        {
            Assert.Equal(Id(list) == "lh" ? HashOf(NameOf(children[i])) : HintOf(NameOf(children[i])), Number(list + 12 + (8 * i)));
        }

        return children;
    }

    private static int Compare(string? one, string? other) => string.CompareOrdinal(one!.ToUpperInvariant(), other!.ToUpperInvariant());

    private static uint HashOf(string name) => name.ToUpperInvariant().Aggregate(0u, (hash, letter) => unchecked((hash * 37) + letter));

    private static uint HintOf(string name) => BinaryPrimitives.ReadUInt32LittleEndian(
        [.. name.PadRight(4, '\0').Take(4).Select(letter => letter > 255 ? (byte)0 : (byte)letter)]);

    private string NameOf(int key)
    {
        var bytes = _hive.AsSpan(key + 80, BinaryPrimitives.ReadUInt16LittleEndian(_hive.AsSpan(key + 76)));
        return ((_hive[key + 6] & 0x20) != 0 ? Encoding.Latin1 : Encoding.Unicode).GetString(bytes);
    }

    private string Id(int cell) => Encoding.ASCII.GetString(_hive, cell + 4, 2);

    private int Offset(int at) => (int)Number(at) + MinimalHive.Blocks;

    private uint Number(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_hive.AsSpan(at));
}
