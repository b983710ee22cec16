using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using OsDeploy.Api.Carousels;
using OsDeploy.Chunks;

namespace OsDeploy.Multicast;

/// <summary>
/// One computer at a carousel: joins, hands complete frames on, and leaves when the rest comes quicker by HTTPS. Whatever happens to the
/// stream, <see cref="RunAsync"/> comes back with what is still missing known to <see cref="ReceiverNeeds"/>.
/// </summary>
internal sealed class StreamReceiver
{
    private const int MostJoins = 5;
    private const int MostWrong = 3;

    private readonly ICarouselDoor _door;
    private readonly ChunkTable _table;
    private readonly ReceiverNeeds _needs;
    private readonly TimeProvider _time;
    private readonly int _maxFrame;
    private readonly FramePool _pool;
    private readonly Channel<IncomingFrame> _frames;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile int _wrong;

    /// <param name="room">Frames that may be in memory, those that wait for the disk among them.</param>
    public StreamReceiver(ICarouselDoor door, ChunkTable table, int chunkSize, ReceiverNeeds needs, int room, TimeProvider time)
    {
        (_door, _table, _needs, _time) = (door, table, needs, time);
        (_maxFrame, _pool) = (ChunkCodec.MaxFrameLength(chunkSize), new FramePool(room));
        _frames = Channel.CreateBounded<IncomingFrame>(new BoundedChannelOptions(Math.Max(1, room / 2)) { SingleWriter = true });
    }

    /// <summary>Complete frames, in the order in which they came; each goes back by <see cref="Done"/>. Ends with the stream.</summary>
    public ChannelReader<IncomingFrame> Frames => _frames.Reader;

    /// <summary>Something is sent. Not before that may a disk be touched.</summary>
    public Task Begun => _begun.Task;

    /// <param name="isRight">It was the chunk, and is on the disk.</param>
    public void Done(IncomingFrame frame, bool isRight)
    {
        if (isRight)
        {
            _needs.Finish(frame.Number);
        }
        else
        {
            _needs.Refuse(frame.Number);
            Interlocked.Increment(ref _wrong);
        }

        _pool.Return(frame);
        if (_needs.Missing == 0 || _wrong >= MostWrong)
        {
            _enough.TrySetResult();
        }
    }

    /// <returns>Why it ended: for the log of the job.</returns>
    /// <exception cref="UserErrorException"><c>carousel-too-few</c>, <c>lease-lost</c></exception>
    public async Task<string> RunAsync(CarouselTicket ticket, CancellationToken cancel)
    {
        try
        {
            for (var join = 1; ; join++)
            {
                if (ticket is not { Id: { } id, Key: { } key, Group: { } group })
                {
                    return ticket.Reason;
                }

                if (ticket.Table != _table.Fingerprint)
                {
                    return "the appliance numbers the chunks of this version otherwise";
                }

                if (await StayAsync(id, key, new IPEndPoint(IPAddress.Parse(group), ticket.Port), cancel) is { } why)
                {
                    return why;
                }

                if (join >= MostJoins)
                {
                    return "the stream has begun anew too often";
                }

                ticket = await _door.JoinAsync(_needs.Missing, cancel);
            }
        }
        catch (SocketException e)
        {
            return "the network card does not hear the stream: " + e.Message;
        }
        finally
        {
            _frames.Writer.Complete();
        }
    }

    /// <returns>Why it left; null: the appliance does not know this carousel any more.</returns>
    private async Task<string?> StayAsync(string id, byte[] key, IPEndPoint group, CancellationToken cancel)
    {
        using var socket = _door.Listen(group);
        var tally = new StreamTally(_time);
        var carousel = uint.Parse(id, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        using var intake = new DatagramIntake(carousel, key, _table, _maxFrame, _needs, tally, _pool, _frames.Writer);
        using var stop = new CancellationTokenSource();
        var listening = new StreamListener(socket, intake).RunAsync(stop.Token);
        var stay = new CarouselStay(_door, id, _needs, socket, tally, _begun, _time);
        try
        {
            var why = await FollowAsync(stay, listening, cancel);
            await stay.SayFarewellAsync(_needs.Missing == 0 ? null : why, cancel);
            return why;
        }
        catch (UserErrorException e) when (e.Code == "carousel-missing")
        {
            return null;
        }
        finally
        {
            await stop.CancelAsync();
            await listening;
        }
    }

    private async Task<string> FollowAsync(CarouselStay stay, Task listening, CancellationToken cancel)
    {
        while (_needs.Missing > 0)
        {
            if (await stay.TurnAsync(cancel) is { } why)
            {
                return why;
            }

            await Task.WhenAny(Task.Delay(CarouselStay.ReportEvery, _time, cancel), _enough.Task, listening);
            cancel.ThrowIfCancellationRequested();
            if (listening.IsFaulted)
            {
                await listening; // the socket has failed
            }

            if (_wrong >= MostWrong)
            {
                return "chunks came whole and were not right: see whether the store is damaged, or memory or network card of this computer";
            }
        }

        return "everything has come";
    }
}
