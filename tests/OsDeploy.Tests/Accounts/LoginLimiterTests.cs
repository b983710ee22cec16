using System.Net;
using OsDeploy.Server.Accounts;
using Xunit;

namespace OsDeploy.Tests.Accounts;

public sealed class LoginLimiterTests
{
    private static readonly IPAddress s_laptop = IPAddress.Parse("10.0.0.66");
    private static readonly IPAddress s_office = IPAddress.Parse("10.0.0.5");

    private readonly TwoClocks _clock = new();
    private readonly LoginLimiter _limiter;

    public LoginLimiterTests() => _limiter = new LoginLimiter(_clock);

    [Fact]
    public void After_five_failures_the_delay_doubles_up_to_a_minute_and_never_ends()
    {
        Fail("anna", 5);
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 60, 60, 60, 60 })
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), _limiter.Begin("anna", s_laptop));
            _clock.Pass(TimeSpan.FromSeconds(seconds - 0.5));
            Assert.Equal(TimeSpan.FromSeconds(0.5), _limiter.Begin("anna", s_laptop));
            _clock.Pass(TimeSpan.FromSeconds(0.5));
            Assert.Null(_limiter.Begin("anna", s_laptop));
        }
    }

    [Fact]
    public void A_login_that_succeeds_clears_the_account()
    {
        Fail("anna", 5);
        _clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Null(_limiter.Begin("anna", s_laptop));
        _limiter.Succeeded("anna", s_laptop);
        Fail("anna", 5);
        Assert.NotNull(_limiter.Begin("anna", s_laptop));
    }

    [Fact]
    public void Failures_are_forgotten_after_a_quarter_of_an_hour()
    {
        Fail("anna", 9, wait: true);
        _clock.Pass(TimeSpan.FromMinutes(15));
        Fail("anna", 5);
    }

    [Fact]
    public void One_account_does_not_hold_up_another()
    {
        Fail("anna", 5);
        Assert.NotNull(_limiter.Begin("anna", s_laptop));
        Assert.Null(_limiter.Begin("berta", s_laptop));
    }

    [Fact]
    public void A_stranger_holds_up_neither_the_console_nor_where_the_account_has_logged_in_before()
    {
        Assert.Null(_limiter.Begin("anna", s_office));
        _limiter.Succeeded("anna", s_office);
        Fail("anna", 5);
        Assert.NotNull(_limiter.Begin("anna", s_laptop));
        Assert.NotNull(_limiter.Begin("anna", IPAddress.Parse("10.0.0.67")));
        Assert.Null(_limiter.Begin("anna", s_office));
        Assert.Null(_limiter.Begin("anna", from: null));
    }

    [Fact]
    public void The_console_and_known_places_are_held_up_by_their_own_failures()
    {
        _limiter.Succeeded("anna", s_office);
        foreach (var place in new[] { s_office, null })
        {
            for (var i = 0; i < 5; i++)
            {
                Assert.Null(_limiter.Begin("anna", place));
            }

            Assert.Equal(TimeSpan.FromSeconds(1), _limiter.Begin("anna", place));
        }
    }

    [Theory]
    [InlineData("10.0.0.66", "10.0.0.66")]
    [InlineData("10.0.0.66", "::ffff:10.0.0.66")]
    [InlineData("fd00::1", "fd00::ffff:1234")] // one owner has the whole /64
    public void An_address_has_twenty_attempts_a_minute(string address, string same)
    {
        for (var i = 0; i < LoginLimiter.PerAddress; i++)
        {
            Assert.Null(_limiter.Begin($"a{i}", IPAddress.Parse(address)));
            _clock.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(TimeSpan.FromSeconds(40), _limiter.Begin("b", IPAddress.Parse(same)));
        Assert.Null(_limiter.Begin("b", IPAddress.Parse("10.0.0.68")));
        _clock.Pass(TimeSpan.FromSeconds(40));
        Assert.Null(_limiter.Begin("b", IPAddress.Parse(same)));
        Assert.Equal(TimeSpan.FromSeconds(1), _limiter.Begin("b", IPAddress.Parse(same)));
    }

    [Fact]
    public void All_strangers_together_have_a_hundred_attempts_a_minute()
    {
        _limiter.Succeeded("anna", s_office);
        for (var i = 0; i < LoginLimiter.Together; i++)
        {
            Assert.Null(_limiter.Begin($"a{i}", new IPAddress([10, 0, 1, (byte)i])));
        }

        Assert.Equal(TimeSpan.FromMinutes(1), _limiter.Begin("anna", s_laptop));
        Assert.Null(_limiter.Begin("anna", s_office));
        Assert.Null(_limiter.Begin("anna", from: null));
        _clock.Pass(TimeSpan.FromMinutes(1));
        Assert.Null(_limiter.Begin("anna", s_laptop));
    }

    [Fact]
    public void A_hundred_attempts_at_the_same_moment_are_not_a_hundred_free_ones()
    {
        var passed = 0;
        Parallel.For(0, 100, i => _ = _limiter.Begin("anna", new IPAddress([10, 0, 2, (byte)i])) is null ? Interlocked.Increment(ref passed) : 0);
        Assert.Equal(LoginLimiter.FreeFailures, passed);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public void A_jump_of_the_clock_on_the_wall_changes_nothing(int years)
    {
        Fail("anna", 5);
        _clock.SetWall(_clock.GetUtcNow().AddYears(years));
        Assert.Equal(TimeSpan.FromSeconds(1), _limiter.Begin("anna", s_laptop));
        _clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Null(_limiter.Begin("anna", s_laptop));
    }

    [Fact]
    public void Names_that_cannot_be_are_one_name()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(_limiter.Begin(new string('A', 1000 + i), s_laptop));
        }

        Assert.NotNull(_limiter.Begin("B B", s_laptop));
    }

    [Fact]
    public void No_minute_has_more_attempts_than_allowed_whatever_is_tried() => Seeded.Cases(20, random =>
    {
        var (clock, log) = (new TwoClocks(), new List<(long At, string Account, int Address)>());
        var limiter = new LoginLimiter(clock);
        for (var i = 0; i < 2000; i++)
        {
            clock.Pass(TimeSpan.FromMilliseconds(random.Next(400)));
            var (account, address) = ($"a{random.Next(8)}", random.Next(12));
            var began = limiter.Begin(account, new IPAddress([10, 0, 0, (byte)address]));
            Assert.True(began is null || (began > TimeSpan.Zero && began <= TimeSpan.FromMinutes(1)));
            if (began is null)
            {
                log.Add((clock.GetTimestamp(), account, address));
            }
        }

        foreach (var first in log)
        {
            var minute = log.Where(entry => entry.At >= first.At && entry.At < first.At + TimeSpan.TicksPerMinute).ToList();
            Assert.True(minute.Count <= LoginLimiter.Together);
            Assert.All(minute.CountBy(entry => entry.Address), pair => Assert.True(pair.Value <= LoginLimiter.PerAddress));
            Assert.All(minute.CountBy(entry => entry.Account), pair => Assert.True(pair.Value <= LoginLimiter.FreeFailures + 6)); // 1+2+4+8+16 s, and one at the end
        }
    });

    [Fact]
    public void A_full_map_loses_what_was_set_longest_ago() => Seeded.Cases(50, random =>
    {
        var (map, model) = (new RecentMap<int, int>(5), new List<(int Key, int Value)>());
        for (var i = 0; i < 200; i++)
        {
            var key = random.Next(9);
            model.RemoveAll(pair => pair.Key == key);
            if (random.Next(4) == 0)
            {
                map.Remove(key);
            }
            else
            {
                map.Set(key, i);
                model.Add((key, i));
                model = [.. model.TakeLast(5)];
            }

            Assert.Equal(model.Count, map.Count);
            Assert.All(Enumerable.Range(0, 9), other => Assert.Equal(
                model.Where(pair => pair.Key == other).Select(pair => (int?)pair.Value).SingleOrDefault(), map.TryGet(other, out var value) ? value : null));
        }
    });

    [Fact]
    public void Failed_logins_get_a_line_for_an_account_and_minute_and_ten_in_all()
    {
        var lines = new FailureLines(_clock);
        Assert.Equal(0, lines.TryWrite("anna"));
        Assert.Null(lines.TryWrite("anna"));
        Assert.Null(lines.TryWrite("anna"));
        Assert.Equal(2, lines.TryWrite("berta"));
        Assert.Equal(8, Enumerable.Range(0, 100).Count(i => lines.TryWrite($"a{i}") is not null));
        _clock.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(92, lines.TryWrite("anna"));
    }

    private void Fail(string account, int times, bool wait = false)
    {
        for (var i = 0; i < times; i++)
        {
            var refused = _limiter.Begin(account, s_laptop);
            if (wait && refused is { } time)
            {
                _clock.Pass(time);
                refused = _limiter.Begin(account, s_laptop);
            }

            Assert.Null(refused);
        }
    }
}
