using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace OsDeploy.Chunks.Folder;

/// <summary>Bytes of a pack (Chunks/FORMAT.md section 3): header, records, index, trailer.</summary>
internal static class PackFormat
{
    public const int HeaderLength = 8;
    public const int RecordHeaderLength = ChunkId.Size + 4;
    public const int EntryLength = ChunkId.Size + 8;
    public const int TrailerLength = 48;

    private const int HashLength = SHA256.HashSizeInBytes;

    // One read of this size fetches the whole index of most packs.
    private const int UsualTail = 64 << 10;

    public static int MaxFrameLength { get; } = ChunkCodec.MaxFrameLength(ChunkCodec.MaxContentLength);

    public static ReadOnlySpan<byte> Header => "OSDPACK1"u8;

    private static ReadOnlySpan<byte> TrailerMagic => "OSDPEND1"u8;

    public static byte[] RecordHeader(ChunkId id, int frameLength)
    {
        var header = new byte[RecordHeaderLength];
        id.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(ChunkId.Size), frameLength);
        return header;
    }

    public static (ChunkId Id, int FrameLength) ParseRecordHeader(ReadOnlySpan<byte> header) =>
        (new ChunkId(header[..ChunkId.Size]), BinaryPrimitives.ReadInt32LittleEndian(header[ChunkId.Size..]));

    /// <summary>Index and trailer of a pack whose records end at <paramref name="recordsEnd"/>.</summary>
    public static byte[] Tail(IEnumerable<PackEntry> entries, int recordsEnd)
    {
        var sorted = entries.OrderBy(entry => entry.Id).ToArray();
        var tail = new byte[(sorted.Length * EntryLength) + TrailerLength];
        var rest = tail.AsSpan();
        foreach (var entry in sorted)
        {
            entry.Id.CopyTo(rest);
            BinaryPrimitives.WriteInt32LittleEndian(rest[ChunkId.Size..], entry.Offset);
            BinaryPrimitives.WriteInt32LittleEndian(rest[(ChunkId.Size + 4)..], entry.Length);
            rest = rest[EntryLength..];
        }

        BinaryPrimitives.WriteInt32LittleEndian(rest, sorted.Length);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], recordsEnd);
        SHA256.HashData(tail.AsSpan(0, tail.Length - HashLength - TrailerMagic.Length), rest[8..]);
        TrailerMagic.CopyTo(rest[(8 + HashLength)..]);
        return tail;
    }

    /// <summary>The index of a sealed pack; null if any byte of it, or the pack's length, is not as it was sealed.</summary>
    /// <exception cref="IOException">The disk cannot read it.</exception>
    public static PackEntry[]? TryReadIndex(SafeFileHandle pack)
    {
        var length = RandomAccess.GetLength(pack);
        if (length is < HeaderLength + TrailerLength or > int.MaxValue)
        {
            return null;
        }

        var tail = ReadAt(pack, Math.Max(0, length - UsualTail), (int)Math.Min(length, UsualTail));
        var trailer = tail.AsSpan(tail.Length - TrailerLength);
        var (count, recordsEnd) = (BinaryPrimitives.ReadInt32LittleEndian(trailer), BinaryPrimitives.ReadInt32LittleEndian(trailer[4..]));
        var isPlausible = trailer.EndsWith(TrailerMagic) && count >= 0 && recordsEnd >= HeaderLength
            && recordsEnd + ((long)count * EntryLength) + TrailerLength == length;
        if (!isPlausible)
        {
            return null;
        }

        var wanted = (int)length - recordsEnd;
        return TryParseTail(wanted <= tail.Length ? tail.AsSpan(tail.Length - wanted) : ReadAt(pack, recordsEnd, wanted), count, recordsEnd);
    }

    private static PackEntry[]? TryParseTail(ReadOnlySpan<byte> tail, int count, int recordsEnd)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        SHA256.HashData(tail[..^(HashLength + TrailerMagic.Length)], hash);
        if (!hash.SequenceEqual(tail[^(HashLength + TrailerMagic.Length)..^TrailerMagic.Length]))
        {
            return null;
        }

        var entries = new PackEntry[count];
        for (var i = 0; i < count; i++)
        {
            var bytes = tail[(i * EntryLength)..];
            entries[i] = new PackEntry(
                new ChunkId(bytes[..ChunkId.Size]),
                BinaryPrimitives.ReadInt32LittleEndian(bytes[ChunkId.Size..]),
                BinaryPrimitives.ReadInt32LittleEndian(bytes[(ChunkId.Size + 4)..]));
            var isSound = entries[i].Offset >= HeaderLength + RecordHeaderLength && entries[i].Length > 0
                && entries[i].Length <= MaxFrameLength && entries[i].Offset <= recordsEnd - entries[i].Length
                && (i == 0 || entries[i - 1].Id < entries[i].Id);
            if (!isSound)
            {
                return null;
            }
        }

        return entries;
    }

    private static byte[] ReadAt(SafeFileHandle file, long offset, int length)
    {
        var bytes = new byte[length];
        return FullRead.At(file, bytes, offset) == length ? bytes : throw new EndOfStreamException("The file became shorter.");
    }
}
