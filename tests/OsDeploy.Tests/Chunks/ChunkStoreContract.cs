using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Tests.Images;
using Xunit;

namespace OsDeploy.Tests.Chunks;

/// <summary>What every chunk store must do, said once; each kind of store is one subclass.</summary>
public abstract class ChunkStoreContract
{
    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A new, empty store.</summary>
    private protected abstract Task<IImageStore> NewStoreAsync();

    [Fact]
    public async Task A_written_chunk_is_there_before_and_after_a_flush()
    {
        await using var capture = await BeginAsync();
        var chunk = SampleImage.Chunk(1);
        Assert.True(await capture.Chunks.WriteAsync(chunk.Id, chunk.Frame, Cancel));
        await AssertHoldsAsync(capture.Chunks, chunk);
        await capture.Chunks.FlushAsync(Cancel);
        await AssertHoldsAsync(capture.Chunks, chunk);
    }

    [Fact]
    public async Task Has_answers_one_by_one_in_order()
    {
        await using var capture = await BeginAsync();
        var (one, two, three) = (SampleImage.Chunk(1), SampleImage.Chunk(2), SampleImage.Chunk(3));
        await capture.Chunks.WriteAsync(one.Id, one.Frame, Cancel);
        await capture.Chunks.WriteAsync(three.Id, three.Frame, Cancel);
        var answers = await capture.Chunks.HasAsync(new[] { one.Id, two.Id, three.Id, two.Id }, Cancel);
        Assert.Equal([true, false, true, false], answers);
        Assert.Empty(await capture.Chunks.HasAsync(ReadOnlyMemory<ChunkId>.Empty, Cancel));
    }

    [Fact]
    public async Task A_missing_chunk_is_a_user_error_with_a_hint()
    {
        await using var capture = await BeginAsync();
        var error = await Assert.ThrowsAsync<UserErrorException>(async () =>
            await capture.Chunks.ReadAsync(ChunkId.Of("gone"u8), new byte[ChunkCodec.MaxFrameLength(SampleImage.ChunkSize)], Cancel));
        Assert.Equal("store-chunk-missing", error.Code);
        Assert.NotEmpty(error.Hint);
    }

    [Fact]
    public async Task A_second_write_of_a_chunk_stores_nothing()
    {
        await using var capture = await BeginAsync();
        var chunk = SampleImage.Chunk(1);
        Assert.True(await capture.Chunks.WriteAsync(chunk.Id, chunk.Frame, Cancel));
        Assert.False(await capture.Chunks.WriteAsync(chunk.Id, chunk.Frame, Cancel));
        await capture.Chunks.FlushAsync(Cancel);
        Assert.False(await capture.Chunks.WriteAsync(chunk.Id, chunk.Frame, Cancel));
        await AssertHoldsAsync(capture.Chunks, chunk);
    }

    [Fact]
    public async Task A_chunk_that_many_write_at_once_is_stored_once()
    {
        await using var capture = await BeginAsync();
        var chunks = Enumerable.Range(0, 50).Select(number => SampleImage.Chunk(number)).ToList();
        var stored = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 8).SelectMany(_ => chunks),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel },
            async (chunk, cancel) =>
            {
                if (await capture.Chunks.WriteAsync(chunk.Id, chunk.Frame, cancel))
                {
                    Interlocked.Increment(ref stored);
                }
            });
        Assert.Equal(chunks.Count, stored);
        await capture.Chunks.FlushAsync(Cancel);
        foreach (var chunk in chunks)
        {
            await AssertHoldsAsync(capture.Chunks, chunk);
        }
    }

    [Fact]
    public async Task The_callers_buffer_is_free_when_a_write_returns()
    {
        await using var capture = await BeginAsync();
        var chunks = Enumerable.Range(0, 20).Select(number => SampleImage.Chunk(number)).ToList();
        var buffer = new byte[ChunkCodec.MaxFrameLength(SampleImage.ChunkSize)];
        foreach (var chunk in chunks)
        {
            chunk.Frame.CopyTo(buffer, 0);
            await capture.Chunks.WriteAsync(chunk.Id, buffer.AsMemory(0, chunk.Frame.Length), Cancel);
            Array.Fill(buffer, (byte)0xFF);
        }

        await capture.Chunks.FlushAsync(Cancel);
        foreach (var chunk in chunks)
        {
            await AssertHoldsAsync(capture.Chunks, chunk);
        }
    }

    [Fact]
    public async Task Chunks_of_every_size_are_kept()
    {
        await using var capture = await BeginAsync();
        foreach (var size in new[] { 4096, 64 << 10, 256 << 10, ChunkCodec.MaxContentLength })
        {
            var chunk = SampleImage.Chunk(size, size);
            await capture.Chunks.WriteAsync(chunk.Id, chunk.Frame, Cancel);
            await capture.Chunks.FlushAsync(Cancel);
            await AssertHoldsAsync(capture.Chunks, chunk);
        }
    }

    [Fact]
    public async Task Announcing_chunks_changes_nothing()
    {
        await using var capture = await BeginAsync();
        var chunk = SampleImage.Chunk(1);
        await capture.Chunks.WriteAsync(chunk.Id, chunk.Frame, Cancel);
        capture.Chunks.Expect([chunk.Id, ChunkId.Of("gone"u8), chunk.Id]);
        await AssertHoldsAsync(capture.Chunks, chunk);
    }

    [Fact]
    public async Task A_good_chunk_survives_a_false_report_of_damage()
    {
        await using var capture = await BeginAsync();
        var chunk = SampleImage.Chunk(1);
        await capture.Chunks.WriteAsync(chunk.Id, chunk.Frame, Cancel);
        await capture.Chunks.FlushAsync(Cancel);
        await capture.Chunks.ReportDamagedAsync(chunk.Id, Cancel);
        await capture.Chunks.ReportDamagedAsync(ChunkId.Of("gone"u8), Cancel);
        await AssertHoldsAsync(capture.Chunks, chunk);
    }

    [Fact]
    public async Task Cancel_is_always_an_exception()
    {
        await using var capture = await BeginAsync();
        var chunk = SampleImage.Chunk(1);
        var cancelled = new CancellationToken(canceled: true);
        var frame = new byte[ChunkCodec.MaxFrameLength(SampleImage.ChunkSize)];
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await capture.Chunks.WriteAsync(chunk.Id, chunk.Frame, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await capture.Chunks.HasAsync(new[] { chunk.Id }, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await capture.Chunks.ReadAsync(chunk.Id, frame, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await capture.Chunks.FlushAsync(cancelled));
    }

    private protected static async Task AssertHoldsAsync(IChunkStore store, SampleChunk chunk)
    {
        Assert.True(Assert.Single(await store.HasAsync(new[] { chunk.Id }, Cancel)));
        var frame = new byte[ChunkCodec.MaxFrameLength(chunk.Content.Length)];
        var length = await store.ReadAsync(chunk.Id, frame, Cancel);
        Assert.Equal(chunk.Frame, frame[..length]);
    }

    /// <summary>A capture under way in a new store: chunks are written under a lease.</summary>
    private protected async Task<OpenCapture> BeginAsync()
    {
        var store = await NewStoreAsync();
        return new OpenCapture(store, await store.BeginCaptureAsync(ImageKind.Image, ImageName.Parse("lab"), Cancel));
    }

    private protected sealed record OpenCapture(IImageStore Store, ICaptureLease Lease) : IAsyncDisposable
    {
        public IChunkStore Chunks => Store.Chunks;

        public async ValueTask DisposeAsync()
        {
            await Lease.DisposeAsync();
            await Store.DisposeAsync();
        }
    }
}
