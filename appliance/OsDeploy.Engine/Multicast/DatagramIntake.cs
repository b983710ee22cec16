using System.Threading.Channels;

namespace OsDeploy.Multicast;

/// <summary>
/// Opens datagrams and puts frames together. It never waits for the disk: a frame that finds no room is dropped and stays needed. Of one
/// thread.
/// </summary>
internal sealed class DatagramIntake : IDisposable
{
    // Of chunks that are not needed only so many datagrams are opened, to know which numbers are true.
    private const int SampleEvery = 64;

    private readonly uint _carousel;
    private readonly ChunkTable _table;
    private readonly ReceiverNeeds _needs;
    private readonly StreamTally _tally;
    private readonly FramePool _pool;
    private readonly FrameAssembly _assembly;
    private readonly ChannelWriter<IncomingFrame> _frames;
    private readonly DatagramSeal _seal;
    private readonly byte[] _unplaced = new byte[FragmentPlan.MaxSize];
    private readonly int _maxFrame;
    private int _skipped;

    /// <param name="maxFrame">Longest frame that a chunk of this version can have.</param>
    /// <param name="frames">Takes complete frames; bounded.</param>
    public DatagramIntake(
        uint carousel, byte[] key, ChunkTable table, int maxFrame, ReceiverNeeds needs, StreamTally tally, FramePool pool, ChannelWriter<IncomingFrame> frames)
    {
        (_carousel, _table, _maxFrame, _needs, _tally, _pool, _frames) = (carousel, table, maxFrame, needs, tally, pool, frames);
        (_assembly, _seal) = (new FrameAssembly(pool), new DatagramSeal(key));
    }

    public void Dispose()
    {
        _assembly.Clear();
        _seal.Dispose();
    }

    /// <summary>Takes what came: anybody may have sent it.</summary>
    public void Take(ReadOnlySpan<byte> datagram)
    {
        if (!DatagramHeader.TryRead(datagram, out var header) || header.Carousel != _carousel || header.Chunk >= _table.Count
            || header.FrameLength < 1 || header.FrameLength > _maxFrame)
        {
            return;
        }

        var plan = FragmentPlan.For(header.FrameLength);
        if (!plan.Has(header.Fragment) || datagram.Length != DatagramSeal.LengthOf(plan.LengthOf(header.Fragment)))
        {
            return;
        }

        if (!_needs.IsWanted(header.Chunk))
        {
            Skip(header, plan, datagram);
        }
        else if (_assembly.Find(header.Chunk) is { } frame && frame.Parts.Plan == plan)
        {
            Add(frame, header, datagram);
        }
        else
        {
            Begin(header, plan, datagram);
        }
    }

    private void Skip(in DatagramHeader header, in FragmentPlan plan, ReadOnlySpan<byte> datagram)
    {
        if (++_skipped % SampleEvery == 0 && Open(header, datagram, _unplaced.AsSpan(0, plan.LengthOf(header.Fragment))))
        {
            _tally.Opened(header.Packet, datagram.Length);
        }
        else
        {
            _tally.Seen(header.Packet, datagram.Length);
        }
    }

    private void Add(IncomingFrame frame, in DatagramHeader header, ReadOnlySpan<byte> datagram)
    {
        if (!frame.Parts.Wants(header.Fragment))
        {
            _tally.Seen(header.Packet, datagram.Length);
        }
        else if (Open(header, datagram, frame.Parts.PlaceOf(header.Fragment)))
        {
            _tally.Opened(header.Packet, datagram.Length);
            Keep(frame, header.Fragment);
        }
    }

    // Nothing is put aside for a datagram before its seal was opened: a stranger cannot push frames out.
    private void Begin(in DatagramHeader header, FragmentPlan plan, ReadOnlySpan<byte> datagram)
    {
        var content = _unplaced.AsSpan(0, plan.LengthOf(header.Fragment));
        if (!Open(header, datagram, content))
        {
            return;
        }

        _tally.Opened(header.Packet, datagram.Length);
        if (_assembly.Begin(header.Chunk, plan) is { } frame)
        {
            content.CopyTo(frame.Parts.PlaceOf(header.Fragment));
            Keep(frame, header.Fragment);
        }
    }

    private bool Open(in DatagramHeader header, ReadOnlySpan<byte> datagram, Span<byte> content) =>
        _seal.TryOpen(header, _table[header.Chunk], datagram, content);

    private void Keep(IncomingFrame frame, int fragment)
    {
        frame.Parts.Keep(fragment);
        if (!frame.Parts.IsComplete)
        {
            return;
        }

        _assembly.Take(frame);
        _needs.Hold(frame.Number);
        if (!_frames.TryWrite(frame))
        {
            _needs.Release(frame.Number);
            _tally.Overrun(frame.Parts.Plan.Count);
            _pool.Return(frame);
        }
    }
}
