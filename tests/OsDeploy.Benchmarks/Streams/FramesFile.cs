using OsDeploy.Benchmarks.Measuring;
using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Images.Folder;

namespace OsDeploy.Benchmarks.Streams;

/// <summary>The chunks of a store that no daemon has, as one file that any zstd unpacks: what osdeploy sends, in the same order.</summary>
internal sealed class FramesFile
{
    private readonly List<(ChunkId Id, int Length)> _chunks = [];

    private FramesFile(string path) => Path = path;

    public string Path { get; }

    /// <summary>Compressed.</summary>
    public long Bytes { get; private set; }

    /// <summary>Unpacked.</summary>
    public long ContentBytes { get; private set; }

    public static async Task<FramesFile> WriteAsync(string storeFolder, string path, CancellationToken cancel)
    {
        await using var store = FolderImageStore.Open(storeFolder, create: false, TimeProvider.System);
        using var codec = new ChunkCodec(ChunkCodec.MaxContentLength);
        var buffer = new byte[ChunkCodec.MaxFrameLength(ChunkCodec.MaxContentLength)];
        var frames = new FramesFile(path);
        await using var file = File.Create(path);
        foreach (var version in await store.ListAsync(cancel))
        {
            var manifest = Manifest.Parse(await store.ReadManifestAsync(version.Version, cancel));
            foreach (var id in await VersionChunks.ReadAsync(store, manifest, cancel))
            {
                var frame = buffer.AsMemory(0, await store.Chunks.ReadAsync(id, buffer, cancel));
                await file.WriteAsync(frame, cancel);
                frames.Add(id, frame.Length, codec.Verify(id, frame.Span));
            }
        }

        return frames;
    }

    /// <summary>Whether a disk begins with all contents.</summary>
    public bool IsOn(string disk, CancellationToken cancel)
    {
        using var stream = File.OpenRead(disk);
        var buffer = new byte[ChunkCodec.MaxContentLength];
        foreach (var (id, length) in _chunks)
        {
            cancel.ThrowIfCancellationRequested();
            stream.ReadExactly(buffer, 0, length);
            if (ChunkId.Of(buffer.AsSpan(0, length)) != id)
            {
                return false;
            }
        }

        return true;
    }

    private void Add(ChunkId id, int frame, int content)
    {
        if (content < 0)
        {
            throw Errors.WrongChunk(id.ToString());
        }

        _chunks.Add((id, content));
        Bytes += frame;
        ContentBytes += content;
    }
}
