using System.Diagnostics;
using OsDeploy.Api.Carousels;
using OsDeploy.Chunks;
using OsDeploy.Images;
using OsDeploy.Imaging;

namespace OsDeploy.Multicast;

/// <summary>Chunks of one region that are to be written.</summary>
/// <param name="Meter">Hears of used bytes that are on the disk.</param>
internal sealed record RegionWork(TargetRegion Region, IReadOnlyList<RegionChunk> Chunks, Meter Meter);

/// <summary>
/// The first part of a restore of many hosts: waits with the others, before a disk is touched, then takes what comes past, and says what is
/// left for HTTPS.
/// </summary>
internal sealed class CarouselRestore : IAsyncDisposable
{
    private const int MostRoom = 256;
    private const int LeastRoom = 8;
    private const int MemoryShare = 8;
    private const string LeaseLost = "lease-lost";

    private readonly ChunkTable _table;
    private readonly ReceiverNeeds _needs;
    private readonly StreamReceiver _receiver;
    private readonly Action<string> _say;
    private readonly CancellationTokenSource _over;
    private readonly Task<string> _receiving;

    private CarouselRestore(StreamSource stream, CarouselTicket ticket, ChunkTable table, ReceiverNeeds needs, int chunkSize, CancellationToken cancel)
    {
        (_table, _needs, _say) = (table, needs, stream.Say);
        _receiver = new StreamReceiver(stream.Door, table, chunkSize, needs, RoomFor(chunkSize), stream.Time);
        _over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _receiving = _receiver.RunAsync(ticket, _over.Token);
    }

    /// <summary>Joins and waits until something is sent. Nothing is written meanwhile: whoever is stopped here has lost nothing.</summary>
    /// <param name="needed">May name a chunk more than once.</param>
    /// <returns>Null: the chunks come by HTTPS.</returns>
    /// <exception cref="UserErrorException"><c>carousel-too-few</c>, <c>lease-lost</c></exception>
    public static async Task<CarouselRestore?> TryGatherAsync(IImageStore store, VersionId version, StreamSource stream, IEnumerable<ChunkId> needed, CancellationToken cancel)
    {
        var distinct = needed.ToHashSet();
        if (distinct.Count == 0)
        {
            return null;
        }

        var ticket = await AskAsync(stream.Door, distinct.Count, cancel);
        if (ticket.Id is null)
        {
            stream.Say($"The chunks come by HTTPS: {ticket.Reason}.");
            return null;
        }

        var manifest = Manifest.Parse(await store.ReadManifestAsync(version, cancel));
        var table = await ChunkTable.ReadAsync(store, manifest, cancel);
        stream.Say($"{distinct.Count} chunks are awaited from the stream to {ticket.Group}, port {ticket.Port}.");
        var gathered = new CarouselRestore(stream, ticket, table, new ReceiverNeeds(BitsOf(table, distinct)), manifest.ChunkSize, cancel);
        try
        {
            await Task.WhenAny(gathered._receiver.Begun, gathered._receiving);
            if (gathered._receiving.IsCompleted)
            {
                await gathered._receiving; // too few came
            }

            return gathered;
        }
        catch
        {
            await gathered.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes what comes and writes it, until the stream ends or is left.</summary>
    /// <returns>The same regions with what is left to write.</returns>
    public async Task<IReadOnlyList<RegionWork>> RunAsync(IReadOnlyList<RegionWork> work, RegionWriter writer, WorkerPool workers, JobProgress progress, CancellationToken cancel)
    {
        var places = new ChunkPlacement(_table, work);
        await workers.RunAsync(
            Enumerable.Range(0, workers.Count), (_, buffers, cancel) => WriteAllAsync(places, writer, buffers, progress, cancel), cancel);
        var why = await _receiving;
        _say(_needs.Missing == 0 ? "All chunks came by the stream." : $"{_needs.Missing} chunks come by HTTPS: {why}.");
        return places.Left(_needs);
    }

    /// <summary>Leaves the stream, if it has not ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _receiving.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _over.Dispose();
    }

    private async ValueTask WriteAllAsync(ChunkPlacement places, RegionWriter writer, WorkerBuffers buffers, JobProgress progress, CancellationToken cancel)
    {
        await foreach (var frame in _receiver.Frames.ReadAllAsync(cancel))
        {
            _receiver.Done(frame, TryWrite(frame, places, writer, buffers, progress));
        }
    }

    private static bool TryWrite(IncomingFrame frame, ChunkPlacement places, RegionWriter writer, WorkerBuffers buffers, JobProgress progress)
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

    // A stream only saves time: an appliance that knows none, or has trouble with it, is no reason not to restore.
    private static async Task<CarouselTicket> AskAsync(ICarouselDoor door, int needed, CancellationToken cancel)
    {
        try
        {
            return await door.JoinAsync(needed, cancel);
        }
        catch (UserErrorException e) when (e.Code != LeaseLost)
        {
            return new CarouselTicket(null, e.Message.TrimEnd('.'), null, 0, null, null);
        }
    }

    private static ChunkBits BitsOf(ChunkTable table, HashSet<ChunkId> ids)
    {
        var bits = new ChunkBits(table.Count);
        foreach (var number in ids.Select(table.NumberOf).Where(number => number >= 0))
        {
            bits[number] = true;
        }

        return bits;
    }

    private static int RoomFor(int chunkSize) => (int)Math.Clamp(
        (MemoryInfo.Read("MemAvailable") ?? long.MaxValue) / MemoryShare / ChunkCodec.MaxFrameLength(chunkSize), LeastRoom, MostRoom);
}
