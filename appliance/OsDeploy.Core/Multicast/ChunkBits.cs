using System.Numerics;
using System.Runtime.InteropServices;

namespace OsDeploy.Multicast;

/// <summary>One bit per chunk of a table. Bits are changed by one thread at a time; anyone may look.</summary>
public sealed class ChunkBits
{
    private readonly byte[] _bits;

    public ChunkBits(int count) => (Count, _bits) = (count, new byte[LengthOf(count)]);

    private ChunkBits(int count, byte[] bits) => (Count, _bits) = (count, bits);

    /// <summary>Chunks of the table.</summary>
    public int Count { get; }

    public bool this[int number]
    {
        get => (_bits[number >> 3] & (1 << (number & 7))) != 0;
        set => _bits[number >> 3] = (byte)(value ? _bits[number >> 3] | (1 << (number & 7)) : _bits[number >> 3] & ~(1 << (number & 7)));
    }

    /// <summary>Bytes that so many bits take.</summary>
    public static int LengthOf(int count) => (count + 7) / 8;

    /// <returns>Null: these bytes are not that many bits.</returns>
    public static ChunkBits? TryParse(int count, byte[] bits) =>
        bits.Length == LengthOf(count) && (count % 8 == 0 || bits[^1] >> (count % 8) == 0) ? new ChunkBits(count, bits) : null;

    public int CountSet()
    {
        var words = MemoryMarshal.Cast<byte, ulong>(_bits);
        var set = 0;
        foreach (var word in words)
        {
            set += BitOperations.PopCount(word);
        }

        foreach (var rest in _bits.AsSpan(words.Length * sizeof(ulong)))
        {
            set += BitOperations.PopCount(rest);
        }

        return set;
    }

    /// <summary>Whether a bit is set in both.</summary>
    public bool Meets(ChunkBits other)
    {
        for (var i = 0; i < _bits.Length; i++)
        {
            if ((_bits[i] & other._bits[i]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    public byte[] ToBytes() => [.. _bits];

    /// <summary>The chunks that at least so many of these need.</summary>
    /// <param name="least">1 or 2: from two on, one stream to all serves them better than one to each.</param>
    public static ChunkBits NeededBy(int least, int count, IReadOnlyCollection<ChunkBits> needs)
    {
        var (once, twice) = (new ChunkBits(count), new ChunkBits(count));
        foreach (var need in needs)
        {
            for (var i = 0; i < once._bits.Length; i++)
            {
                twice._bits[i] |= (byte)(once._bits[i] & need._bits[i]);
                once._bits[i] |= need._bits[i];
            }
        }

        return least > 1 ? twice : once;
    }
}
