using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Lab.Wires;
using OsDeploy.Multicast;
using OsDeploy.Server.Multicast;

namespace OsDeploy.Benchmarks.Streams;

/// <summary>
/// A carousel and its receivers in one process, each with its sockets in a network of its own: all of the transport, and nothing of disks.
/// What goes by HTTPS elsewhere is a call here.
/// </summary>
internal sealed class StreamRoom : IAsyncDisposable
{
    private const int Room = 256;
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);
    private static readonly IPEndPoint s_group = new(IPAddress.Parse(MulticastSettings.UsualGroup), MulticastSettings.UsualPort);

    private readonly SwitchedNetwork _network;
    private readonly DrawnFrames _frames;
    private readonly TimeProvider _time;
    private readonly List<Job> _jobs = [];
    private readonly CancellationTokenSource _over = new();
    private readonly byte[] _key;
    private readonly uint _id;
    private readonly DatagramSocket _socket;
    private readonly ChunkSender _chunks;
    private readonly Task _sending;

    /// <param name="limit">Bytes a second that are never passed.</param>
    public StreamRoom(SwitchedNetwork network, DrawnFrames frames, int seed, double limit, int expected, TimeProvider time)
    {
        (_network, _frames, _time) = (network, frames, time);
        var random = new Random(seed);
        (_key, _id) = (new byte[DatagramSeal.KeySize], (uint)random.Next());
        random.NextBytes(_key);
        _jobs.AddRange(Enumerable.Range(1, expected).Select(JobOf));
        Session = new CarouselSession(
            new CarouselSubject("1", ImageName.Parse("drawn"), default, new Gathering(expected), () => _jobs, _ => true, Least: Math.Min(expected, 2)), frames.Table, _id, s_group.ToString(), time);
        _socket = network.Inside(0, () => new DatagramSocket(SwitchedNetwork.AddressOf(0), s_group, new MulticastSettings()));
        _chunks = new ChunkSender(_id, _key, _socket.Send, new Pacer(time));
        _sending = new CarouselSender(Session, frames, DrawnFrames.ChunkSize, _chunks, limit, time, NullLogger.Instance).RunAsync(_over.Token);
    }

    public CarouselSession Session { get; }

    /// <summary>One receiver, until it has everything or leaves.</summary>
    /// <param name="cancel">It is switched off.</param>
    /// <param name="write">Told of each frame; false: it was not right. Null: all are taken as they come.</param>
    /// <returns>When everything was there, why it ended, and what it missed.</returns>
    public async Task<StreamResult> ReceiveAsync(int member, Func<IncomingFrame, bool>? write, CancellationToken cancel)
    {
        var needed = new ChunkBits(_frames.Table.Count);
        for (var number = 0; number < needed.Count; number++)
        {
            needed[number] = true;
        }

        var needs = new ReceiverNeeds(needed);
        var receiver = new StreamReceiver(new Door(this, member), _frames.Table, DrawnFrames.ChunkSize, needs, Room, _time);
        var ticket = new CarouselTicket(_id.ToString("x8", CultureInfo.InvariantCulture), "", s_group.Address.ToString(), s_group.Port, _key, _frames.Table.Fingerprint);
        Session.Join(_jobs[member - 1]);
        var receiving = receiver.RunAsync(ticket, cancel);
        await foreach (var frame in receiver.Frames.ReadAllAsync(CancellationToken.None))
        {
            frame.Parts.Finish();
            receiver.Done(frame, write?.Invoke(frame) ?? true);
        }

        return new StreamResult(_time.GetTimestamp(), await receiving, needs);
    }

    /// <summary>Looks after the carousel as the daemon does, until it is over.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(s_look);
        while (!Session.HasEnded && await timer.WaitForNextTickAsync(cancel))
        {
            Session.Look();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Session.End("It is over.");
        await _over.CancelAsync();
        await _sending;
        _chunks.Dispose();
        _socket.Dispose();
        _over.Dispose();
    }

    private static Job JobOf(int member) => new()
    {
        Id = member.ToString("D7", CultureInfo.InvariantCulture),
        Batch = "1",
        Kind = JobKind.Restore,
        Host = "",
        HostName = string.Create(CultureInfo.InvariantCulture, $"host{member}"),
        Agent = string.Create(CultureInfo.InvariantCulture, $"agent{member}"),
        Options = new JobOptions(),
        State = JobState.Running,
        CreatedBy = "",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private sealed class Door(StreamRoom room, int member) : ICarouselDoor
    {
        private readonly Job _job = room._jobs[member - 1];

        public GroupSocket Listen(IPEndPoint group) =>
            room._network.Inside(member, () => new GroupSocket(group.Address, group.Port, SwitchedNetwork.AddressOf(member)));

        public Task<CarouselTicket> JoinAsync(long needed, CancellationToken cancel) =>
            Task.FromResult(new CarouselTicket(null, "nothing begins anew here", null, 0, null, null));

        public Task NeedAsync(string carousel, ChunkBits need, CancellationToken cancel)
        {
            room.Session.Need(_job, need);
            return Task.CompletedTask;
        }

        public Task<(int Number, ChunkBits Plan)> PlanAsync(string carousel, int count, CancellationToken cancel)
        {
            var (number, bits) = room.Session.Plan();
            return Task.FromResult((number, ChunkBits.TryParse(count, bits)!));
        }

        public Task<CarouselOrders> ReportAsync(string carousel, CarouselReport report, CancellationToken cancel) =>
            Task.FromResult(room.Session.Report(_job, report));
    }
}

/// <param name="At">Timestamp of the end.</param>
internal sealed record StreamResult(long At, string Why, ReceiverNeeds Needs);
