using System.Net;
using OsDeploy.Chunks;

namespace OsDeploy.Api;

/// <summary>The chunks of an appliance's store. Keeps nothing: a call needs the memory its caller gave it.</summary>
internal sealed class HttpChunkStore(ApiConnection connection) : IChunkStore
{
    public string Address => connection.Address;

    public async ValueTask<bool[]> HasAsync(ReadOnlyMemory<ChunkId> ids, CancellationToken cancel)
    {
        var has = new bool[ids.Length];
        for (var done = 0; done < ids.Length; done += StoreApi.MaxIds)
        {
            var batch = ids.Slice(done, Math.Min(StoreApi.MaxIds, ids.Length - done));
            var answer = await AskAsync(batch, cancel);
            for (var i = 0; i < answer.Length; i++)
            {
                has[done + i] = answer[i] != 0;
            }
        }

        return has;
    }

    /// <remarks>
    /// A frame too long for <paramref name="frame"/> cannot be the chunk asked for. It is cut, so that the reader's check
    /// refuses it like any other wrong frame.
    /// </remarks>
    public async ValueTask<int> ReadAsync(ChunkId id, Memory<byte> frame, CancellationToken cancel) =>
        await connection.SendAsync(
            StoreApi.ReadChunk,
            StoreApi.ReadChunk.PathOf(id.ToString()),
            body: null,
            async (answer, cancel) =>
            {
                if (answer.StatusCode == HttpStatusCode.NotFound)
                {
                    throw Errors.ChunkMissing(id, Address);
                }

                await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
                return await stream.ReadAtLeastAsync(frame, frame.Length, throwOnEndOfStream: false, cancel);
            },
            cancel,
            accepts: HttpStatusCode.NotFound);

    public async ValueTask<bool> WriteAsync(ChunkId id, ReadOnlyMemory<byte> frame, CancellationToken cancel) =>
        await connection.SendAsync(
            StoreApi.WriteChunk,
            StoreApi.WriteChunk.PathOf(id.ToString()),
            () => new ReadOnlyMemoryContent(frame),
            (answer, _) => Task.FromResult(answer.StatusCode == HttpStatusCode.Created),
            cancel);

    public async ValueTask FlushAsync(CancellationToken cancel) =>
        await connection.DoAsync(StoreApi.Flush, StoreApi.Flush.PathOf(), body: null, cancel);

    /// <summary>Does nothing: the four connections already keep a gigabit link full.</summary>
    public void Expect(ReadOnlySpan<ChunkId> upcoming)
    {
    }

    public async ValueTask ReportDamagedAsync(ChunkId id, CancellationToken cancel) =>
        await connection.DoAsync(StoreApi.ReportDamaged, StoreApi.ReportDamaged.PathOf(id.ToString()), body: null, cancel);

    /// <summary>Does nothing: the connection belongs to the image store.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<byte[]> AskAsync(ReadOnlyMemory<ChunkId> batch, CancellationToken cancel)
    {
        var body = new byte[batch.Length * ChunkId.Size];
        for (var i = 0; i < batch.Length; i++)
        {
            batch.Span[i].CopyTo(body.AsSpan(i * ChunkId.Size));
        }

        return connection.SendAsync(
            StoreApi.HasChunks,
            StoreApi.HasChunks.PathOf(),
            () => new ByteArrayContent(body),
            async (answer, cancel) =>
            {
                var bytes = await ApiConnection.ReadBytesAsync(answer, batch.Length, cancel);
                return bytes.Length == batch.Length ? bytes : throw Errors.StoreAnswer(Address, "fewer answers than questions");
            },
            cancel);
    }
}
