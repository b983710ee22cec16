using System.Buffers.Binary;
using OsDeploy.Chunks;

namespace OsDeploy.Images;

/// <summary>One chunk of a region: where it lies and what must be there.</summary>
/// <param name="Number">Position in the region in chunks.</param>
/// <param name="Id">Null for a chunk whose used bytes are all zero: it is compared and written, never stored.</param>
public readonly record struct RegionChunk(long Number, ChunkId? Id);

/// <summary>
/// What one captured region (a partition, or a disk's head) holds: its used bytes and, for each chunk that meets them,
/// the chunk id or "zero". The bytes of <see cref="ToBytes"/> are an index object, named by their SHA-256
/// (Chunks/FORMAT.md section 4).
/// </summary>
public sealed class RegionIndex
{
    private const int HeaderLength = 32;
    private static readonly byte[] s_magic = "OSDINDX1"u8.ToArray();

    private readonly RegionChunk[] _chunks;

    /// <param name="chunkSize">Bytes per chunk; a power of two from 4 KiB to <see cref="ChunkCodec.MaxContentLength"/>.</param>
    /// <param name="length">Bytes of the region.</param>
    /// <param name="used">Bytes that are compared and restored; all others are free.</param>
    /// <param name="chunks">One per chunk that meets <paramref name="used"/>, ascending. An array is kept, not copied: there may be millions.</param>
    /// <exception cref="FormatException">The parts do not fit together.</exception>
    public RegionIndex(int chunkSize, long length, RangeSet used, IReadOnlyList<RegionChunk> chunks)
    {
        (ChunkSize, Length, Used, _chunks) = (chunkSize, length, used, chunks as RegionChunk[] ?? [.. chunks]);
        Require(chunkSize is >= 4096 and <= ChunkCodec.MaxContentLength && int.IsPow2(chunkSize), "chunk size");
        Require(length >= 0, "region length");
        Require(used.Runs.IsEmpty || (used.Runs[0].Start >= 0 && used.Runs[^1].End <= length), "used bytes lie outside the region");
        var expected = 0;
        foreach (var number in ChunkNumbers(chunkSize, used))
        {
            Require(expected < _chunks.Length && _chunks[expected++].Number == number, "chunk list does not follow the used bytes");
        }

        Require(expected == _chunks.Length, "chunk list is longer than the used bytes");
    }

    public int ChunkSize { get; }

    public long Length { get; }

    public RangeSet Used { get; }

    public ReadOnlySpan<RegionChunk> Chunks => _chunks;

    public IReadOnlyList<RegionChunk> ChunkList => _chunks;

    /// <summary>The chunks that meet <paramref name="used"/>, ascending, each once.</summary>
    public static IEnumerable<long> ChunkNumbers(int chunkSize, RangeSet used)
    {
        var next = 0L;
        for (var i = 0; i < used.Runs.Length; i++)
        {
            var (first, last) = (used.Runs[i].Start / chunkSize, (used.Runs[i].End - 1) / chunkSize);
            for (var number = Math.Max(first, next); number <= last; number++)
            {
                yield return number;
            }

            next = Math.Max(next, last + 1);
        }
    }

    /// <summary>The bytes of the region that a chunk covers; shorter than the chunk size at the region's end.</summary>
    public ByteRange RangeOf(long number) =>
        ByteRange.Between(number * ChunkSize, Math.Min((number + 1) * ChunkSize, Length));

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        Span<byte> header = stackalloc byte[HeaderLength];
        s_magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], ChunkSize);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], Used.Runs.Length);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], _chunks.Length);
        bytes.Write(header);
        var position = 0L;
        foreach (var run in Used.Runs)
        {
            WriteVarint(bytes, run.Start - position);
            WriteVarint(bytes, run.Length);
            position = run.End;
        }

        var zero = new byte[(_chunks.Length + 7) / 8];
        for (var i = 0; i < _chunks.Length; i++)
        {
            zero[i / 8] |= (byte)(_chunks[i].Id is null ? 1 << (i % 8) : 0);
        }

        bytes.Write(zero);
        Span<byte> id = stackalloc byte[ChunkId.Size];
        foreach (var chunk in _chunks)
        {
            if (chunk.Id is { } known)
            {
                known.CopyTo(id);
                bytes.Write(id);
            }
        }

        return bytes.ToArray();
    }

    /// <exception cref="FormatException">Not an index object, or one that contradicts itself.</exception>
    public static RegionIndex Parse(ReadOnlySpan<byte> bytes)
    {
        Require(bytes.Length >= HeaderLength && bytes[..8].SequenceEqual(s_magic), "not an index object of this format");
        var chunkSize = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        var runCount = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        var length = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]);
        var chunkCount = BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]);
        var rest = bytes[HeaderLength..];

        // A run takes two bytes at least and eight chunks one byte: counts beyond that are lies, found before allocating.
        Require(runCount >= 0 && runCount <= rest.Length / 2, "run count");
        Require(chunkCount >= 0 && chunkCount / 8 <= rest.Length, "chunk count");
        Require(chunkSize is >= 4096 and <= ChunkCodec.MaxContentLength && int.IsPow2(chunkSize), "chunk size");
        var runs = ParseRuns(ref rest, runCount, length);
        var index = new RegionIndex(chunkSize, length, runs, ParseChunks(rest, chunkSize, chunkCount, runs));
        Require(index.ToBytes().AsSpan().SequenceEqual(bytes), "not written in its one form");
        return index;
    }

    private static RangeSet ParseRuns(ref ReadOnlySpan<byte> rest, int count, long length)
    {
        var runs = new ByteRange[count];
        var position = 0L;
        for (var i = 0; i < count; i++)
        {
            var (gap, run) = (ReadVarint(ref rest), ReadVarint(ref rest));
            Require((gap > 0 || i == 0) && run > 0 && gap <= length - position && run <= length - position - gap, "runs");
            runs[i] = new ByteRange(position + gap, run);
            position = runs[i].End;
        }

        return RangeSet.Of(runs);
    }

    private static RegionChunk[] ParseChunks(ReadOnlySpan<byte> rest, int chunkSize, int count, RangeSet used)
    {
        var zero = rest[..Math.Min(rest.Length, (count + 7) / 8)];
        Require(zero.Length == (count + 7) / 8, "ends early");
        var ids = rest[zero.Length..];
        var chunks = new RegionChunk[count];
        var i = 0;
        foreach (var number in ChunkNumbers(chunkSize, used))
        {
            Require(i < count, "chunk count");
            if ((zero[i / 8] & (1 << (i % 8))) != 0)
            {
                chunks[i++] = new RegionChunk(number, null);
                continue;
            }

            Require(ids.Length >= ChunkId.Size, "ends early");
            chunks[i++] = new RegionChunk(number, new ChunkId(ids[..ChunkId.Size]));
            ids = ids[ChunkId.Size..];
        }

        Require(i == count && ids.IsEmpty, "bytes behind its end");
        return chunks;
    }

    // Unsigned LEB128, at most nine bytes: lengths are below 2^63.
    private static void WriteVarint(MemoryStream bytes, long value)
    {
        while (value >= 0x80)
        {
            bytes.WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        bytes.WriteByte((byte)value);
    }

    private static long ReadVarint(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0L;
        for (var i = 0; i < 9; i++)
        {
            Require(i < bytes.Length, "ends early");
            value |= (long)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return value;
            }
        }

        throw new FormatException("Index object: a number is too long.");
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new FormatException("Index object: " + what + ".");
        }
    }
}
