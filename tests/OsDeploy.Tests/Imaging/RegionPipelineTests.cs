using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Imaging;
using Xunit;

namespace OsDeploy.Tests.Imaging;

public sealed class RegionPipelineTests
{
    private const int ChunkSize = 4096;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_restored_region_holds_every_used_byte_whatever_the_target_held() => Seeded.CasesAsync(60, async random =>
    {
        var store = new MemoryChunkStore();
        var (source, used, index) = await CapturedAsync(random, store);
        using var target = TargetLike(source, random);
        var region = new TargetRegion(target, 0, index, null);
        using var workers = new WorkerPool(ChunkSize);

        await RestoreAsync(region, store, workers);

        for (var i = 0; i < used.Runs.Length; i++)
        {
            var run = used.Runs[i];
            Assert.True(source.AsSpan((int)run.Start, (int)run.Length).SequenceEqual(target.Content.AsSpan((int)run.Start, (int)run.Length)));
        }
    });

    [Fact]
    public Task A_second_restore_finds_nothing_to_fetch_or_write() => Seeded.CasesAsync(20, async random =>
    {
        var store = new MemoryChunkStore();
        var (source, _, index) = await CapturedAsync(random, store);
        using var target = TargetLike(source, random);
        using var workers = new WorkerPool(ChunkSize);
        await RestoreAsync(new TargetRegion(target, 0, index, null), store, workers);
        var (reads, writes) = (store.Reads, target.Writes);

        var writer = await RestoreAsync(new TargetRegion(target, 0, index, null), store, workers);

        Assert.Equal((reads, writes, 0, 0), (store.Reads, target.Writes, writer.FetchedBytes, writer.WrittenBytes));
    });

    [Fact]
    public async Task Capturing_the_same_region_again_stores_nothing()
    {
        var store = new MemoryChunkStore();
        var random = new Random(Seeded.Seed);
        var (source, used, first) = await CapturedAsync(random, store);
        using var disk = new MemoryDisk(source.Length);
        disk.Fill(source);
        using var workers = new WorkerPool(ChunkSize);
        var capture = new RegionCapture(store, workers, ChunkSize, new JobProgress());

        var second = await capture.RunAsync(new RegionReader(disk, 0, used), source.Length, used, new Meter(), Cancel);

        Assert.Equal((0, 0), (capture.NewChunks, capture.StoredBytes));
        Assert.Equal(first.ToBytes(), second.ToBytes());
    }

    [Theory]
    [InlineData("bit")]
    [InlineData("other chunk")]
    [InlineData("short")]
    [InlineData("empty")]
    public async Task A_wrong_frame_is_reported_and_not_a_byte_of_it_reaches_the_disk(string damage)
    {
        var store = new MemoryChunkStore();
        var source = new byte[20 * ChunkSize];
        new Random(Seeded.Seed).NextBytes(source);
        var index = await CaptureAsync(source, RangeSet.Of(new ByteRange(0, source.Length)), store);
        var victim = index.ChunkList.First(chunk => chunk.Id is not null);
        var other = index.ChunkList.Last(chunk => chunk.Id is not null && chunk.Id != victim.Id).Id!.Value;
        var frame = store.Frames[victim.Id!.Value];
        store.Frames[victim.Id.Value] = damage switch
        {
            "bit" => [.. frame.Select((octet, i) => i == frame.Length / 2 ? (byte)(octet ^ 4) : octet)],
            "other chunk" => store.Frames[other],
            "short" => frame[..^1],
            _ => [],
        };
        using var target = new MemoryDisk(source.Length);
        using var workers = new WorkerPool(ChunkSize);
        var region = new TargetRegion(target, 0, index, null);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => RestoreAsync(region, store, workers));

        Assert.Equal("chunk-damaged", error.Code);
        Assert.Contains(victim.Id.Value, store.Damaged);
        var place = region.Index.RangeOf(victim.Number);
        Assert.False(target.Content.AsSpan((int)place.Start, (int)place.Length).ContainsAnyExcept((byte)0));
    }

    [Fact]
    public async Task A_region_that_holds_next_to_nothing_right_is_streamed_without_comparing_it_all()
    {
        var store = new MemoryChunkStore();
        var content = new byte[400 * ChunkSize];
        new Random(5).NextBytes(content);
        var index = await CaptureAsync(content, RangeSet.Of(new ByteRange(0, content.Length)), store);
        using var target = new MemoryDisk(content.Length);
        using var workers = new WorkerPool(ChunkSize);
        var compare = new RegionCompare(workers, new JobProgress());
        var region = new TargetRegion(target, 0, index, null);

        await compare.RunAsync(region, always: false, new Meter(), Cancel);

        Assert.True(region.IsStreamed);
        Assert.Equal(400, region.Differing.Count);
    }

    [Fact]
    public async Task An_interrupted_restore_is_always_compared()
    {
        var store = new MemoryChunkStore();
        var content = new byte[400 * ChunkSize];
        new Random(5).NextBytes(content);
        var index = await CaptureAsync(content, RangeSet.Of(new ByteRange(0, content.Length)), store);
        using var target = new MemoryDisk(content.Length);
        target.Fill(content.AsSpan(0, 8 * ChunkSize));
        using var workers = new WorkerPool(ChunkSize);
        var region = new TargetRegion(target, 0, index, null);

        await new RegionCompare(workers, new JobProgress()).RunAsync(region, always: true, new Meter(), Cancel);

        Assert.Equal(Enumerable.Range(8, 392), region.Differing.Select(chunk => (int)chunk.Number));
    }

    [Fact]
    public async Task Nothing_is_written_behind_the_end_of_a_partition_that_ends_inside_a_chunk()
    {
        var store = new MemoryChunkStore();
        var content = new byte[(3 * ChunkSize) + 512];
        new Random(6).NextBytes(content);
        var index = await CaptureAsync(content, RangeSet.Of(new ByteRange(0, content.Length)), store);
        using var target = new MemoryDisk(content.Length + ChunkSize);
        target.Fill(Enumerable.Repeat((byte)0xA5, content.Length + ChunkSize).ToArray());
        using var workers = new WorkerPool(ChunkSize);

        await RestoreAsync(new TargetRegion(target, 0, index, null), store, workers);

        Assert.Equal(content, target.Content[..content.Length]);
        Assert.True(target.Content.AsSpan(content.Length).IndexOfAnyExcept((byte)0xA5) < 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sector_of_the_target_that_cannot_be_read_is_written_anew(bool isZeroThere)
    {
        var store = new MemoryChunkStore();
        var content = new byte[20 * ChunkSize];
        new Random(7).NextBytes(content);
        content.AsSpan(10 * ChunkSize, isZeroThere ? ChunkSize : 0).Clear();
        var index = await CaptureAsync(content, RangeSet.Of(new ByteRange(0, content.Length)), store);
        using var target = new MemoryDisk(content.Length);
        target.Fill(content);
        target.BadOffsets.Add((10 * ChunkSize) + 700);
        using var workers = new WorkerPool(ChunkSize);

        await RestoreAsync(new TargetRegion(target, 0, index, null), store, workers);

        Assert.Empty(target.BadOffsets);
        Assert.Equal(1, target.Writes);
        Assert.Equal(content, target.Content);
    }

    private static async Task<(byte[] Source, RangeSet Used, RegionIndex Index)> CapturedAsync(Random random, MemoryChunkStore store)
    {
        var source = new byte[random.Next(10, 100) * 512];
        random.NextBytes(source);
        source.AsSpan(random.Next(source.Length / 2), source.Length / 3).Clear();
        var used = RangeSet.Of(new ByteRange(0, 4096)).Union(RegionReaderTests.RandomUsed(random, source.Length));
        return (source, used, await CaptureAsync(source, used, store));
    }

    private static async Task<RegionIndex> CaptureAsync(byte[] source, RangeSet used, MemoryChunkStore store)
    {
        using var disk = new MemoryDisk(source.Length);
        disk.Fill(source);
        using var workers = new WorkerPool(ChunkSize);
        var capture = new RegionCapture(store, workers, ChunkSize, new JobProgress());
        var index = await capture.RunAsync(new RegionReader(disk, 0, used), source.Length, used, new Meter(), Cancel);
        return RegionIndex.Parse(index.ToBytes());
    }

    private static MemoryDisk TargetLike(byte[] source, Random random)
    {
        var target = new MemoryDisk(source.Length);
        var content = (byte[])source.Clone();
        switch (random.Next(3))
        {
            case 0:
                Array.Fill(content, (byte)0xA5);
                break;
            case 1:
                random.NextBytes(content.AsSpan(random.Next(content.Length)));
                break;
            default:
                Array.Clear(content);
                break;
        }

        target.Fill(content);
        return target;
    }

    private static async Task<RegionWriter> RestoreAsync(TargetRegion region, IChunkStore store, WorkerPool workers)
    {
        var progress = new JobProgress();
        await new RegionCompare(workers, progress).RunAsync(region, always: false, new Meter(), Cancel);
        var writer = new RegionWriter(store, workers, progress);
        await writer.RunAsync(region, region.Differing, new Meter(), Cancel);
        return writer;
    }
}
