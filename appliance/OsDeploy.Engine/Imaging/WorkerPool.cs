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
/// compute. Each worker owns its buffers for as long as it handles an item.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private const int Waiting = 2;

    private readonly ConcurrentBag<WorkerBuffers> _idle = [];
    private readonly int _chunkSize;
    private readonly int _zstdLevel;

    public WorkerPool(int chunkSize, int zstdLevel = 1)
    {
        (_chunkSize, _zstdLevel) = (chunkSize, zstdLevel);

        // Workers block in disk reads; the thread pool must not take half a second to notice.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Count + Waiting), ports);
    }

    public static int Count => Environment.ProcessorCount + Waiting;

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
