using Microsoft.Win32.SafeHandles;

namespace OsDeploy.Chunks.Folder;

/// <summary>
/// Finds the chunks of a pack that has no index (its capture was killed) or a damaged one. Only frames that decode to
/// their id count, so whatever a crash left behind the last good record is never taken for a chunk.
/// </summary>
internal sealed class PackScan : IDisposable
{
    private readonly ChunkCodec _codec = new(ChunkCodec.MaxContentLength);
    private readonly byte[] _frame = new byte[PackFormat.MaxFrameLength];

    /// <returns>The first good record of each id, in file order.</returns>
    /// <exception cref="IOException">The disk cannot read it.</exception>
    public List<PackEntry> Run(SafeFileHandle pack)
    {
        var found = new List<PackEntry>();
        var seen = new HashSet<ChunkId>();
        var header = new byte[PackFormat.RecordHeaderLength];
        var length = Math.Min(RandomAccess.GetLength(pack), int.MaxValue);
        if (FullRead.At(pack, header.AsSpan(0, PackFormat.HeaderLength), 0) < PackFormat.HeaderLength
            || !header.AsSpan(0, PackFormat.HeaderLength).SequenceEqual(PackFormat.Header))
        {
            return found;
        }

        for (long position = PackFormat.HeaderLength; position + header.Length < length;)
        {
            if (FullRead.At(pack, header, position) < header.Length)
            {
                break;
            }

            var (id, frameLength) = PackFormat.ParseRecordHeader(header);
            position += header.Length;
            if (frameLength <= 0 || frameLength > PackFormat.MaxFrameLength || frameLength > length - position)
            {
                break;
            }

            if (IsChunk(pack, id, position, frameLength) && seen.Add(id))
            {
                found.Add(new PackEntry(id, (int)position, frameLength));
            }

            position += frameLength;
        }

        return found;
    }

    public void Dispose() => _codec.Dispose();

    private bool IsChunk(SafeFileHandle pack, ChunkId id, long position, int length) =>
        FullRead.At(pack, _frame.AsSpan(0, length), position) == length && _codec.Verify(id, _frame.AsSpan(0, length)) > 0;
}
