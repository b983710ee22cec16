using OsDeploy.Api;
using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Images.Folder;

namespace OsDeploy.Benchmarks.Measuring;

/// <summary>
/// The chunks of a store as a web server would have them: a file each, at the path at which the API serves it. Beside them
/// <c>paths.0</c> to <c>paths.3</c>, that name each once, dealt in turn in the order of the image, as the connections of a restore take them.
/// </summary>
internal static class UnpackedChunks
{
    private const int Connections = 4;

    /// <returns>Bytes of all files.</returns>
    public static async Task<long> WriteAsync(string storeFolder, string folder, CancellationToken cancel)
    {
        await using var store = FolderImageStore.Open(storeFolder, create: false, TimeProvider.System);
        var frame = new byte[ChunkCodec.MaxFrameLength(ChunkCodec.MaxContentLength)];
        var paths = new List<string>();
        var bytes = 0L;
        foreach (var id in await ChunksAsync(store, cancel))
        {
            var path = StoreApi.ReadChunk.PathOf(id.ToString());
            var length = await store.Chunks.ReadAsync(id, frame, cancel);
            var file = Path.Combine(folder, path.TrimStart('/'));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, frame.AsMemory(0, length), cancel);
            paths.Add(path);
            bytes += length;
        }

        for (var connection = 0; connection < Connections; connection++)
        {
            await File.WriteAllLinesAsync(Path.Combine(folder, $"paths.{connection}"), paths.Where((_, i) => i % Connections == connection), cancel);
        }

        return bytes;
    }

    private static async Task<IReadOnlyList<ChunkId>> ChunksAsync(FolderImageStore store, CancellationToken cancel)
    {
        var ids = new List<ChunkId>();
        foreach (var version in await store.ListAsync(cancel))
        {
            ids.AddRange(await VersionChunks.ReadAsync(store, Manifest.Parse(await store.ReadManifestAsync(version.Version, cancel)), cancel));
        }

        return [.. ids.Distinct()];
    }
}
