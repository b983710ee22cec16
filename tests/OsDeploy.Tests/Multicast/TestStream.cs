using System.Threading.Channels;
using OsDeploy.Chunks;
using OsDeploy.Multicast;
using OsDeploy.Server.Multicast;

namespace OsDeploy.Tests.Multicast;

/// <summary>A carousel without a network: what is sent lies in a list, and tests say what becomes of it.</summary>
internal sealed class TestStream : IDisposable
{
    public const uint Id = 0xCA505E1;
    public const int ChunkSize = 256 << 10;

    private readonly Dictionary<ChunkId, byte[]> _frames = [];
    private readonly ChunkSender _sender;

    /// <param name="lengths">Of the frames of chunks; their content is drawn by the seed.</param>
    public TestStream(int seed, params int[] lengths)
    {
        var random = new Random(seed);
        Frames = [.. lengths.Select(length => Bytes(random, length))];
        Table = new ChunkTable(Frames.Select(frame => ChunkId.Of(frame)));
        Key = Bytes(random, DatagramSeal.KeySize);
        foreach (var frame in Frames)
        {
            _frames[ChunkId.Of(frame)] = frame;
        }

        _sender = new ChunkSender(Id, Key, Keep, new Pacer(TimeProvider.System));
    }

    public IReadOnlyList<byte[]> Frames { get; }

    public ChunkTable Table { get; }

    public byte[] Key { get; }

    public List<byte[]> Datagrams { get; } = [];

    public static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    public void Send(int number, int parity) =>
        _sender.Send(number, Table[number], _frames[Table[number]], _ => parity, 1e12, CancellationToken.None);

    public TestIntake NewIntake(int room = 8, byte[]? key = null, uint id = Id) => new(this, room, key ?? Key, id);

    public void Dispose() => _sender.Dispose();

    private void Keep(ReadOnlySpan<byte> datagrams, int size)
    {
        for (var at = 0; at < datagrams.Length; at += size)
        {
            Datagrams.Add(datagrams.Slice(at, Math.Min(size, datagrams.Length - at)).ToArray());
        }
    }
}

/// <summary>A receiver that is fed by hand. "Chunk" and frame are the same here: what is checked is the way of the bytes.</summary>
internal sealed class TestIntake : IDisposable
{
    private readonly Channel<IncomingFrame> _frames;
    private readonly TestStream _stream;
    private readonly FramePool _pool;
    private readonly Func<DatagramIntake> _new;
    private DatagramIntake _intake;

    public TestIntake(TestStream stream, int room, byte[] key, uint id)
    {
        (_stream, _pool) = (stream, new FramePool(room));
        _frames = Channel.CreateBounded<IncomingFrame>(Math.Max(1, room / 2));
        var needed = new ChunkBits(stream.Table.Count);
        for (var i = 0; i < needed.Count; i++)
        {
            needed[i] = true;
        }

        Needs = new ReceiverNeeds(needed);
        _new = () => new DatagramIntake(id, key, stream.Table, ChunkCodec.MaxFrameLength(TestStream.ChunkSize), Needs, Tally, _pool, _frames.Writer);
        _intake = _new();
    }

    public ReceiverNeeds Needs { get; }

    public StreamTally Tally { get; } = new(TimeProvider.System);

    /// <summary>Frames that came whole and were not the chunk.</summary>
    public int Wrong { get; private set; }

    public void Take(IEnumerable<byte[]> datagrams)
    {
        foreach (var datagram in datagrams)
        {
            _intake.Take(datagram);
        }
    }

    /// <summary>Takes and empties at once, as a disk that is never behind.</summary>
    public void TakeAndWrite(IEnumerable<byte[]> datagrams)
    {
        foreach (var datagram in datagrams)
        {
            _intake.Take(datagram);
            Write();
        }
    }

    public void JoinAnew()
    {
        _intake.Dispose();
        _intake = _new();
    }

    /// <returns>Frames that were written.</returns>
    public int Write()
    {
        var written = 0;
        for (; _frames.Reader.TryRead(out var frame); written++)
        {
            frame.Parts.Finish();
            if (ChunkId.Of(frame.Parts.Frame.Span) == _stream.Table[frame.Number])
            {
                Needs.Finish(frame.Number);
            }
            else
            {
                Wrong++;
                Needs.Refuse(frame.Number);
            }

            _pool.Return(frame);
        }

        return written;
    }

    public void Dispose() => _intake.Dispose();
}
