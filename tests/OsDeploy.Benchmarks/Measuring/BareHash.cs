using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using OsDeploy.Images;

namespace OsDeploy.Benchmarks.Measuring;

/// <summary>
/// The least a compare can do: read ranges in pieces of 256 KiB and hash each, on two threads. It is the limit that "nothing to
/// do" is held against, and the proof that a restore wrote the right bytes.
/// </summary>
internal static class BareHash
{
    private const int PieceSize = 256 << 10;
    private const int Threads = 2;

    /// <returns>One digest over the digests of all pieces, in their order.</returns>
    public static string Of(string file, RangeSet ranges, CancellationToken cancel)
    {
        using var handle = File.OpenHandle(file, options: FileOptions.SequentialScan);
        var end = ranges.Runs.IsEmpty ? 0 : ranges.Runs[^1].End;
        var digests = new byte[(end + PieceSize - 1) / PieceSize][];
        using var buffers = new ThreadLocal<byte[]>(() => new byte[PieceSize]);
        // Unbuffered: both threads take the next piece, so that the disk is read in order.
        var pieces = Partitioner.Create(Enumerable.Range(0, digests.Length), EnumerablePartitionerOptions.NoBuffering);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = cancel };
        Parallel.ForEach(pieces, options, number =>
        {
            var filled = 0;
            foreach (var run in ranges.Within(new ByteRange((long)number * PieceSize, PieceSize)))
            {
                var part = buffers.Value.AsSpan(filled, (int)run.Length);
                ReadExactly(handle, part, run.Start);
                filled += part.Length;
            }

            digests[number] = SHA256.HashData(buffers.Value.AsSpan(0, filled));
        });
        return Convert.ToHexStringLower(SHA256.HashData(digests.SelectMany(digest => digest).ToArray()));
    }

    private static void ReadExactly(SafeFileHandle handle, Span<byte> buffer, long position)
    {
        while (buffer.Length > 0)
        {
            var read = RandomAccess.Read(handle, buffer, position);
            if (read == 0)
            {
                throw new EndOfStreamException();
            }

            buffer = buffer[read..];
            position += read;
        }
    }
}
