using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OsDeploy.Multicast;

/// <summary>The field of 256 elements with the polynomial x^8 + x^4 + x^3 + x^2 + 1 (0x11D), in which addition is exclusive or.</summary>
public static class GaloisField
{
    private const int Polynomial = 0x11D;
    private const int Order = 255;
    private const int Nibbles = 16;

    private static readonly byte[] s_powers = Powers();
    private static readonly byte[] s_logarithms = Logarithms();

    // For each factor: its products with the 16 low nibbles, then with the 16 high ones.
    private static readonly byte[] s_products = Products();

    public static byte Multiply(byte a, byte b) => a == 0 || b == 0 ? (byte)0 : s_powers[s_logarithms[a] + s_logarithms[b]];

    /// <param name="a">Not zero.</param>
    public static byte Invert(byte a) => s_powers[Order - s_logarithms[a]];

    /// <summary>Adds <paramref name="factor"/> times <paramref name="source"/> to <paramref name="sum"/>, byte by byte.</summary>
    /// <param name="sum">At least as long as the source.</param>
    public static void MultiplyAdd(byte factor, ReadOnlySpan<byte> source, Span<byte> sum)
    {
        if (factor == 0)
        {
            return;
        }

        var products = s_products.AsSpan(factor * 2 * Nibbles, 2 * Nibbles);
        var done = Avx2.IsSupported ? AddWide(products, source, sum) : AddNarrow(products, source, sum);
        for (var i = done; i < source.Length; i++)
        {
            sum[i] ^= (byte)(products[source[i] & 0xF] ^ products[Nibbles + (source[i] >> 4)]);
        }
    }

    private static int AddWide(ReadOnlySpan<byte> products, ReadOnlySpan<byte> source, Span<byte> sum)
    {
        var (low, high) = (Vector128.Create(products[..Nibbles]), Vector128.Create(products[Nibbles..]));
        var (lows, highs, mask) = (Vector256.Create(low, low), Vector256.Create(high, high), Vector256.Create((byte)0xF));
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(sum[..source.Length]);
        var i = 0;
        for (; i <= source.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadUnsafe(ref from, (nuint)i);
            var product = Avx2.Shuffle(lows, bytes & mask) ^ Avx2.Shuffle(highs, Vector256.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & mask);
            (Vector256.LoadUnsafe(ref to, (nuint)i) ^ product).StoreUnsafe(ref to, (nuint)i);
        }

        return i;
    }

    private static int AddNarrow(ReadOnlySpan<byte> products, ReadOnlySpan<byte> source, Span<byte> sum)
    {
        var (low, high, mask) = (Vector128.Create(products[..Nibbles]), Vector128.Create(products[Nibbles..]), Vector128.Create((byte)0xF));
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(sum[..source.Length]);
        var i = 0;
        for (; i <= source.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref from, (nuint)i);
            var product = Vector128.Shuffle(low, bytes & mask) ^ Vector128.Shuffle(high, bytes >> 4);
            (Vector128.LoadUnsafe(ref to, (nuint)i) ^ product).StoreUnsafe(ref to, (nuint)i);
        }

        return i;
    }

    private static byte[] Powers()
    {
        var powers = new byte[2 * Order];
        for (var (i, value) = (0, 1); i < powers.Length; i++)
        {
            powers[i] = (byte)value;
            value <<= 1;
            value = value > Order ? value ^ Polynomial : value;
        }

        return powers;
    }

    private static byte[] Logarithms()
    {
        var logarithms = new byte[Order + 1];
        for (var i = 0; i < Order; i++)
        {
            logarithms[s_powers[i]] = (byte)i;
        }

        return logarithms;
    }

    private static byte[] Products()
    {
        var products = new byte[(Order + 1) * 2 * Nibbles];
        for (var i = 0; i < products.Length; i++)
        {
            var nibble = i % Nibbles;
            products[i] = Multiply((byte)(i / (2 * Nibbles)), (byte)(i / Nibbles % 2 == 0 ? nibble : nibble << 4));
        }

        return products;
    }
}
