using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OsDeploy.Chunks;
using OsDeploy.Multicast;

namespace OsDeploy.Server.Multicast;

/// <summary>
/// Sends the passes of one carousel. Frames are read ahead from the store once, whatever the number of hosts; the thread that sends waits for
/// nothing but them and the pace.
/// </summary>
internal sealed partial class CarouselSender(CarouselSession session, IChunkStore store, int chunkSize, ChunkSender chunks, double limit, TimeProvider time, ILogger log)
{
    private const int FramesAhead = 24;
    private const int AnnouncedAhead = 128;
    // Until hosts have reported: where it is too little, all that was sent would have been in vain.
    private const double UnknownLoss = 0.05;

    private const int NeedPollMilliseconds = 50;
    private static readonly TimeSpan s_lossesEvery = TimeSpan.FromSeconds(0.25);

    // Long enough for reports of what the last change has done.
    private static readonly TimeSpan s_rateEvery = TimeSpan.FromSeconds(1.5);

    private readonly RateControl _rate = new(limit);
    private readonly ParityChoice _parity = new();
    private readonly ConcurrentBag<byte[]> _buffers = [];
    private readonly RateMeter _meter = new(time);
    private long _lossesHeard = time.GetTimestamp();
    private long _rateHeard = time.GetTimestamp();

    /// <summary>Returns when the carousel has ended.</summary>
    public Task RunAsync(CancellationToken cancel) => Task.Factory.StartNew(() => Run(cancel), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken cancel)
    {
        try
        {
            _parity.Expect([UnknownLoss]);
            while (!session.HasEnded)
            {
                cancel.ThrowIfCancellationRequested();
                if (session.TryBeginPass() is { } plan)
                {
                    SendPass(plan, cancel);
                    session.EndPass();
                }
                else
                {
                    cancel.WaitHandle.WaitOne(NeedPollMilliseconds);
                }
            }
        }
        catch (SocketException e)
        {
            LogNoWay(log, e);
            session.End($"The network card does not send: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            // The appliance is being stopped: hosts are not told that it is over, and join again at its next start.
        }
#pragma warning disable CA1031 // The top of its thread: hosts must not wait for a stream that has died.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(log, e);
            session.End("It has failed; the log of the appliance says why.");
        }
    }

    private void SendPass(ChunkBits plan, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var frames = Channel.CreateBounded<Frame>(FramesAhead);
        var reading = Task.Run(() => ReadAheadAsync(plan, frames.Writer, stop.Token), CancellationToken.None);
        try
        {
            while (!session.HasEnded && session.IsHeard && TryTake(frames.Reader, cancel, out var frame))
            {
                Send(frame, cancel);
                _buffers.Add(frame.Buffer);
            }
        }
        finally
        {
            stop.Cancel();
            reading.GetAwaiter().GetResult();
        }
    }

    // This thread is its own: it may be blocked.
    private static bool TryTake(ChannelReader<Frame> frames, CancellationToken cancel, out Frame frame)
    {
        while (!frames.TryRead(out frame))
        {
            if (!frames.WaitToReadAsync(cancel).AsTask().GetAwaiter().GetResult())
            {
                return false;
            }
        }

        return true;
    }

    private void Send(in Frame frame, CancellationToken cancel)
    {
        Adapt();
        var before = chunks.SentBytes;
        chunks.Send(frame.Number, session.Table[frame.Number], frame.Buffer.AsSpan(0, frame.Length), _parity.For, _rate.Rate, cancel);
        _meter.Add(chunks.SentBytes - before);
        session.Sent(_meter.BytesPerSecond, _parity.Share);
    }

    private void Adapt()
    {
        if (time.GetElapsedTime(_lossesHeard) < s_lossesEvery)
        {
            return;
        }

        _lossesHeard = time.GetTimestamp();
        if (session.Losses is { Count: > 0 } losses)
        {
            _parity.Expect(losses);
        }

        if (time.GetElapsedTime(_rateHeard) < s_rateEvery)
        {
            return;
        }

        _rateHeard = time.GetTimestamp();
        _rate.Hear(session.MedianLoss, session.MedianRate);
        if (_rate.Rate <= RateControl.Slowest && _rate.Rate < limit)
        {
            session.End("The network takes next to nothing of it.");
        }
    }

    // A chunk the store cannot give is left out: hosts ask for it by HTTPS, and there it is looked into.
    private async Task ReadAheadAsync(ChunkBits plan, ChannelWriter<Frame> frames, CancellationToken cancel)
    {
        try
        {
            foreach (var numbers in Enumerable.Range(0, plan.Count).Where(number => plan[number]).Chunk(AnnouncedAhead))
            {
                store.Expect([.. numbers.Select(number => session.Table[number])]);
                foreach (var number in numbers)
                {
                    if (await TryReadAsync(number, cancel) is { } frame)
                    {
                        await frames.WriteAsync(frame, cancel);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // the pass was broken off
        }
        finally
        {
            frames.Complete();
        }
    }

    private async ValueTask<Frame?> TryReadAsync(int number, CancellationToken cancel)
    {
        var buffer = _buffers.TryTake(out var free) ? free : GC.AllocateUninitializedArray<byte>(ChunkCodec.MaxFrameLength(chunkSize));
        try
        {
            if (await store.ReadAsync(session.Table[number], buffer, cancel) is var length and > 0)
            {
                return new Frame(number, buffer, length);
            }
        }
        catch (UserErrorException e)
        {
            LogNoChunk(log, session.Table[number], e);
        }

        _buffers.Add(buffer);
        return null;
    }

    [LoggerMessage(LogLevel.Warning, "A carousel has no way to its hosts.")]
    private static partial void LogNoWay(ILogger log, Exception cause);

    [LoggerMessage(LogLevel.Error, "A carousel has failed.")]
    private static partial void LogFailed(ILogger log, Exception cause);

    [LoggerMessage(LogLevel.Warning, "A carousel leaves out chunk {Chunk}.")]
    private static partial void LogNoChunk(ILogger log, ChunkId chunk, Exception cause);

    private readonly record struct Frame(int Number, byte[] Buffer, int Length);
}
