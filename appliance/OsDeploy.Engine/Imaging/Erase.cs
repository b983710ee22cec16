using OsDeploy.Disks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <param name="WrittenBytes">Bytes overwritten with zero; ranges that were zero already are only read.</param>
public sealed record EraseReport(string Disk, long Bytes, long WrittenBytes, IReadOnlyList<PhaseTime> Phases);

/// <summary>Overwrites a whole disk with zeros and reads a sample back. There is no way back: no commit point, it is destroyed from the first write on.</summary>
public sealed class Erase(JobProgress progress)
{
    private const int PieceLength = ChunkWindow.Bytes;
    private static readonly byte[] s_zero = new byte[PieceLength];

    /// <exception cref="UserErrorException">A refusal (in use, removable, read-only), or what stopped it.</exception>
    public async Task<EraseReport> RunAsync(string disk, bool allowRemovable, CancellationToken cancel)
    {
        progress.Begin("preflight", 0);
        var identity = await DiskInspector.IdentifyAsync(disk, cancel);
        if (TargetChecks.FindForAnyWrite(identity, allowRemovable) is [var refusal, ..])
        {
            throw refusal;
        }

        using var target = DiskFile.OpenWrite(identity);
        using var workers = new WorkerPool(Capture.ChunkSize);
        try
        {
            var written = await OverwriteAsync(target, workers, cancel);
            await VerifyAsync(target, workers, cancel);
            progress.End();
            return new EraseReport(identity.Path, target.Size, written, progress.Phases);
        }
        catch (IOException e)
        {
            throw ImagingErrors.WriteRefused(identity.Path, e);
        }
    }

    private async Task<long> OverwriteAsync(DiskFile target, WorkerPool workers, CancellationToken cancel)
    {
        // Both copies of the table go first and for good: a disk erased half-way must not start.
        var written = 0L;
        target.Write(0, s_zero.AsSpan(0, (int)Math.Min(PieceLength, target.Size)));
        target.Write(target.Size - target.SectorSize, s_zero.AsSpan(0, target.SectorSize));
        target.Flush();
        var meter = progress.Begin("erase", target.Size);
        await workers.RunAsync(Pieces(target.Size), (piece, buffers, _) =>
        {
            if (!IsZero(target, piece, buffers))
            {
                target.Write(piece.Start, s_zero.AsSpan(0, (int)piece.Length));
                Interlocked.Add(ref written, piece.Length);
            }

            meter.Add(piece.Length);
            return ValueTask.CompletedTask;
        }, cancel);
        progress.Begin("flush", 0);
        target.Flush();
        return written;
    }

    private async Task VerifyAsync(DiskFile target, WorkerPool workers, CancellationToken cancel)
    {
        const int SampleEvery = 50;
        var sample = Pieces(target.Size).Where((_, i) => i % SampleEvery == 0).ToList();
        var meter = progress.Begin("verify", sample.Sum(piece => piece.Length));
        await workers.RunAsync(sample, (piece, buffers, _) =>
        {
            target.DropCache(piece.Start, piece.Length);
            if (!IsZero(target, piece, buffers))
            {
                throw ImagingErrors.VerifyFailed(target.Path, piece.Start);
            }

            meter.Add(piece.Length);
            return ValueTask.CompletedTask;
        }, cancel);
    }

    private static bool IsZero(DiskFile target, ByteRange piece, WorkerBuffers buffers)
    {
        var content = buffers.Content.Span[..(int)piece.Length];
        try
        {
            target.Read(piece.Start, content);
        }
        catch (IOException)
        {
            return false; // writing to it is all that can help
        }

        return !content.ContainsAnyExcept((byte)0);
    }

    private static IEnumerable<ByteRange> Pieces(long size)
    {
        for (var start = 0L; start < size; start += PieceLength)
        {
            yield return ByteRange.Between(start, Math.Min(start + PieceLength, size));
        }
    }
}
