using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using OsDeploy.Api;
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
    // Fewer are asked for at once, before anybody could begin to send.
    private const int WorthIt = 64;
    private const double UsualLimit = 125_000_000;
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_remembered = TimeSpan.FromHours(1);
    private static readonly string[] s_pastWriting = ["flush", "verify", "wipe free space", "finish"];

    private readonly TimeProvider _time = time;
    private readonly SemaphoreSlim _opening = new(1);
    private readonly List<Running> _carousels = [];
    private readonly List<(CarouselView View, long At)> _refused = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Newest first, and behind them the batches that have none, with the reason.</summary>
    public IReadOnlyList<CarouselView> Views()
    {
        lock (_carousels)
        {
            return [.. Enumerable.Reverse(_carousels).Select(one => one.Session.View()), .. Enumerable.Reverse(_refused).Select(one => one.View)];
        }
    }

    /// <param name="local">Address at which the host reached the appliance; null: not by a network.</param>
    public async Task<CarouselTicket> JoinAsync(Job job, long needed, IPAddress? local, CancellationToken cancel)
    {
        if (WhyNot(job) is { } why)
        {
            return Refuse(job, why);
        }

        await _opening.WaitAsync(cancel);
        try
        {
            return await JoinAsync(job, needed, Last(job), local, cancel);
        }
        catch (SocketException e)
        {
            return Refuse(job, "the network card does not send: " + e.Message);
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task<CarouselTicket> JoinAsync(Job job, long needed, Running? last, IPAddress? local, CancellationToken cancel)
    {
        if (last is { Session: { HasEnded: true } ended })
        {
            if (ended.IsStopped)
            {
                return Refuse("an operator has stopped the stream of its batch");
            }

            if (Partners(job).Count(ended.CouldStillServe) < 2 && !AbortsAlone(job))
            {
                return Refuse("the stream of its batch has ended, and no other host could share a new one");
            }
        }

        var carousel = last is { Session.HasEnded: false } ? last : await OpenAsync(job, last?.Session, local, cancel);
        if (carousel is null)
        {
            return Refuse(job, "too many streams run, or its image has too many chunks for one");
        }

        if (needed < WorthIt)
        {
            carousel.Session.Excuse(job, "it needs only a few chunks");
            return Refuse("there are only a few");
        }

        carousel.Session.Join(job);
        return carousel.Ticket;
    }

    /// <exception cref="UserErrorException"><c>carousel-missing</c></exception>
    public CarouselSession Require(Job job, string id)
    {
        lock (_carousels)
        {
            return _carousels.Find(one => one.Session.Subject.Batch == job.Batch && one.Ticket.Id == id)?.Session ?? throw MulticastErrors.Missing();
        }
    }

    /// <summary>Those of a batch, one for each version; newest first.</summary>
    public IReadOnlyList<CarouselSession> OfBatch(string batch)
    {
        lock (_carousels)
        {
            return [.. Enumerable.Reverse(_carousels).Select(one => one.Session).Where(session => session.Subject.Batch == batch)];
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        List<Running> running;
        lock (_carousels)
        {
            running = [.. _carousels];
        }

        await _stopping.CancelAsync();
        await Task.WhenAll(running.Select(one => one.Sending)).WaitAsync(s_farewell, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _opening.Dispose();
        _stopping.Dispose();
        base.Dispose();
    }

    protected override Task RunAsync(CancellationToken stopping)
    {
        List<Running> all;
        lock (_carousels)
        {
            _carousels.RemoveAll(one => one.Session.EndedFor > s_remembered);
            _refused.RemoveAll(one => _time.GetElapsedTime(one.At) > s_remembered);
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
        _ when Partners(job).Count < 2 && !AbortsAlone(job) => "it is the only host of its batch",
        _ => null,
    };

    // Listed once for each batch that never had one: for its operator, who sees no stream and wonders.
    private CarouselTicket Refuse(Job job, string why)
    {
        lock (_carousels)
        {
            if (!_refused.Exists(one => one.View.Batch == job.Batch) && !_carousels.Exists(one => one.Session.Subject.Batch == job.Batch))
            {
                var view = new CarouselView(null, job.Batch, job.Image, job.Version, CarouselState.Ended, why + ".", null, 0, 0, 0, 0, 0, 0, null, []);
                _refused.Add((view, _time.GetTimestamp()));
            }
        }

        return Refuse(why);
    }

    private static CarouselTicket Refuse(string why) => new(null, why, null, 0, null, null);

    // Too few are too few, also where the others have ended already.
    private bool AbortsAlone(Job job) => job.Options.Gather is { OrAbort: true } && board.OfBatch(job.Batch).Count > 1;

    private List<Job> Partners(Job job) => [.. board.OfBatch(job.Batch).Where(other => other.Version == job.Version && other.Store is null && JobRules.IsActive(other))];

    // Not who had its fill before, or is past writing.
    private bool WillCome(Job job, CarouselSession? before) =>
        before?.CouldStillServe(job) != false && !s_pastWriting.Contains(board.Live.Of(job.Id).Progress?.Phase);

    private Running? Last(Job job)
    {
        lock (_carousels)
        {
            return _carousels.FindLast(one => one.Session.Subject.Batch == job.Batch && one.Session.Subject.Version == job.Version);
        }
    }

    private async Task<Running?> OpenAsync(Job job, CarouselSession? before, IPAddress? local, CancellationToken cancel)
    {
        var manifest = Manifest.Parse(await store.ReadManifestAsync(job.Version!.Value, cancel));
        var table = await ChunkTable.ReadAsync(store, manifest, cancel);
        if (table.Count > CarouselApi.MostChunks || FreePlace() is not { } place)
        {
            return null;
        }

        var wanted = settings();
        var card = MulticastCard.Find(wanted.Interface, local);
        var target = MulticastCard.TargetOf(wanted, card, place);
        var id = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
        var key = RandomNumberGenerator.GetBytes(DatagramSeal.KeySize);
        var subject = new CarouselSubject(
            job.Batch, job.Image!.Value, job.Version.Value, job.Options.Gather ?? new Gathering(), () => Partners(job), other => WillCome(other, before));
        var session = new CarouselSession(subject, table, id, target.ToString(), _time);
        var ticket = new CarouselTicket(
            id.ToString("x8", CultureInfo.InvariantCulture), "", target.Address.ToString(), target.Port, key, table.Fingerprint);
        var socket = new DatagramSocket(card.Address, target, wanted);
        var chunks = new ChunkSender(id, key, socket.Send, new Pacer(_time));
        var sender = new CarouselSender(session, store.Chunks, manifest.ChunkSize, chunks, LimitOf(wanted, card, job.Options), _time, log);
        var running = new Running(session, ticket, place, SendAsync(sender, chunks, socket));
        lock (_carousels)
        {
            _carousels.Add(running);
            _refused.RemoveAll(one => one.View.Batch == job.Batch);
        }

        return running;
    }

    private static double LimitOf(MulticastSettings wanted, MulticastCard card, JobOptions options)
    {
        var limit = wanted.MostBytesPerSecond > 0 ? wanted.MostBytesPerSecond : card.BytesPerSecond ?? UsualLimit;
        return options.MostBytesPerSecond > 0 ? Math.Min(limit, options.MostBytesPerSecond) : limit;
    }

    private async Task SendAsync(CarouselSender sender, ChunkSender chunks, DatagramSocket socket)
    {
        using (socket)
        using (chunks)
        {
            await sender.RunAsync(_stopping.Token);
        }
    }

    private int? FreePlace()
    {
        lock (_carousels)
        {
            var taken = _carousels.Where(one => !one.Session.HasEnded).Select(one => one.Place).ToHashSet();
            return Enumerable.Range(0, MulticastSettings.MostCarousels).Select(place => (int?)place).FirstOrDefault(place => !taken.Contains(place!.Value));
        }
    }

    private sealed record Running(CarouselSession Session, CarouselTicket Ticket, int Place, Task Sending);
}
