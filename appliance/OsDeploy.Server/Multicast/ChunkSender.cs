using OsDeploy.Chunks;
using OsDeploy.Multicast;

namespace OsDeploy.Server.Multicast;

/// <summary>Sends datagrams that lie behind each other.</summary>
/// <param name="size">Bytes of each; the last may be shorter.</param>
internal delegate void SendBurst(ReadOnlySpan<byte> datagrams, int size);

/// <summary>Cuts frames into datagrams with their parity, seals them, and sends them at a pace. Of one thread.</summary>
internal sealed class ChunkSender(uint carousel, byte[] key, SendBurst send, Pacer pacer) : IDisposable
{
    // At a slow rate a burst is as much as a millisecond carries: a switch in front of a slow link holds no more.
    private const double BurstSeconds = 0.001;

    private readonly DatagramSeal _seal = new(key);
    private readonly byte[] _burst = GC.AllocateUninitializedArray<byte>(DatagramSocket.MaxBurst);
    private readonly byte[] _parity = new byte[FragmentPlan.MaxSize];
    private long _packet;
    private int _filled;

    /// <summary>Bytes that have left.</summary>
    public long SentBytes { get; private set; }

    /// <param name="parityOf">Parity fragments for a block with so many of content.</param>
    /// <param name="rate">Bytes a second.</param>
    public void Send(int number, ChunkId id, ReadOnlySpan<byte> frame, Func<int, int> parityOf, double rate, CancellationToken cancel)
    {
        var plan = FragmentPlan.For(frame.Length);
        var size = DatagramSeal.LengthOf(plan.Size);
        var most = Math.Clamp((int)(rate * BurstSeconds / size), 1, _burst.Length / size) * size;
        var fragments = plan.Count + (plan.Blocks * parityOf(plan.ContentOf(0)));
        for (var fragment = 0; fragment < fragments; fragment++)
        {
            var content = fragment < plan.Count ? frame.Slice(fragment * plan.Size, plan.LengthOf(fragment)) : ParityOf(plan, fragment, frame);
            var length = DatagramSeal.LengthOf(content.Length);
            _seal.Seal(new DatagramHeader(carousel, _packet++, number, frame.Length, fragment), id, content, _burst.AsSpan(_filled, length));
            _filled += length;
            if (length < size || _filled + size > most || fragment == fragments - 1)
            {
                Flush(size, rate, cancel);
            }
        }
    }

    public void Dispose() => _seal.Dispose();

    private void Flush(int size, double rate, CancellationToken cancel)
    {
        pacer.Take(_filled, rate, cancel);
        send(_burst.AsSpan(0, _filled), size);
        SentBytes += _filled;
        _filled = 0;
    }

    private ReadOnlySpan<byte> ParityOf(in FragmentPlan plan, int fragment, ReadOnlySpan<byte> frame)
    {
        var parity = _parity.AsSpan(0, plan.Size);
        parity.Clear();
        var row = plan.MemberOf(fragment);
        for (var i = plan.BlockOf(fragment); i < plan.Count; i += plan.Blocks)
        {
            ParityCode.Add(row, plan.MemberOf(i), frame.Slice(i * plan.Size, plan.LengthOf(i)), parity);
        }

        return parity;
    }
}
