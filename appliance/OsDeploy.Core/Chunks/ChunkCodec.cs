using System.Security.Cryptography;

namespace OsDeploy.Chunks;

/// <summary>
/// Turns chunk content into the frame that stores keep, and back. One per worker: it owns native contexts and is not
/// safe for two threads at once.
/// </summary>
public sealed class ChunkCodec : IDisposable
{
    /// <summary>Largest content a chunk may have. A format limit: it bounds what a hostile frame can make us allocate.</summary>
    public const int MaxContentLength = 4 << 20;

    private readonly int _level;
    private readonly byte[] _check;
    private nint _compressor;
    private nint _decompressor;

    /// <param name="maxContentLength">Chunk size of the image, at most <see cref="MaxContentLength"/>.</param>
    /// <param name="level">zstd level; 1 unless an operator asked for more.</param>
    public ChunkCodec(int maxContentLength, int level = 1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxContentLength, MaxContentLength);
        _level = level;
        _check = new byte[maxContentLength];
        _compressor = Zstd.ZSTD_createCCtx();
        _decompressor = Zstd.ZSTD_createDCtx();
        if (_compressor == 0 || _decompressor == 0)
        {
            throw new InsufficientMemoryException("libzstd has no memory for a context.");
        }
    }

    /// <summary>Room that <see cref="Encode"/> and <see cref="IChunkStore.ReadAsync"/> need for content of this length.</summary>
    public static int MaxFrameLength(int contentLength) => checked((int)Zstd.ZSTD_compressBound((nuint)contentLength));

    /// <summary>
    /// Compresses and proves at once, while the content is still in memory, that the frame decompresses to the same
    /// bytes (encoder faults and bad memory have damaged archives of other tools before).
    /// </summary>
    /// <returns>Length of the frame.</returns>
    public unsafe int Encode(ReadOnlySpan<byte> content, Span<byte> frame)
    {
        nuint length;
        fixed (byte* source = content, destination = frame)
        {
            length = Zstd.ZSTD_compressCCtx(_compressor, destination, (nuint)frame.Length, source, (nuint)content.Length, _level);
        }

        if (Zstd.ZSTD_isError(length) != 0)
        {
            throw new InvalidOperationException("libzstd refused to compress a chunk.");
        }

        var encoded = checked((int)length);
        if (!TryDecompress(frame[..encoded], _check.AsSpan(0, content.Length)) || !content.SequenceEqual(_check.AsSpan(0, content.Length)))
        {
            throw Errors.MemorySuspect();
        }

        return encoded;
    }

    /// <summary>Decompresses a frame whose source is not trusted.</summary>
    /// <param name="content">Exactly as long as the chunk's content; holds rubbish unless this returns true.</param>
    /// <returns>True only if the content's SHA-256 is <paramref name="id"/>.</returns>
    public bool TryDecode(ChunkId id, ReadOnlySpan<byte> frame, Span<byte> content)
    {
        if (!TryDecompress(frame, content))
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[ChunkId.Size];
        SHA256.HashData(content, hash);
        return new ChunkId(hash) == id;
    }

    /// <summary>As <see cref="TryDecode"/>, for a reader that does not know the content's length (an upload, a check).</summary>
    /// <returns>Length of the content, or -1 if the frame is not this chunk.</returns>
    public unsafe int Verify(ChunkId id, ReadOnlySpan<byte> frame)
    {
        ulong length;
        fixed (byte* source = frame)
        {
            length = Zstd.ZSTD_getFrameContentSize(source, (nuint)frame.Length);
        }

        return length > 0 && length <= (ulong)_check.Length && TryDecode(id, frame, _check.AsSpan(0, (int)length)) ? (int)length : -1;
    }

    public void Dispose()
    {
        _ = Zstd.ZSTD_freeCCtx(_compressor);
        _ = Zstd.ZSTD_freeDCtx(_decompressor);
        _compressor = 0;
        _decompressor = 0;
        GC.SuppressFinalize(this);
    }

    ~ChunkCodec() => Dispose();

    // A frame must be one frame, nothing behind it and no empty blocks that swell it: two stores must not differ in bytes that
    // nobody checks, and a reader has room for the longest frame its chunks can have and no more.
    private unsafe bool TryDecompress(ReadOnlySpan<byte> frame, Span<byte> content)
    {
        fixed (byte* source = frame, destination = content)
        {
            var length = (nuint)frame.Length;
            return frame.Length <= MaxFrameLength(content.Length)
                && Zstd.ZSTD_findFrameCompressedSize(source, length) == length
                && Zstd.ZSTD_getFrameContentSize(source, length) == (ulong)content.Length
                && Zstd.ZSTD_decompressDCtx(_decompressor, destination, (nuint)content.Length, source, length) == (nuint)content.Length;
        }
    }
}
