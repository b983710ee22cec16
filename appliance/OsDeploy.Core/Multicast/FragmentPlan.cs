using OsDeploy.Chunks;

namespace OsDeploy.Multicast;

/// <summary>
/// How a frame is cut into fragments of one size, and its fragments into blocks of which each has its own parity. It follows from the frame's
/// length alone, so that both ends come to the same. Fragment i of the content is member i / Blocks of block i % Blocks, and so is parity i.
/// </summary>
/// <param name="FrameLength">Bytes of the frame.</param>
/// <param name="Count">Fragments of content; parity fragments are numbered from here on.</param>
/// <param name="Size">Bytes of a fragment; the last one of the content is shorter, and counts as filled up with zeros.</param>
/// <param name="Blocks">Blocks the fragments are dealt to.</param>
public readonly record struct FragmentPlan(int FrameLength, int Count, int Size, int Blocks)
{
    /// <summary>What fits an Ethernet frame: 1500 bytes less the headers of IPv4 (20), of UDP (8), ours and the seal.</summary>
    public const int MaxSize = 1500 - 20 - 8 - DatagramHeader.Size - DatagramSeal.TagSize;

    /// <summary>Fragments of content in a block.</summary>
    public const int MaxBlock = 176;

    /// <summary>Parity fragments of a block: with its content no more than the 256 elements of the field.</summary>
    public const int MaxParity = 256 - MaxBlock;

    /// <summary>Longest frame of a chunk.</summary>
    public static int MaxFrameLength { get; } = ChunkCodec.MaxFrameLength(ChunkCodec.MaxContentLength);

    /// <exception cref="ArgumentOutOfRangeException">The length is none that a chunk's frame can have.</exception>
    public static FragmentPlan For(int frameLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frameLength, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frameLength, MaxFrameLength);
        var size = Ceiling(frameLength, Ceiling(frameLength, MaxSize));
        var count = Ceiling(frameLength, size); // one fewer, where rounding up had left the last one empty
        return new FragmentPlan(frameLength, count, size, Ceiling(count, MaxBlock));
    }

    /// <summary>Bytes a fragment has on the wire.</summary>
    public int LengthOf(int fragment) => fragment == Count - 1 ? FrameLength - (fragment * Size) : Size;

    public int BlockOf(int fragment) => (fragment < Count ? fragment : fragment - Count) % Blocks;

    /// <summary>Place of a fragment in its block: of its content, or of its parity.</summary>
    public int MemberOf(int fragment) => (fragment < Count ? fragment : fragment - Count) / Blocks;

    /// <summary>Fragments of content in a block.</summary>
    public int ContentOf(int block) => (Count - block + Blocks - 1) / Blocks;

    /// <summary>Whether a fragment of this number can be: content, or parity of a block.</summary>
    public bool Has(int fragment) => fragment >= 0 && fragment < Count + (Blocks * MaxParity);

    private static int Ceiling(int dividend, int divisor) => (dividend + divisor - 1) / divisor;
}
