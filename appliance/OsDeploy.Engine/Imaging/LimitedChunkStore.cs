using OsDeploy.Chunks;

namespace OsDeploy.Imaging;

/// <summary>Reads chunks no faster than was asked for; all other calls pass through.</summary>
internal sealed class LimitedChunkStore(IChunkStore store, long bytesPerSecond, TimeProvider time) : IChunkStore
{
    private readonly TokenBucket _bucket = new(bytesPerSecond, time);

    // How long a frame is shows only once it has come: the one before is the best guess.
    private int _guess = 64 << 10;

    public string Address => store.Address;

    public ValueTask<bool[]> HasAsync(ReadOnlyMemory<ChunkId> ids, CancellationToken cancel) => store.HasAsync(ids, cancel);

    public async ValueTask<int> ReadAsync(ChunkId id, Memory<byte> frame, CancellationToken cancel)
    {
        var guess = Volatile.Read(ref _guess);
        if (_bucket.Take(guess) is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancel);
        }

        var length = await store.ReadAsync(id, frame, cancel);
        _bucket.GiveBack(guess - length);
        Volatile.Write(ref _guess, length);
        return length;
    }

    public ValueTask<bool> WriteAsync(ChunkId id, ReadOnlyMemory<byte> frame, CancellationToken cancel) => store.WriteAsync(id, frame, cancel);

    public ValueTask FlushAsync(CancellationToken cancel) => store.FlushAsync(cancel);

    public void Expect(ReadOnlySpan<ChunkId> upcoming) => store.Expect(upcoming);

    public ValueTask ReportDamagedAsync(ChunkId id, CancellationToken cancel) => store.ReportDamagedAsync(id, cancel);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
