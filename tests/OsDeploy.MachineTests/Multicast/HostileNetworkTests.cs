using System.Net;
using System.Net.Sockets;
using OsDeploy.Api.Carousels;
using OsDeploy.Benchmarks.Streams;
using OsDeploy.Lab.Wires;
using OsDeploy.Multicast;
using OsDeploy.Server.Multicast;

namespace OsDeploy.MachineTests.Multicast;

/// <summary>Four receivers on a switch, and what may happen to them: nothing wrong is ever handed on, and nobody hangs.</summary>
public sealed class HostileNetworkTests
{
    private const int Receivers = 4;
    private const int QuickRuns = 8;
    private const int AllRuns = 100;
    private const long Bytes = 12_000_000;
    private const double Limit = 12_500_000;
    private const string Ports = "9077-9092";

    // One that leaves takes this long at most to find out; then nothing hangs on the stream any more.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);

    public HostileNetworkTests() => Root.OrSkip();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_wrong_is_handed_on_and_nobody_hangs_whatever_the_network_does()
    {
        var seed = Random.Shared.Next();
        var runs = Full.Times(QuickRuns, AllRuns);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}, {runs} runs");
        await using var network = await SwitchedNetwork.CreateAsync("osdhn", 2 + Receivers, "200mbit", Cancel);
        for (var run = 0; run < runs; run++)
        {
            await RunAsync(network, new Random(seed + run), seed + run);
        }
    }

    [Fact]
    public async Task Where_the_switch_drops_multicast_hosts_turn_to_HTTPS_within_ten_seconds()
    {
        await using var network = await SwitchedNetwork.CreateAsync("osdhd", 1 + Receivers, "200mbit", Cancel);
        for (var member = 1; member <= Receivers; member++)
        {
            await network.LoseAsync(member, 1, Ports);
        }

        var frames = new DrawnFrames(1, Bytes);
        await using var room = new StreamRoom(network, frames, 1, Limit, Receivers, TimeProvider.System);
        var watching = room.RunAsync(Cancel);
        var began = TimeProvider.System.GetTimestamp();
        var results = await Task.WhenAll(Enumerable.Range(1, Receivers).Select(member => Task.Run(() => room.ReceiveAsync(member, write: null, Cancel))));

        Assert.All(results, result => Assert.Contains("nothing of the stream arrives", result.Why, StringComparison.Ordinal));
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(11), $"{TimeProvider.System.GetElapsedTime(began)}");
        Assert.All(results, result => Assert.Equal(frames.Table.Count, result.Needs.Missing));
        await watching;
    }

    private static async Task RunAsync(SwitchedNetwork network, Random random, int seed)
    {
        var frames = new DrawnFrames(seed, Bytes);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using var room = new StreamRoom(network, frames, seed, Limit, Receivers, TimeProvider.System);
        var attacking = Task.Run(() => Attack(network, frames, seed, over.Token));
        using var killed = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        killed.CancelAfter(TimeSpan.FromMilliseconds(random.Next(100, 1500)));
        var watching = room.RunAsync(Cancel);
        var (wrong, isKilled, isStopped, stopAfter) = (0, random.Next(2) == 0, random.Next(3) == 0, random.Next(200, 900));
        var began = TimeProvider.System.GetTimestamp();
        var receiving = Enumerable.Range(1, Receivers).Select(member => Task.Run(() => room.ReceiveAsync(
            member,
            frame =>
            {
                var isRight = frame.Parts.Frame.Span.SequenceEqual(frames.FrameOf(frame.Number));
                Interlocked.Add(ref wrong, isRight ? 0 : 1);
                return isRight;
            },
            member == Receivers && isKilled ? killed.Token : Cancel))).ToList();
        if (isStopped)
        {
            await Task.Delay(stopAfter, Cancel);
            room.Session.End("The appliance was stopped.");
        }

        foreach (var receiver in receiving)
        {
            try
            {
                var result = await receiver.WaitAsync(s_longest, Cancel);
                Assert.True(isStopped || result.Needs.Missing < frames.Table.Count / 4, $"seed {seed}: {result.Needs.Missing} of {frames.Table.Count}: {result.Why}");
            }
            catch (OperationCanceledException) when (killed.IsCancellationRequested)
            {
                // This one was switched off.
            }
        }

        Assert.Equal(0, wrong);
        Assert.True(TimeProvider.System.GetElapsedTime(began) < s_longest, $"seed {seed}: {TimeProvider.System.GetElapsedTime(began)}");
        room.Session.End("It is over.");
        await watching;
        await over.CancelAsync();
        await attacking;
    }

    // A computer on the same switch that knows the group and the id of the carousel, and has recorded an earlier one.
    private static void Attack(SwitchedNetwork network, DrawnFrames frames, int seed, CancellationToken stop)
    {
        const int Attacker = Receivers + 1;
        var random = new Random(seed + 1);
        var target = new IPEndPoint(IPAddress.Parse(MulticastSettings.UsualGroup), MulticastSettings.UsualPort);
        using var socket = network.Inside(Attacker, () => new DatagramSocket(SwitchedNetwork.AddressOf(Attacker), target, new MulticastSettings()));
        var overheard = Overhear(network, Attacker, target);
        using (overheard)
        {
            var key = new byte[DatagramSeal.KeySize];
            random.NextBytes(key);
            var recorded = new List<byte[]>();
            var buffer = new byte[GroupSocket.BufferSize];
            while (!stop.IsCancellationRequested)
            {
                var received = overheard.Receive(buffer, TimeSpan.FromMilliseconds(5), out var size);
                if (received > 0 && DatagramHeader.TryRead(buffer, out var header))
                {
                    recorded.Add(buffer.AsSpan(0, Math.Min(size, received)).ToArray());
                    TrySend(socket, Forged(header, frames, key, random));
                }

                for (var i = 0; i < 4 && recorded.Count > 0; i++)
                {
                    TrySend(socket, Changed(recorded[random.Next(recorded.Count)], random));
                }
            }
        }
    }

    private static GroupSocket Overhear(SwitchedNetwork network, int member, IPEndPoint target) =>
        network.Inside(member, () => new GroupSocket(target.Address, target.Port, SwitchedNetwork.AddressOf(member)));

    // As the sender would make it, under a key of one's own.
    private static byte[] Forged(DatagramHeader header, DrawnFrames frames, byte[] key, Random random)
    {
        using var seal = new DatagramSeal(key);
        var number = random.Next(frames.Table.Count);
        var plan = FragmentPlan.For(frames.FrameOf(number).Length);
        var fragment = random.Next(plan.Count);
        var content = new byte[plan.LengthOf(fragment)];
        random.NextBytes(content);
        var datagram = new byte[DatagramSeal.LengthOf(content.Length)];
        seal.Seal(header with { Chunk = number, FrameLength = plan.FrameLength, Fragment = fragment }, frames.Table[number], content, datagram);
        return datagram;
    }

    // Played again as it was, cut, lengthened, or with one bit turned over.
    private static byte[] Changed(byte[] datagram, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                return datagram;
            case 1:
                return datagram[..random.Next(1, datagram.Length)];
            case 2:
                return [.. datagram, .. new byte[random.Next(1, 400)]];
            default:
                var changed = datagram.ToArray();
                changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
                return changed;
        }
    }

    private static void TrySend(DatagramSocket socket, byte[] datagram)
    {
        try
        {
            socket.Send(datagram, datagram.Length);
        }
        catch (SocketException)
        {
            // Its own queue is full.
        }
    }
}
