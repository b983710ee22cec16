using OsDeploy.Api.Carousels;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Multicast;
using OsDeploy.Text;

namespace OsDeploy.Server.Multicast;

/// <summary>What a carousel is about.</summary>
/// <param name="WillCome">Whether one of them is waited for.</param>
/// <param name="Least">Hosts that must need a chunk for it to be sent.</param>
/// <param name="Expected">Running and waiting jobs of the batch that mean the same version.</param>
internal sealed record CarouselSubject(string Batch, ImageName Image, VersionId Version, Gathering Gather, Func<IReadOnlyList<Job>> Expected, Func<Job, bool> WillCome, int Least = 2);

/// <summary>
/// One carousel from its first host to its end: who takes part, when it begins, and what each pass sends. Nobody who takes part can stop it or
/// make it wait for longer than <see cref="NeedPatience"/>.
/// </summary>
internal sealed class CarouselSession(CarouselSubject subject, ChunkTable table, uint id, string target, TimeProvider time)
{
    private const int FewChunks = 32;
    private const int MostPasses = 50;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, CarouselMember> _members = [];
    private readonly long _opened = time.GetTimestamp();
    private CarouselState _state = CarouselState.Gathering;
    private string _reason = "It waits for the hosts of its batch.";
    private bool _startsNow;
    private bool _isAborted;
    private int _pass = 1;
    private long _passSince;
    private int _planNumber;
    private ChunkBits _plan = new(table.Count);
    private long _planned;
    private long? _endedAt;
    private long _sent;
    private double _sendRate;
    private double _parity;

    /// <summary>How long a pass waits for hosts to say what they miss.</summary>
    public static TimeSpan NeedPatience { get; } = TimeSpan.FromSeconds(2);

    /// <summary>A host that is not heard for so long takes part no more.</summary>
    public static TimeSpan Silence { get; } = TimeSpan.FromSeconds(10);

    public CarouselSubject Subject => subject;

    public ChunkTable Table => table;

    public bool HasEnded => Read(() => _state == CarouselState.Ended);

    /// <summary>For how long it is over; null: it is not.</summary>
    public TimeSpan? EndedFor => Read(() => _endedAt is { } at ? time.GetElapsedTime(at) : (TimeSpan?)null);

    /// <summary>An operator has ended it: no other begins for its batch.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>What hosts that take part lost lately on the way.</summary>
    public IReadOnlyList<double> Losses => Read(() => Heard().Select(member => member.Loss).ToList());

    /// <summary>What the median host could not use, whether the way or its disk was too slow.</summary>
    public double MedianLoss => Read(() => LowerMedian(Heard().Select(member => member.Waste)));

    public double MedianRate => Read(() => Median(Heard().Select(member => member.BytesPerSecond)));

    public void Join(Job job) => Do(() =>
    {
        if (!_members.TryGetValue(job.Id, out var known) || known.Agent != job.Agent || !known.IsActive)
        {
            _members[job.Id] = new CarouselMember(job.Id, job.Agent!, job.HostName, time.GetTimestamp());
        }
    });

    /// <summary>A host that is there and takes no part.</summary>
    public void Excuse(Job job, string why) => Do(() =>
    {
        var member = new CarouselMember(job.Id, job.Agent!, job.HostName, time.GetTimestamp());
        member.Leave(why);
        _members[job.Id] = member;
    });

    /// <exception cref="UserErrorException"><c>carousel-missing</c>: it has to join first</exception>
    public void Need(Job job, ChunkBits need) => Do(() => Require(job).Needs(need, _pass, time.GetTimestamp()));

    /// <exception cref="UserErrorException"><c>carousel-missing</c></exception>
    public CarouselOrders Report(Job job, CarouselReport report) => Read(() =>
    {
        var member = Require(job);
        member.Hear(report, _state == CarouselState.Sending, time.GetTimestamp());
        return new CarouselOrders(_state, _pass, _planNumber, Median(Heard().Select(one => one.BytesPerSecond)), _isAborted);
    });

    /// <summary>Number of the newest plan, and what it sends.</summary>
    public (int Number, byte[] Bits) Plan() => Read(() => (_planNumber, _plan.ToBytes()));

    public void StartNow() => Do(() => _startsNow = true);

    /// <summary>Ends for everybody; what they miss comes by HTTPS.</summary>
    public void End(string reason) => Do(() => Finish(reason));

    /// <summary>As <see cref="End"/>, because an operator wants none.</summary>
    public void Stop(string by) => Do(() =>
    {
        IsStopped = true;
        Finish($"{by} has stopped it.");
    });

    /// <summary>Counts out who is gone, and begins when it is time.</summary>
    public void Look() => Do(() =>
    {
        var working = subject.Expected().Where(job => job.State == JobState.Running).ToDictionary(job => job.Id);
        foreach (var member in _members.Values.Where(member => member.IsActive || member.Standing == CarouselStanding.Awaited))
        {
            var isWorking = working.TryGetValue(member.Job, out var job) && job.Agent == member.Agent;
            if (!isWorking || time.GetElapsedTime(member.HeardAt) > Silence)
            {
                member.Gone();
            }
        }

        if (_state == CarouselState.Gathering)
        {
            LookAtGathering();
        }
    });

    /// <summary>Whether a pass is to be sent now, and which chunks.</summary>
    /// <returns>Null: not yet, or never again (<see cref="HasEnded"/>).</returns>
    public ChunkBits? TryBeginPass() => Read(() =>
    {
        if (_state != CarouselState.Sending || (!AllHaveSaid() && time.GetElapsedTime(_passSince) < NeedPatience))
        {
            return null;
        }

        var needs = _members.Values.Where(member => member.IsActive && member.NeedPass == _pass).Select(member => member.Need).OfType<ChunkBits>().ToList();
        var plan = ChunkBits.NeededBy(subject.Least, table.Count, needs);
        var count = plan.CountSet();
        (_plan, _planned, _sent, _planNumber) = (plan, count, 0, _pass);
        if (count > 0 && _pass <= MostPasses)
        {
            return plan;
        }

        Finish(needs.Count == 0 ? "Everybody has what the stream could bring."
            : count == 0 ? "What is missing is missing at one host each: that comes by HTTPS."
            : "Too often sent in vain: the rest comes by HTTPS.");
        return null;
    });

    /// <summary>Whether anybody still listens: what nobody hears need not be sent.</summary>
    public bool IsHeard => Read(() => _members.Values.Any(member => member.IsActive));

    public void Sent(double bytesPerSecond, double parity) => Do(() => (_sent, _sendRate, _parity) = (_sent + 1, bytesPerSecond, parity));

    public void EndPass() => Do(() => (_pass, _passSince) = (_pass + 1, time.GetTimestamp()));

    /// <summary>Hosts that could take part in another carousel once this one has ended: they have not had their fill by any way.</summary>
    public bool CouldStillServe(Job job) => Read(() =>
        !_members.TryGetValue(job.Id, out var member) || member.Agent != job.Agent || member.Standing is not (CarouselStanding.Complete or CarouselStanding.Unicast));

    public CarouselView View() => Read(() => new CarouselView(
        id.ToString("x8"),
        subject.Batch,
        subject.Image,
        subject.Version,
        _state,
        _reason,
        target,
        _sendRate,
        _planNumber,
        _sent,
        _planned,
        LowerMedian(Heard().Select(member => member.Loss)),
        _parity,
        StartsIn(),
        [.. Hosts()]));

    private void LookAtGathering()
    {
        var awaited = Awaited();
        var ready = _members.Values.Count(member => member.Standing == CarouselStanding.Ready);
        var isEnough = _startsNow || awaited.Count == 0 || ready >= (subject.Gather.Hosts ?? int.MaxValue);
        var isTime = StartsIn() <= 0;
        if (awaited.Count > 0 && ready < subject.Least && !(isTime && subject.Gather.Seconds > 0))
        {
            return; // "at once" and "now" mean as soon as there is somebody to share with
        }

        if (isEnough && ready > 0)
        {
            Begin(ready, "it was told to, or nobody is missing");
        }
        else if (isTime || awaited.Count == 0)
        {
            if (subject.Gather.OrAbort)
            {
                _isAborted = true;
                Finish($"Too few hosts came: missing are {Some(awaited)}.");
            }
            else
            {
                Begin(ready, $"without {Some(awaited)}");
            }
        }
    }

    private void Begin(int ready, string why)
    {
        var needs = _members.Values.Where(member => member.Standing == CarouselStanding.Ready).Select(member => member.Need!).ToList();
        var shared = ChunkBits.NeededBy(subject.Least, table.Count, needs).CountSet();
        if (ready < subject.Least)
        {
            Finish(ready == 0 ? "Nobody is there who needs it." : "Only one host is there: it takes its chunks by HTTPS.");
        }
        else if (shared < FewChunks)
        {
            Finish($"Its hosts have only {shared} chunks to get in common: that does not pay.");
        }
        else
        {
            (_state, _passSince, _reason) = (CarouselState.Sending, time.GetTimestamp(), $"One stream for {ready} hosts; it began {why}.");
        }
    }

    private void Finish(string reason)
    {
        if (_state != CarouselState.Ended)
        {
            (_state, _reason, _sendRate, _endedAt) = (CarouselState.Ended, reason, 0, time.GetTimestamp());
        }
    }

    private List<string> Awaited() =>
    [
        .. subject.Expected().Where(subject.WillCome).Where(job => !_members.TryGetValue(job.Id, out var member) || member.Standing is CarouselStanding.Awaited).Select(job => job.HostName),
    ];

    private double? StartsIn() => _state == CarouselState.Gathering
        ? subject.Gather.Seconds - time.GetElapsedTime(_opened).TotalSeconds
        : null;

    private bool AllHaveSaid() => _members.Values.Where(member => member.IsActive).All(member => member.NeedPass == _pass);

    private IEnumerable<CarouselMember> Heard() => _members.Values.Where(member => member.Standing == CarouselStanding.Receiving);

    private IEnumerable<CarouselHost> Hosts()
    {
        foreach (var job in subject.Expected().Where(job => _state != CarouselState.Ended && !_members.ContainsKey(job.Id) && subject.WillCome(job)))
        {
            yield return new CarouselHost(job.Id, job.HostName, CarouselStanding.Awaited, 0, 0, 0, null);
        }

        foreach (var one in _members.Values)
        {
            // Whoever was not heard before the end is not waited for after it.
            var standing = _state == CarouselState.Ended && one.IsActive ? CarouselStanding.Gone : one.Standing;
            yield return new CarouselHost(one.Job, one.Name, standing, one.Missing, one.BytesPerSecond, one.Loss, one.Reason);
        }
    }

    private CarouselMember Require(Job job) =>
        _members.TryGetValue(job.Id, out var member) && member.Agent == job.Agent && member.Standing != CarouselStanding.Gone ? member : throw MulticastErrors.Missing();

    private static string Some(List<string> names) =>
        Printable.Of(string.Join(", ", names.Take(5))) + (names.Count > 5 ? $" and {names.Count - 5} more" : "");

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is { Count: > 0 } sorted ? sorted[sorted.Count / 2] : 0;

    // Of two, the better one: one bad host must not slow the other down.
    private static double LowerMedian(IEnumerable<double> values) => values.Order().ToList() is { Count: > 0 } sorted ? sorted[(sorted.Count - 1) / 2] : 0;

    private void Do(Action change)
    {
        lock (_lock)
        {
            change();
        }
    }

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
