using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>Zeroes the free ranges of a restored partition (<c>--wipe-free</c>), so that nothing of the disk's earlier life remains in it.</summary>
internal sealed class FreeSpaceWiper(WorkerPool workers, int chunkSize)
{
    private static readonly byte[] s_zero = new byte[ChunkWindow.Bytes];

    /// <summary>Free ranges of the region and the room it grows into. To be wiped before growing: a grown file system uses them.</summary>
    public static RangeSet FreeRanges(TargetRegion region) => region.Index.Used.Gaps(new ByteRange(0, region.Placed?.Length ?? 0));

    /// <summary>Reads first: ranges that are zero already are not written, which spares flash and keeps sparse files sparse.</summary>
    public Task RunAsync(TargetRegion region, Meter meter, CancellationToken cancel) =>
        workers.RunAsync(Pieces(FreeRanges(region)), (piece, buffers, _) =>
        {
            var content = buffers.Content.Span.Slice(0, (int)piece.Length);
            region.Disk.Read(region.Offset + piece.Start, content);
            if (content.ContainsAnyExcept((byte)0))
            {
                region.Disk.Write(region.Offset + piece.Start, s_zero.AsSpan(0, content.Length));
            }

            meter.Add(piece.Length);
            return ValueTask.CompletedTask;
        }, cancel);

    private IEnumerable<ByteRange> Pieces(RangeSet free)
    {
        var most = ChunkWindow.Capacity(chunkSize) * chunkSize;
        for (var i = 0; i < free.Runs.Length; i++)
        {
            for (var start = free.Runs[i].Start; start < free.Runs[i].End; start += most)
            {
                yield return ByteRange.Between(start, Math.Min(start + most, free.Runs[i].End));
            }
        }
    }
}
