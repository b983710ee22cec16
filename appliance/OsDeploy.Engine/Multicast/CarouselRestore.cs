using System.Diagnostics;
using OsDeploy.Api.Carousels;
using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Imaging;

namespace OsDeploy.Multicast;

/// <summary>Chunks of one region that are to be written.</summary>
/// <param name="Meter">Hears of used bytes that are on the disk.</param>
internal sealed record RegionWork(TargetRegion Region, IReadOnlyList<RegionChunk> Chunks, Meter Meter);

/// <summary>The first part of a restore of many hosts: takes what comes past, and says what is left for HTTPS.</summary>
internal sealed class CarouselRestore(IImageStore store, VersionId version, StreamSource stream, RegionWriter writer, WorkerPool workers, JobProgress progress)
{
    // Fewer are asked for at once.
    private const int WorthIt = 64;
    private const int MostRoom = 256;
    private const int LeastRoom = 8;
    private const int MemoryShare = 8;

    /// <returns>The same regions with what is left to write.</returns>
    /// <exception cref="UserErrorException"><c>carousel-too-few</c>, and those of a restore.</exception>
    public async Task<IReadOnlyList<RegionWork>> RunAsync(IReadOnlyList<RegionWork> work, CancellationToken cancel)

    {
        var distinct = work.SelectMany(one => one.Chunks).Select(chunk => chunk.Id).OfType<ChunkId>().ToHashSet();
        if (distinct.Count < WorthIt)
        {
            return work;
        }

        var ticket = await stream.Door.JoinAsync(distinct.Count, cancel);
        if (ticket.Id is null)
        {
            stream.Say($"The chunks come by HTTPS: {ticket.Reason}.");
            return work;
        }

        var manifest = Manifest.Parse(await store.ReadManifestAsync(version, cancel));
        var table = await ChunkTable.ReadAsync(store, manifest, cancel);
        var places = new ChunkPlacement(table, work);
        var needs = new ReceiverNeeds(places.Needed);
        var receiver = new StreamReceiver(stream.Door, table, manifest.ChunkSize, needs, RoomFor(manifest.ChunkSize), stream.Time);
        stream.Say($"{needs.Missing} chunks are awaited from the stream to {ticket.Group}, port {ticket.Port}.");
        var why = await ReceiveAsync(receiver, ticket, places, cancel);
        stream.Say(needs.Missing == 0 ? "All chunks came by the stream." : $"{needs.Missing} chunks come by HTTPS: {why}.");
        return places.Left(needs);
    }

    private async Task<string> ReceiveAsync(StreamReceiver receiver, CarouselTicket ticket, ChunkPlacement places, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var receiving = receiver.RunAsync(ticket, over.Token);
        try
        {
            await workers.RunAsync(Enumerable.Range(0, workers.Count), (_, buffers, cancel) => WriteAllAsync(receiver, places, buffers, cancel), over.Token);
        }
        catch
        {
            await over.CancelAsync(); // the disk has refused; the stream is left
            await receiving.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }

        return await receiving;
    }

    private async ValueTask WriteAllAsync(StreamReceiver receiver, ChunkPlacement places, WorkerBuffers buffers, CancellationToken cancel)
    {
        await foreach (var frame in receiver.Frames.ReadAllAsync(cancel))
        {
            receiver.Done(frame, Write(frame, places, buffers));
        }
    }

    private bool Write(IncomingFrame frame, ChunkPlacement places, WorkerBuffers buffers)
    {
        var started = Stopwatch.GetTimestamp();
        frame.Parts.Finish();
        var content = buffers.Content.Span[..places.ChunkSize];
        var isRight = buffers.Codec.TryDecode(places.IdOf(frame.Number), frame.Parts.Frame.Span, content);
        progress.CpuTime.Add(Stopwatch.GetTimestamp() - started);
        if (!isRight)
        {
            return false;
        }

        foreach (var (work, chunk) in places.Of(frame.Number))
        {
            writer.WriteChunk(work.Region, chunk, content);
            work.Meter.Add(work.Region.UsedIn(chunk));
        }

        writer.Received(frame.Parts.Plan.FrameLength);
        return true;
    }

    private static int RoomFor(int chunkSize) => (int)Math.Clamp(
        (MemoryInfo.Read("MemAvailable") ?? long.MaxValue) / MemoryShare / ChunkCodec.MaxFrameLength(chunkSize), LeastRoom, MostRoom);
}
