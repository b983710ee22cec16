using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using OsDeploy.Chunks;
using OsDeploy.Disks;

namespace OsDeploy.Imaging;

/// <summary>A worker's own memory: content of one window, one frame, one codec.</summary>
internal sealed class WorkerBuffers(int chunkSize, int zstdLevel) : IDisposable
{
    /// <summary>Aligned for reads past the page cache.</summary>
    public Memory<byte> Content { get; } = Aligned(ChunkWindow.Capacity(chunkSize) * chunkSize);

    public byte[] Frame { get; } = GC.AllocateUninitializedArray<byte>(ChunkCodec.MaxFrameLength(chunkSize));

    public ChunkCodec Codec { get; } = new(chunkSize, zstdLevel);

    public void Dispose() => Codec.Dispose();

    private static Memory<byte> Aligned(int length)
    {
        var pinned = GC.AllocateUninitializedArray<byte>(length + DiskFile.DirectAlignment, pinned: true);
        var beyond = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0) % DiskFile.DirectAlignment);
        return pinned.AsMemory((DiskFile.DirectAlignment - beyond) % DiskFile.DirectAlignment, length);
    }
}

/// <summary>
/// Runs unordered work on all cores with a few workers more, so that while some wait for a disk or the wire the others
/// compute. Each worker owns its buffers for as long as it handles an item. A computer short of memory gets fewer workers: together
/// they take an eighth of what is available, and the live system of a client has nothing to swap to.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private const int Waiting = 2;
    private const int MemoryShare = 8;

    // Both directions of zstd level 1, which is what everything but a capture that asks for more uses.
    private const int ContextBytes = 2 << 20;

    private readonly ConcurrentBag<WorkerBuffers> _idle = [];
    private readonly int _chunkSize;
    private readonly int _zstdLevel;

    /// <param name="available">Bytes of memory that may be had; null: as the kernel says.</param>
    public WorkerPool(int chunkSize, int zstdLevel = 1, long? available = null)
    {
        (_chunkSize, _zstdLevel) = (chunkSize, zstdLevel);
        Count = CountFor(Environment.ProcessorCount, chunkSize, available ?? MemoryInfo.Read("MemAvailable") ?? long.MaxValue);

        // Workers block in disk reads; the thread pool must not take half a second to notice.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Count + Waiting), ports);
    }

    public int Count { get; }

    internal static int CountFor(int processors, int chunkSize, long available)
    {
        var window = ChunkWindow.Capacity(chunkSize) * chunkSize;
        var worker = window + ChunkCodec.MaxFrameLength(chunkSize) + chunkSize + ContextBytes;
        return (int)Math.Clamp(available / MemoryShare / worker, 1, processors + Waiting);
    }

    public async Task RunAsync<T>(IEnumerable<T> items, Func<T, WorkerBuffers, CancellationToken, ValueTask> work, CancellationToken cancel)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Count, CancellationToken = cancel };
        await Parallel.ForEachAsync(items, options, async (item, cancel) =>
        {
            var buffers = _idle.TryTake(out var idle) ? idle : new WorkerBuffers(_chunkSize, _zstdLevel);
            try
            {
                await work(item, buffers, cancel);
            }
            finally
            {
                _idle.Add(buffers);
            }
        });
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var buffers))
        {
            buffers.Dispose();
        }
    }
}
