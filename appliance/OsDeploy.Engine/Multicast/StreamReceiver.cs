using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using OsDeploy.Api.Carousels;
using OsDeploy.Chunks;

namespace OsDeploy.Multicast;

/// <summary>
/// One computer at a carousel: joins, says what it needs, hands complete frames on, reports, and leaves when the rest comes quicker by HTTPS.
/// Whatever happens to the stream, <see cref="RunAsync"/> comes back with what is still missing known to <see cref="ReceiverNeeds"/>.
/// </summary>
internal sealed class StreamReceiver
{
    private const int MostJoins = 5;
    private const int MostWrong = 3;
    private static readonly TimeSpan s_reportEvery = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_answerWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_dry = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_joinAgainEvery = TimeSpan.FromSeconds(60);

    private readonly ICarouselDoor _door;
    private readonly ChunkTable _table;
    private readonly ReceiverNeeds _needs;
    private readonly TimeProvider _time;
    private readonly int _maxFrame;
    private readonly FramePool _pool;
    private readonly Channel<IncomingFrame> _frames;
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
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

    /// <param name="isRight">It was the chunk, and is on the disk.</param>
    public void Done(IncomingFrame frame, bool isRight)
    {
        if (isRight)
        {
            _needs.Finish(frame.Number);
        }
        else
        {
            _needs.Release(frame.Number);
            Interlocked.Increment(ref _wrong);
        }

        _pool.Return(frame);
        if (_needs.Missing == 0 || _wrong >= MostWrong)
        {
            _complete.TrySetResult();
        }
    }

    /// <returns>Why it ended: for the log of the job.</returns>
    /// <exception cref="UserErrorException"><c>carousel-too-few</c>; <c>lease-lost</c></exception>
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
        try
        {
            var why = await FollowAsync(id, socket, tally, listening, cancel);
            await TryTellAsync(id, tally, _needs.Missing == 0 ? null : why, cancel);
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

    private async Task<string> FollowAsync(string id, GroupSocket socket, StreamTally tally, Task listening, CancellationToken cancel)
    {
        await _door.NeedAsync(id, _needs.ToBits(), cancel);
        var rule = new StayRule();
        var (orders, saidFor, plan) = (new CarouselOrders(CarouselState.Gathering, 1, 0, 0), 1, 0);
        var (answered, turned, joined) = (_time.GetTimestamp(), _time.GetTimestamp(), _time.GetTimestamp());
        while (_needs.Missing > 0)
        {
            await Task.WhenAny(Task.Delay(s_reportEvery, _time, cancel), _complete.Task, listening);
            cancel.ThrowIfCancellationRequested();
            if (listening.IsFaulted)
            {
                await listening; // the socket has failed
            }

            if (_wrong >= MostWrong)
            {
                return "chunks that came whole were not right: memory or network card of this computer may be bad";
            }

            var elapsed = _time.GetElapsedTime(turned);
            turned = _time.GetTimestamp();
            var report = tally.Take(0, _needs.Missing, null);
            if (await TryReportAsync(id, report, cancel) is { } now)
            {
                answered = _time.GetTimestamp();
                if (now.State == CarouselState.Sending && orders.State != CarouselState.Sending)
                {
                    tally.Restart();
                }

                orders = now;
            }

            if (orders.Aborted)
            {
                throw MulticastErrors.TooFew();
            }

            if (orders.Pass > saidFor)
            {
                await _door.NeedAsync(id, _needs.ToBits(), cancel);
                saidFor = orders.Pass;
            }

            if (orders.State == CarouselState.Sending && orders.Planned > plan)
            {
                (plan, var sent) = await _door.PlanAsync(id, _needs.Count, cancel);
                if (!sent.Meets(_needs.ToBits()))
                {
                    return "what is missing here is missing nowhere else";
                }
            }

            var sight = new StreamSight(orders, _needs.Missing, report.Bytes / elapsed.TotalSeconds, tally.Silence, _time.GetElapsedTime(answered), elapsed);
            if (rule.WhyLeave(sight) is { } why)
            {
                return why;
            }

            if (_time.GetElapsedTime(joined) > (orders.State == CarouselState.Sending && tally.Silence > s_dry ? s_dry : s_joinAgainEvery))
            {
                joined = _time.GetTimestamp();
                socket.JoinAgain();
            }
        }

        return "everything has come";
    }

    // A server that is away is asked again at the next turn; the stream goes on by itself.
    private async Task<CarouselOrders?> TryReportAsync(string id, CarouselReport report, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(s_answerWithin);
        try
        {
            return await _door.ReportAsync(id, report, patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
        catch (UserErrorException e) when (e.Code == "store-unreachable")
        {
            return null;
        }
    }

    private async Task TryTellAsync(string id, StreamTally tally, string? leaves, CancellationToken cancel)
    {
        try
        {
            await TryReportAsync(id, tally.Take(0, _needs.Missing, leaves), cancel);
        }
        catch (UserErrorException)
        {
            // it has ended there as well
        }
    }
}
