using System.Collections.Concurrent;
using OsDeploy.Chunks;

namespace OsDeploy.Tests.Imaging;

/// <summary>A chunk store that can lie: tests put whatever frames they like into it.</summary>
internal sealed class MemoryChunkStore : IChunkStore
{
    private int _reads;

    public ConcurrentDictionary<ChunkId, byte[]> Frames { get; } = new();

    public List<ChunkId> Damaged { get; } = [];

    public int Reads => _reads;

    public string Address => "memory";

    public ValueTask<bool[]> HasAsync(ReadOnlyMemory<ChunkId> ids, CancellationToken cancel) =>
        ValueTask.FromResult(ids.ToArray().Select(Frames.ContainsKey).ToArray());

    public ValueTask<int> ReadAsync(ChunkId id, Memory<byte> frame, CancellationToken cancel)
    {
        Interlocked.Increment(ref _reads); // readers beside each other
        Frames[id].CopyTo(frame);
        return ValueTask.FromResult(Frames[id].Length);
    }

    public ValueTask<bool> WriteAsync(ChunkId id, ReadOnlyMemory<byte> frame, CancellationToken cancel) =>
        ValueTask.FromResult(Frames.TryAdd(id, frame.ToArray()));

    public ValueTask FlushAsync(CancellationToken cancel) => ValueTask.CompletedTask;

    public void Expect(ReadOnlySpan<ChunkId> upcoming)
    {
        // Memory needs no reading ahead.
    }

    public ValueTask ReportDamagedAsync(ChunkId id, CancellationToken cancel)
    {
        lock (Damaged)
        {
            Damaged.Add(id);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
