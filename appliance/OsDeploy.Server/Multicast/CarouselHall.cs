using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Multicast;
using OsDeploy.Server.Hosting;
using OsDeploy.Server.Jobs;

namespace OsDeploy.Server.Multicast;

/// <summary>All carousels of the appliance: opens one when a batch has several hosts for it, and looks after each until it ends.</summary>
internal sealed class CarouselHall(IImageStore store, JobBoard board, Func<MulticastSettings> settings, TimeProvider time, ILogger<CarouselHall> log)
    : PeriodicWork(s_lookEvery, time, log)
{
    private const int KeySize = DatagramSeal.KeySize;
    private const double UsualLimit = 125_000_000;
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_remembered = TimeSpan.FromHours(1);

    private readonly TimeProvider _time = time;
    private readonly SemaphoreSlim _opening = new(1);
    private readonly List<Running> _carousels = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<CarouselView> Views()
    {
        lock (_carousels)
        {
            return [.. Enumerable.Reverse(_carousels).Select(one => one.Session.View())];
        }
    }

    /// <param name="local">Address at which the host reached the appliance; null: not by a network.</param>
    public async Task<CarouselTicket> JoinAsync(Job job, IPAddress? local, CancellationToken cancel)
    {
        if (WhyNot(job) is { } why)
        {
            return Refuse(why);
        }

        await _opening.WaitAsync(cancel);
        try
        {
            var last = Last(job);
            if (last is { Session.HasEnded: true } && Partners(job).Count(last.Session.CouldStillServe) < 2)
            {
                return Refuse("the stream of its batch has ended, and no other host could share a new one");
            }

            var carousel = last is { Session.HasEnded: false } ? last : await OpenAsync(job, local, cancel);
            carousel.Session.Join(job);
            return carousel.Ticket;
        }
        catch (SocketException e)
        {
            return Refuse("the network card does not send: " + e.Message);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <exception cref="UserErrorException"><c>carousel-missing</c></exception>
    public CarouselSession Require(Job job, string id)
    {
        lock (_carousels)
        {
            return _carousels.Find(one => one.Session.Subject.Batch == job.Batch && one.Ticket.Id == id)?.Session ?? throw CarouselErrors.Missing();
        }
    }

    /// <summary>The newest carousel of a batch.</summary>
    /// <exception cref="UserErrorException"><c>carousel-missing</c></exception>
    public CarouselSession OfBatch(string batch)
    {
        lock (_carousels)
        {
            return _carousels.FindLast(one => one.Session.Subject.Batch == batch)?.Session ?? throw CarouselErrors.Missing();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        List<Running> running;
        lock (_carousels)
        {
            running = [.. _carousels];
        }

        running.ForEach(one => one.Session.End("The appliance was stopped."));
        await Task.WhenAll(running.Select(one => one.Sending));
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _opening.Dispose();
        base.Dispose();
    }

    protected override Task RunAsync(CancellationToken stopping)
    {
        List<Running> all;
        lock (_carousels)
        {
            _carousels.RemoveAll(one => one.Session.HasEnded && _time.GetElapsedTime(one.Opened) > s_remembered);
            all = [.. _carousels];
        }

        all.FindAll(one => !one.Session.HasEnded).ForEach(one => one.Session.Look());
        return Task.CompletedTask;
    }

    private string? WhyNot(Job job) => job switch
    {
        { Kind: not JobKind.Restore } => "it is no restore of a configuration",
        { Options.Transfer: TransferWish.Unicast } => "its job was started so",
        { Store: not null } => "its image lies on another appliance",
        _ when settings().Mode == MulticastMode.Off => "streams are switched off on this appliance",
        _ when Partners(job).Count < 2 => "it is the only host of its batch",
        _ => null,
    };

    private static CarouselTicket Refuse(string why) => new(null, why, null, 0, null, null);

    private List<Job> Partners(Job job) => [.. board.OfBatch(job.Batch).Where(other => other.Version == job.Version && other.Store is null && JobRules.IsActive(other))];

    private Running? Last(Job job)
    {
        lock (_carousels)
        {
            return _carousels.FindLast(one => one.Session.Subject.Batch == job.Batch && one.Session.Subject.Version == job.Version);
        }
    }

    private async Task<Running> OpenAsync(Job job, IPAddress? local, CancellationToken cancel)
    {
        var manifest = Manifest.Parse(await store.ReadManifestAsync(job.Version!.Value, cancel));
        var table = await ChunkTable.ReadAsync(store, manifest, cancel);
        var wanted = settings();
        var card = MulticastCard.Find(wanted.Interface, local);
        var place = FreePlace();
        var target = MulticastCard.TargetOf(wanted, card, place);
        var id = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
        var key = RandomNumberGenerator.GetBytes(KeySize);
        var session = new CarouselSession(
            new CarouselSubject(job.Batch, job.Image!.Value, job.Version.Value, job.Options.Gather ?? new Gathering(), () => Partners(job)), table, id, target.ToString(), _time);
        var ticket = new CarouselTicket(
            id.ToString("x8", CultureInfo.InvariantCulture), "", target.Address.ToString(), target.Port, key, table.Fingerprint);
        var socket = new DatagramSocket(card.Address, target, wanted);
        var chunks = new ChunkSender(id, key, socket.Send, new Pacer(_time));
        var sender = new CarouselSender(session, store.Chunks, manifest.ChunkSize, chunks, LimitOf(wanted, card, job.Options), _time, log);
        var running = new Running(session, ticket, place, _time.GetTimestamp(), SendAsync(sender, chunks, socket));
        lock (_carousels)
        {
            _carousels.Add(running);
        }

        return running;
    }

    private static double LimitOf(MulticastSettings wanted, MulticastCard card, JobOptions options)
    {
        var limit = wanted.MostBytesPerSecond > 0 ? wanted.MostBytesPerSecond : card.BytesPerSecond ?? UsualLimit;
        return options.MostBytesPerSecond > 0 ? Math.Min(limit, options.MostBytesPerSecond) : limit;
    }

    private static async Task SendAsync(CarouselSender sender, ChunkSender chunks, DatagramSocket socket)
    {
        using (socket)
        using (chunks)
        {
            await sender.RunAsync(CancellationToken.None);
        }
    }

    private int FreePlace()
    {
        lock (_carousels)
        {
            var taken = _carousels.Where(one => !one.Session.HasEnded).Select(one => one.Place).ToHashSet();
            return Enumerable.Range(0, MulticastSettings.MostCarousels).FirstOrDefault(place => !taken.Contains(place));
        }
    }

    private sealed record Running(CarouselSession Session, CarouselTicket Ticket, int Place, long Opened, Task Sending);
}
