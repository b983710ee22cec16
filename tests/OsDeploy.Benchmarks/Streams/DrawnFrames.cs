using OsDeploy.Chunks;
using OsDeploy.Multicast;

namespace OsDeploy.Benchmarks.Streams;

/// <summary>Frames drawn by a seed, as long as those of real chunks are. Their ids are those of the frames themselves: nothing is unpacked.</summary>
internal sealed class DrawnFrames : IChunkStore
{
    public const int ChunkSize = 256 << 10;

    private const int Shortest = 40_000;
    private const int Longest = 262_144;

    private readonly Dictionary<ChunkId, byte[]> _frames = [];

    public DrawnFrames(int seed, long bytes)
    {
        var random = new Random(seed);
        var ids = new List<ChunkId>();
        while (Bytes < bytes)
        {
            var frame = new byte[random.Next(Shortest, Longest)];
            random.NextBytes(frame);
            ids.Add(ChunkId.Of(frame));
            _frames[ids[^1]] = frame;
            Bytes += frame.Length;
        }

        Table = new ChunkTable(ids);
    }

    public ChunkTable Table { get; }

    public long Bytes { get; private set; }

    public string Address => "memory";

    public ReadOnlySpan<byte> FrameOf(int number) => _frames[Table[number]];

    public async Task WriteAsync(string file, CancellationToken cancel)
    {
        await using var stream = File.Create(file);
        for (var number = 0; number < Table.Count; number++)
        {
            await stream.WriteAsync(_frames[Table[number]], cancel);
        }
    }

    public ValueTask<int> ReadAsync(ChunkId id, Memory<byte> frame, CancellationToken cancel)
    {
        _frames[id].CopyTo(frame);
        return ValueTask.FromResult(_frames[id].Length);
    }

    public void Expect(ReadOnlySpan<ChunkId> upcoming)
    {
        // They are in memory.
    }

    public ValueTask<bool[]> HasAsync(ReadOnlyMemory<ChunkId> ids, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<bool> WriteAsync(ChunkId id, ReadOnlyMemory<byte> frame, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask FlushAsync(CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask ReportDamagedAsync(ChunkId id, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
