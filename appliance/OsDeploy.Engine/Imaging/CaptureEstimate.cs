using OsDeploy.Chunks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>
/// How much a capture will add to its store, from a sample: a spread of windows goes through the whole pipeline and is dropped at its end.
/// </summary>
internal static class CaptureEstimate
{
    private const int SampledWindows = 32;

    /// <returns>Compressed bytes the store lacks, extrapolated.</returns>
    public static async Task<long> RunAsync(IReadOnlyList<SourceRegion> regions, IChunkStore store, WorkerPool workers, int chunkSize, CancellationToken cancel)
    {
        var capture = new RegionCapture(new DroppingStore(store), workers, chunkSize, new JobProgress());
        var windowLength = ChunkWindow.Capacity(chunkSize) * (long)chunkSize;
        var every = Math.Max(1, regions.Sum(region => region.Used.TotalLength) / windowLength / SampledWindows);
        var sampled = 0L;
        foreach (var region in regions)
        {
            var sample = Sample(region, windowLength, every);
            sampled += sample.TotalLength;
            await capture.RunAsync(region.Reader, region.Length, sample, new Meter(), cancel);
        }

        return sampled == 0 ? 0 : (long)(capture.StoredBytes / (double)sampled * regions.Sum(region => region.Used.TotalLength));
    }

    private static RangeSet Sample(SourceRegion region, long windowLength, long every) => RangeSet.Of(
        RegionIndex.ChunkNumbers((int)windowLength, region.Used)
            .Where((_, i) => i % every == every / 2)
            .SelectMany(number => region.Used.Within(new ByteRange(number * windowLength, windowLength))));

    /// <summary>Answers like the store behind it and keeps nothing.</summary>
    private sealed class DroppingStore(IChunkStore store) : IChunkStore
    {
        public string Address => store.Address;

        public ValueTask<bool[]> HasAsync(ReadOnlyMemory<ChunkId> ids, CancellationToken cancel) => store.HasAsync(ids, cancel);

        public ValueTask<int> ReadAsync(ChunkId id, Memory<byte> frame, CancellationToken cancel) => store.ReadAsync(id, frame, cancel);

        public ValueTask<bool> WriteAsync(ChunkId id, ReadOnlyMemory<byte> frame, CancellationToken cancel) => ValueTask.FromResult(true);

        public ValueTask FlushAsync(CancellationToken cancel) => ValueTask.CompletedTask;

        public void Expect(ReadOnlySpan<ChunkId> upcoming) => store.Expect(upcoming);

        public ValueTask ReportDamagedAsync(ChunkId id, CancellationToken cancel) => store.ReportDamagedAsync(id, cancel);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
