using System.Buffers;
using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using OsDeploy.Chunks;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Images;

/// <summary>Requests for chunks: the hot path of every capture and restore.</summary>
internal sealed class ChunkHandlers
{
    // A frame's length is known only when it has been read, so a read needs room for the largest. Slow receivers must
    // not hold such room: it is given back before the first byte is sent.
    private const int ReadsAtOnce = 16;

    private static readonly int s_maxFrame = ChunkCodec.MaxFrameLength(ChunkCodec.MaxContentLength);

    private readonly IChunkStore _chunks;
    private readonly Channel<byte[]?> _readBuffers = Channel.CreateBounded<byte[]?>(ReadsAtOnce);
    private readonly ConcurrentBag<ChunkCodec> _codecs = [];

    public ChunkHandlers(IChunkStore chunks)
    {
        _chunks = chunks;
        for (var i = 0; i < ReadsAtOnce; i++)
        {
            _readBuffers.Writer.TryWrite(null);
        }
    }

    public async Task HasAsync(HttpContext context)
    {
        var body = await Requests.ReadBodyAsync(context);
        if (body.Length % ChunkId.Size != 0)
        {
            throw Errors.RequestMalformed("a chunk id has 32 bytes");
        }

        var ids = new ChunkId[body.Length / ChunkId.Size];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = new ChunkId(body.AsSpan(i * ChunkId.Size, ChunkId.Size));
        }

        var has = await _chunks.HasAsync(ids, context.RequestAborted);
        await Requests.AnswerBytesAsync(context, Array.ConvertAll(has, one => (byte)(one ? 1 : 0)));
    }

    /// <summary>Sends the stored frame as it is: the receiver checks it, and must.</summary>
    public async Task ReadAsync(HttpContext context)
    {
        var id = Requests.ChunkIdOf(context, "chunk");
        var buffer = await _readBuffers.Reader.ReadAsync(context.RequestAborted);
        try
        {
            buffer ??= GC.AllocateUninitializedArray<byte>(s_maxFrame);
            var length = await _chunks.ReadAsync(id, buffer, context.RequestAborted);
            await StartAsync(context, length);
            buffer.AsSpan(0, length).CopyTo(context.Response.BodyWriter.GetSpan(length));
            context.Response.BodyWriter.Advance(length);
        }
        finally
        {
            _readBuffers.Writer.TryWrite(buffer);
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>Decodes and hashes before the store sees a byte: a store never holds a chunk that was bad when it came.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        var id = Requests.ChunkIdOf(context, "chunk");
        if (context.Request.ContentLength is not { } length || length > s_maxFrame)
        {
            throw context.Request.ContentLength is null ? Errors.RequestMalformed("a chunk comes with its Content-Length") : Errors.RequestTooLarge();
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            var frame = buffer.AsMemory(0, (int)length);
            await context.Request.Body.ReadExactlyAsync(frame, context.RequestAborted);
            if (!IsChunk(id, frame.Span))
            {
                throw Errors.ChunkRejected(id);
            }

            var isNew = await _chunks.WriteAsync(id, frame, context.RequestAborted);
            context.Response.StatusCode = isNew ? StatusCodes.Status201Created : StatusCodes.Status204NoContent;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public async Task ReportDamagedAsync(HttpContext context)
    {
        await _chunks.ReportDamagedAsync(Requests.ChunkIdOf(context, "chunk"), context.RequestAborted);
        Requests.AnswerNothing(context);
    }

    public async Task FlushAsync(HttpContext context)
    {
        await _chunks.FlushAsync(context.RequestAborted);
        Requests.AnswerNothing(context);
    }

    // Headers go first: only then does the body writer lend memory of the connection itself.
    private static Task StartAsync(HttpContext context, int length)
    {
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = length;
        return context.Response.StartAsync(context.RequestAborted);
    }

    private bool IsChunk(ChunkId id, ReadOnlySpan<byte> frame)
    {
        if (!_codecs.TryTake(out var codec))
        {
            codec = new ChunkCodec(ChunkCodec.MaxContentLength);
        }

        try
        {
            return codec.Verify(id, frame) >= 0;
        }
        finally
        {
            _codecs.Add(codec);
        }
    }
}
