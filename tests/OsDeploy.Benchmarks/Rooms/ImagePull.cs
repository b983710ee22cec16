using System.Collections.Concurrent;
using OsDeploy.Api;
using OsDeploy.Benchmarks.Measuring;
using OsDeploy.Chunks;
using OsDeploy.Images;

namespace OsDeploy.Benchmarks.Rooms;

/// <summary>Everything of a restore but the disk: manifest, indexes and every chunk are fetched, decoded and hashed, and nothing is written.</summary>
internal sealed class ImagePull(HttpImageStore store)
{
    private const int ChunksAtOnce = 4; // as many as a store's connection has

    private readonly ConcurrentBag<Worker> _idle = [];
    private long _content;
    private long _fetched;

    /// <summary>Bytes proved so far.</summary>
    public long Content => Interlocked.Read(ref _content);

    /// <summary>Bytes that came over the wire for them.</summary>
    public long Fetched => Interlocked.Read(ref _fetched);

    /// <exception cref="UserErrorException"><c>bench-wrong-chunk</c>, and those of the store.</exception>
    public async Task RunAsync(VersionId version, CancellationToken cancel)
    {
        var manifest = Manifest.Parse(await store.ReadManifestAsync(version, cancel));
        var chunks = await VersionChunks.ReadAsync(store, manifest, cancel);
        var options = new ParallelOptions { MaxDegreeOfParallelism = ChunksAtOnce, CancellationToken = cancel };
        try
        {
            await Parallel.ForEachAsync(chunks, options, (id, cancel) => FetchAsync(id, manifest.ChunkSize, cancel));
        }
        finally
        {
            while (_idle.TryTake(out var worker))
            {
                worker.Codec.Dispose();
            }
        }
    }

    private async ValueTask FetchAsync(ChunkId id, int chunkSize, CancellationToken cancel)
    {
        if (!_idle.TryTake(out var worker))
        {
            worker = new Worker(new ChunkCodec(chunkSize), new byte[ChunkCodec.MaxFrameLength(chunkSize)]);
        }

        try
        {
            var length = await store.Chunks.ReadAsync(id, worker.Frame, cancel);
            var content = worker.Codec.Verify(id, worker.Frame.AsSpan(0, length));
            if (content < 0)
            {
                throw Errors.WrongChunk(id.ToString());
            }

            Interlocked.Add(ref _content, content);
            Interlocked.Add(ref _fetched, length);
        }
        finally
        {
            _idle.Add(worker);
        }
    }

    private sealed record Worker(ChunkCodec Codec, byte[] Frame);
}
