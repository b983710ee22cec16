using OsDeploy.Chunks;
using OsDeploy.Imaging;
using OsDeploy.Tests.Api;
using OsDeploy.Tests.Cli;
using Xunit;

namespace OsDeploy.Tests.Imaging;

public sealed class LimitedStoreTests
{
    private const int Rate = 1_000_000;
    private const int FrameLength = 100_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void What_is_taken_beyond_the_rate_is_waited_for_in_turn()
    {
        var bucket = new TokenBucket(Rate, new ManualClock());

        Assert.Equal(TimeSpan.Zero, bucket.Take(Rate / 4));
        Assert.Equal(TimeSpan.FromSeconds(1), bucket.Take(Rate));
        Assert.Equal(TimeSpan.FromSeconds(1.5), bucket.Take(Rate / 2));
    }

    [Fact]
    public void A_pause_is_worth_a_quarter_of_a_second_and_no_more()
    {
        var clock = new ManualClock();
        var bucket = new TokenBucket(Rate, clock);
        bucket.Take(Rate / 4);
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(TimeSpan.Zero, bucket.Take(Rate / 4));
        Assert.Equal(TimeSpan.FromSeconds(0.1), bucket.Take(Rate / 10));
    }

    [Fact]
    public void A_wrong_guess_is_made_good()
    {
        var bucket = new TokenBucket(Rate, new ManualClock());
        bucket.Take(Rate);
        bucket.GiveBack(Rate - (Rate / 4));
        Assert.Equal(TimeSpan.FromSeconds(0.5), bucket.Take(Rate / 2));

        bucket.GiveBack(-Rate);
        Assert.Equal(TimeSpan.FromSeconds(2), bucket.Take(Rate / 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Chunks_come_at_the_rate_however_many_ask(int readers)
    {
        const int Reads = 200;
        var (time, chunks, id) = (new JumpingTime(), new MemoryChunkStore(), ChunkId.Of([1]));
        chunks.Frames[id] = new byte[FrameLength];
        await using var store = LimitedImageStore.Of(new MemoryImageStore(chunks), Rate, time);

        await Parallel.ForEachAsync(Enumerable.Range(0, Reads), new ParallelOptions { MaxDegreeOfParallelism = readers, CancellationToken = Cancel }, async (_, cancel) =>
            Assert.Equal(FrameLength, await store.Chunks.ReadAsync(id, new byte[FrameLength], cancel)));

        // Time jumps over a wait at once: readers beside each other make it pass for each of them.
        var seconds = time.GetElapsedTime(0).TotalSeconds;
        var least = ((double)Reads * FrameLength / Rate) - 0.25 - 0.1;
        Assert.InRange(seconds, least, readers == 1 ? least + 0.2 : double.MaxValue);
        Assert.Equal(Reads, chunks.Reads);
    }

    [Fact]
    public async Task Without_a_limit_it_is_the_store_itself()
    {
        await using var store = new MemoryImageStore(new MemoryChunkStore());

        Assert.Same(store, LimitedImageStore.Of(store, 0, TimeProvider.System));
    }
}
