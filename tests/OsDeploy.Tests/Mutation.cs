namespace OsDeploy.Tests;

/// <summary>Damages bytes in the ways parsers fail at: flipped bits, extreme numbers, cuts, copies, insertions.</summary>
internal static class Mutation
{
    private static readonly byte[][] s_extremes =
    [
        [0xFF], [0x7F], [0x80], [0], [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0x80],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
    ];

    public static byte[] Of(byte[] bytes, Random random)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            bytes = Once(bytes, random);
        }

        return bytes;
    }

    private static byte[] Once(byte[] bytes, Random random)
    {
        var (start, end) = (random.Next(bytes.Length + 1), random.Next(bytes.Length + 1));
        (start, end) = (Math.Min(start, end), Math.Max(start, end));
        var copy = (byte[])bytes.Clone();
        switch (random.Next(5))
        {
            case 0 when copy.Length > 0:
                copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
                return copy;
            case 1 when copy.Length > 8:
                s_extremes[random.Next(s_extremes.Length)].CopyTo(copy, random.Next(copy.Length - 8));
                return copy;
            case 2:
                return copy[..start];
            case 3:
                return [.. copy[..start], .. copy[end..]];
            default:
                return [.. copy[..end], .. copy[start..]];
        }
    }
}
