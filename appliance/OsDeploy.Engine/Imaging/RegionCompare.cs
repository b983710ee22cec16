using System.Diagnostics;
using OsDeploy.Chunks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>Finds which chunks of a region the target already holds. Reads only.</summary>
internal sealed class RegionCompare(WorkerPool workers, JobProgress progress)
{
    private const int SampleSize = 64;
    private const double WorthComparing = 0.05;

    private long _compared;
    private long _equal;

    /// <summary>Used bytes compared so far, and how many of them were right already.</summary>
    public long ComparedBytes => Interlocked.Read(ref _compared);

    public long EqualBytes => Interlocked.Read(ref _equal);

    /// <param name="always">
    /// Compare in full whatever the sample says: a restore was under way here, so what it wrote is right.
    /// </param>
    public async Task RunAsync(TargetRegion region, bool always, Meter meter, CancellationToken cancel)
    {
        if (!always && !await IsWorthComparingAsync(region, cancel))
        {
            (region.Differing, region.IsStreamed) = (region.Index.ChunkList, true);
            meter.Add(region.Index.Used.TotalLength);
            return;
        }

        var differs = await CompareAsync(region, region.Index.ChunkList, meter, cancel);
        region.Differing = [.. region.Index.ChunkList.Where((_, i) => differs[i])];
    }

    /// <summary>Reads chunks back and says which differ: one answer per chunk.</summary>
    public async Task<bool[]> CompareAsync(TargetRegion region, IReadOnlyList<RegionChunk> chunks, Meter meter, CancellationToken cancel)
    {
        var differs = new bool[chunks.Count];
        var chunkSize = region.Index.ChunkSize;
        var reader = region.NewReader();
        await workers.RunAsync(ChunkWindow.Over(chunks, chunkSize), (window, buffers, _) =>
        {
            var used = CompareWindow(region, reader, chunks, window, buffers, differs);
            meter.Add(used);
            return ValueTask.CompletedTask;
        }, cancel);
        return differs;
    }

    private async Task<bool> IsWorthComparingAsync(TargetRegion region, CancellationToken cancel)
    {
        var data = region.Index.ChunkList.Where(chunk => chunk.Id is not null).ToList();
        var sample = Enumerable.Range(0, Math.Min(SampleSize, data.Count))
            .Select(i => data[(int)((long)i * data.Count / Math.Min(SampleSize, data.Count))])
            .ToList();
        var probe = new RegionCompare(workers, progress);
        var differs = await probe.CompareAsync(region, sample, new Meter(), cancel);
        return differs.Count(answer => !answer) >= sample.Count * WorthComparing;
    }

    private long CompareWindow(TargetRegion region, RegionReader reader, IReadOnlyList<RegionChunk> chunks, ChunkWindow window, WorkerBuffers buffers, bool[] differs)
    {
        var chunkSize = region.Index.ChunkSize;
        var (first, last) = (chunks[window.First].Number, chunks[window.First + window.Count - 1].Number);
        var started = Stopwatch.GetTimestamp();
        reader.Read(first * chunkSize, buffers.Content.Span.Slice(0, (int)(last - first + 1) * chunkSize));
        var read = Stopwatch.GetTimestamp();
        progress.DiskTime.Add(read - started);
        var (compared, equal) = (0L, 0L);
        for (var i = window.First; i < window.First + window.Count; i++)
        {
            var content = buffers.Content.Span.Slice((int)(chunks[i].Number - first) * chunkSize, chunkSize);
            differs[i] = (chunks[i].Id is { } id ? ChunkId.Of(content) != id : content.ContainsAnyExcept((byte)0))
                || reader.IsBad(region.Index.RangeOf(chunks[i].Number));
            var used = region.UsedIn(chunks[i]);
            compared += used;
            equal += differs[i] ? 0 : used;
        }

        progress.CpuTime.Add(Stopwatch.GetTimestamp() - read);
        Interlocked.Add(ref _compared, compared);
        Interlocked.Add(ref _equal, equal);
        return compared;
    }
}
