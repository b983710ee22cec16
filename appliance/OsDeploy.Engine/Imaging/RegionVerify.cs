using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>Reads back from the medium, after a flush and past the page cache, what a restore wrote.</summary>
internal sealed class RegionVerify(WorkerPool workers, JobProgress progress)
{
    private const int SampleEvery = 50;

    /// <summary>Chunks to read back: for <see cref="VerifyMode.Sample"/> the region's first chunk and 2 % of the written ones.</summary>
    public static IReadOnlyList<RegionChunk> Choose(TargetRegion region, VerifyMode mode) => mode switch
    {
        VerifyMode.None => [],
        VerifyMode.All => region.Index.ChunkList,
        _ when region.Differing.Count == 0 => [],
        _ => [.. region.Index.ChunkList.Take(1).Concat(region.Differing.Where((_, i) => i % SampleEvery == SampleEvery / 2)).Distinct().OrderBy(chunk => chunk.Number)],
    };

    /// <returns>Bytes read back.</returns>
    /// <exception cref="UserErrorException"><c>verify-failed</c></exception>
    public async Task<long> RunAsync(TargetRegion region, IReadOnlyList<RegionChunk> chunks, Meter meter, CancellationToken cancel)
    {
        foreach (var window in ChunkWindow.Over(chunks, region.Index.ChunkSize))
        {
            var (first, last) = (region.Index.RangeOf(chunks[window.First].Number), region.Index.RangeOf(chunks[window.First + window.Count - 1].Number));
            region.Disk.DropCache(region.Offset + first.Start, last.End - first.Start);
        }

        var compare = new RegionCompare(workers, progress);
        var differs = await compare.CompareAsync(region, chunks, meter, cancel);
        var wrong = Array.IndexOf(differs, true);
        return wrong < 0
            ? compare.ComparedBytes
            : throw ImagingErrors.VerifyFailed(region.Disk.Path, region.Offset + region.Index.RangeOf(chunks[wrong].Number).Start);
    }
}
