using OsDeploy.Api.Carousels;
using OsDeploy.Api.Jobs;
using OsDeploy.Images;
using OsDeploy.Multicast;
using OsDeploy.Server.Multicast;
using OsDeploy.Tests.Daemons;
using Xunit;

namespace OsDeploy.Tests.Multicast;

/// <summary>Who takes part, when it begins, and what a pass sends.</summary>
public sealed class CarouselSessionTests
{
    private const int Chunks = 200;

    private readonly DaemonClock _clock = new();
    private string? _past;
    private List<Job> _jobs = [JobOf(1), JobOf(2), JobOf(3)];

    [Fact]
    public void It_begins_when_everybody_is_there()
    {
        var session = NewSession();
        Ready(session, 1, 2);
        session.Look();
        Assert.Equal(["host3"], Awaited(session));
        Assert.Equal(CarouselState.Gathering, session.View().State);

        Ready(session, 3);
        session.Look();

        Assert.Equal(CarouselState.Sending, session.View().State);
        Assert.Equal(Chunks, session.TryBeginPass()!.CountSet());
    }

    [Theory]
    [InlineData(null, 60, false, CarouselState.Sending)]
    [InlineData(2, 60, false, CarouselState.Sending)]
    [InlineData(3, 60, true, CarouselState.Ended)]
    public void After_a_while_it_begins_without_those_who_are_missing_or_not_at_all(int? hosts, int seconds, bool orAbort, CarouselState expected)
    {
        var session = NewSession(new Gathering(hosts, seconds, orAbort));
        Ready(session, 1, 2);
        for (var second = 0; second <= seconds; second++)
        {
            _clock.Pass(TimeSpan.FromSeconds(1));
            Report(session, 1);
            Report(session, 2);
            session.Look();
        }

        Assert.Equal(expected, session.View().State);
        Assert.Equal(orAbort, Report(session, 1).Aborted);
    }

    [Fact]
    public void At_once_means_as_soon_as_there_is_somebody_to_share_with()
    {
        var session = NewSession(new Gathering(Seconds: 0));
        Ready(session, 1);
        session.Look();
        Assert.Equal(CarouselState.Gathering, session.View().State);

        Ready(session, 2);
        session.Look();

        Assert.Equal(CarouselState.Sending, session.View().State);
    }

    [Fact]
    public void An_operator_starts_it_now()
    {
        var session = NewSession();
        Ready(session, 1, 2);
        session.StartNow();
        session.Look();

        Assert.Equal(CarouselState.Sending, session.View().State);
        Assert.Null(session.View().StartsIn);
    }

    [Fact]
    public void For_one_host_alone_it_does_not_begin()
    {
        var session = NewSession();
        Ready(session, 1);
        _jobs = [JobOf(1)];
        session.Look();

        Assert.Equal(CarouselState.Ended, session.View().State);
        Assert.Contains("Only one host", session.View().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Hosts_that_have_nothing_in_common_to_get_need_none()
    {
        _jobs = [JobOf(1), JobOf(2)];
        var session = NewSession();
        Ready(session, 1, number => number < 100);
        Ready(session, 2, number => number >= 100);
        session.Look();

        Assert.Equal(CarouselState.Ended, session.View().State);
        Assert.Contains("does not pay", session.View().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_needs_next_to_nothing_is_not_waited_for()
    {
        var session = NewSession();
        Ready(session, 1, 2);
        session.Excuse(_jobs[2], "it needs only a few chunks");
        session.Look();

        Assert.Equal(CarouselState.Sending, session.View().State);
    }

    [Fact]
    public void A_host_that_is_past_writing_is_not_waited_for()
    {
        var session = NewSession();
        Ready(session, 1, 2);
        _past = _jobs[2].Id;
        session.Look();

        Assert.Equal(CarouselState.Sending, session.View().State);
        Assert.DoesNotContain("host3", session.View().Hosts.Select(host => host.Name));
    }

    [Fact]
    public void A_pass_sends_what_two_hosts_miss_and_the_next_waits_for_what_they_say()
    {
        var session = NewSession();
        Ready(session, 1, number => number < 120);
        Ready(session, 2, number => number >= 40);
        Ready(session, 3, number => number is >= 100 and < 130);
        session.Look();

        var plan = session.TryBeginPass()!;

        Assert.Equal(Enumerable.Range(40, 90), Enumerable.Range(0, Chunks).Where(number => plan[number]));
        session.EndPass();
        Assert.Null(session.TryBeginPass());
        Need(session, 1, number => number is 7 or 50);
        Need(session, 2, number => number is 50 or 199);
        Assert.Null(session.TryBeginPass());
        Need(session, 3, number => false);
        var second = session.TryBeginPass()!;
        Assert.Equal([50], Enumerable.Range(0, Chunks).Where(number => second[number]));
    }

    [Fact]
    public void Nobody_who_is_silent_holds_a_pass_up()
    {
        var session = NewSession();
        Ready(session, 1, 2, 3);
        session.Look();
        session.TryBeginPass();
        session.EndPass();
        Need(session, 1, _ => true);
        Need(session, 2, _ => true);
        Assert.Null(session.TryBeginPass());

        _clock.Pass(CarouselSession.NeedPatience);

        Assert.Equal(Chunks, session.TryBeginPass()!.CountSet());
    }

    [Fact]
    public void What_is_missing_at_one_host_each_ends_it()
    {
        var session = NewSession();
        Ready(session, 1, 2, 3);
        session.Look();
        session.TryBeginPass();
        session.EndPass();
        Need(session, 1, number => number == 1);
        Need(session, 2, number => number == 2);
        Need(session, 3, number => number == 3);

        Assert.Null(session.TryBeginPass());
        Assert.True(session.HasEnded);
        Assert.Contains("one host each", session.View().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_was_silent_for_long_joins_anew()
    {
        var session = NewSession();
        Ready(session, 1, 2, 3);
        session.Look();
        _clock.Pass(CarouselSession.Silence + TimeSpan.FromSeconds(1));
        session.Look();

        Assert.Equal("carousel-missing", Assert.Throws<UserErrorException>(() => Report(session, 1)).Code);
        Ready(session, 1);
        Assert.Equal(CarouselState.Sending, Report(session, 1).State);
        Assert.True(session.IsHeard);
    }

    [Fact]
    public void Another_start_of_a_host_does_not_speak_for_this_one()
    {
        var session = NewSession();
        Ready(session, 1, 2, 3);

        Assert.Equal("carousel-missing", Assert.Throws<UserErrorException>(() => session.Need(_jobs[0] with { Agent = "other" }, Bits(_ => true))).Code);
    }

    [Fact]
    public void A_host_whose_job_has_ended_takes_no_part_any_more()
    {
        var session = NewSession();
        Ready(session, 1, 2, 3);
        session.Look();
        _jobs = [.. _jobs.Take(2)];
        session.Look();

        Assert.Equal(CarouselStanding.Gone, session.View().Hosts.Single(host => host.Name == "host3").Standing);
        Assert.True(session.IsHeard);
    }

    [Fact]
    public void A_median_host_is_the_measure_and_of_two_the_better_one()
    {
        _jobs = [JobOf(1), JobOf(2)];
        var session = NewSession();
        Ready(session, 1, 2);
        session.Look();
        Report(session, 1, received: 1000, lost: 0);
        Report(session, 2, received: 500, lost: 500);

        Assert.Equal(0, session.MedianLoss);
        Assert.Equal([0, 0.5], session.Losses.Order());
    }

    [Fact]
    public void A_disk_that_is_behind_counts_for_the_rate_and_not_for_parity()
    {
        _jobs = [JobOf(1)];
        var session = NewSession(least: 1);
        Ready(session, 1);
        session.Look();
        Report(session, 1, received: 1000, lost: 0, overrun: 400);

        Assert.Equal((0.4, 0), (session.MedianLoss, session.Losses.Single()));
    }

    private static Job JobOf(int number) => new()
    {
        Id = $"{number:D7}",
        Batch = "1",
        Kind = JobKind.Restore,
        Host = $"{number}",
        HostName = $"host{number}",
        Agent = $"agent{number}",
        Options = new JobOptions(),
        State = JobState.Running,
        CreatedBy = "",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private static List<string> Awaited(CarouselSession session) =>
        [.. session.View().Hosts.Where(host => host.Standing == CarouselStanding.Awaited).Select(host => host.Name)];

    private static ChunkBits Bits(Func<int, bool> isNeeded)
    {
        var bits = new ChunkBits(Chunks);
        for (var number = 0; number < Chunks; number++)
        {
            bits[number] = isNeeded(number);
        }

        return bits;
    }

    private CarouselSession NewSession(Gathering? gather = null, int least = 2)
    {
        var table = new TestStream(30, [.. Enumerable.Range(100, Chunks)]).Table;
        return new CarouselSession(new CarouselSubject("1", ImageName.Parse("lab"), default, gather ?? new Gathering(), () => _jobs, job => job.Id != _past, least), table, 1, "239.255.77.16:9077", _clock);
    }

    private void Ready(CarouselSession session, params int[] hosts)
    {
        foreach (var host in hosts)
        {
            Ready(session, host, _ => true);
        }
    }

    private void Ready(CarouselSession session, int host, Func<int, bool> isNeeded)
    {
        session.Join(_jobs[host - 1]);
        Need(session, host, isNeeded);
    }

    private void Need(CarouselSession session, int host, Func<int, bool> isNeeded) => session.Need(_jobs[host - 1], Bits(isNeeded));

    private CarouselOrders Report(CarouselSession session, int host, long received = 100, long lost = 0, long overrun = 0) =>
        session.Report(_jobs[host - 1], new CarouselReport(1, received * 1472, received, lost, overrun, 100, 0.5));
}
