using System.Text;
using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Helper;
using OsDeploy.SetUp;
using OsDeploy.Tests.Disks;
using Xunit;

namespace OsDeploy.Tests.Helper;

public sealed class HelperProtocolTests
{
    private const string Restart = """{"verb":"power","action":"restart"}""";
    private const string Clock = """{"verb":"clock","utc":"2026-11-21T13:52:10Z"}""";

    private static readonly DateTimeOffset s_moment = new(2026, 11, 21, 13, 52, 10, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, HelperRequest> Lines => new()
    {
        { Restart, new PowerRequest(PowerAction.Restart) },
        { """{"verb":"power","action":"off"}""", new PowerRequest(PowerAction.Off) },
        { Clock, new ClockRequest(s_moment) },
        { """{"verb":"multicast-querier","interface":"eth1","on":true}""", new MulticastQuerierRequest("eth1", On: true) },
        { """{"verb":"clock","utc":"2026-11-21T13:52:10.25Z"}""", new ClockRequest(s_moment.AddMilliseconds(250)) },
        { """{"verb":"data-disks"}""", new DataDisksRequest() },
        { """{"verb":"disk-health"}""", new DiskHealthRequest() },
        { """{"verb":"journal"}""", new JournalRequest() },
        { """{"verb":"data-disk-prepare","path":"/dev/sdb","serial":"S1","size":4000000000,"confirm":"sdb"}""", new DataDiskPrepareRequest("/dev/sdb", "S1", 4_000_000_000, "sdb") },
        { """{"verb":"network-apply","network":{"interface":"eth0","address":"10.0.0.1/24"}}""", new NetworkApplyRequest(new NetworkSettings("eth0", "10.0.0.1/24")) },
        { """{"verb":"system-update","source":"medium"}""", new SystemUpdateRequest(SystemSource.Medium) },
        { """{"verb":"system-install","path":"/dev/sdb","serial":"S1","size":8000000000,"confirm":"sdb"}""", new SystemInstallRequest("/dev/sdb", "S1", 8_000_000_000, "sdb") },
        { """{"verb":"time-zone","zone":"Europe/Berlin"}""", new TimeZoneRequest("Europe/Berlin") },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_request_is_one_line_and_comes_back_the_same(string line, HelperRequest request)
    {
        Assert.Equal(line + "\n", Encoding.UTF8.GetString(HelperProtocol.LineOf(request)));
        Assert.Equal(request, Parse(line));
    }

    [Fact]
    public void The_list_of_verbs_is_closed()
    {
        var verbs = typeof(HelperRequest).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(HelperRequest)));

        Assert.Equal(
            [
                typeof(ApplianceApplyRequest), typeof(ClockRequest), typeof(DaemonStartRequest), typeof(DataDiskGrowRequest), typeof(DataDiskMountRequest), typeof(DataDiskPrepareRequest), typeof(DataDisksRequest),
                typeof(DhcpProbeRequest), typeof(DiskHealthRequest), typeof(DnsmasqApplyRequest), typeof(DnsmasqReloadRequest), typeof(DnsmasqStateRequest), typeof(DnsmasqStopRequest), typeof(EmergencyShellRequest), typeof(HostNameRequest), typeof(JournalRequest),
                typeof(MulticastQuerierRequest), typeof(NetworkApplyRequest), typeof(OperatorsMirrorRequest), typeof(PowerRequest), typeof(SystemFallbackRequest), typeof(SystemInstallRequest),
                typeof(SystemKeepRequest), typeof(SystemStateRequest), typeof(SystemUpdateRequest), typeof(TimeZoneRequest),
            ],
            verbs.OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"restart\"")]
    [InlineData("{}")]
    [InlineData("""{"action":"restart"}""")]
    [InlineData("""{"action":"restart","verb":"power"}""")]
    [InlineData("""{"verb":"power"}""")]
    [InlineData("""{"verb":"power","action":null}""")]
    [InlineData("""{"verb":"power","action":0}""")]
    [InlineData("""{"verb":"power","action":"Restart"}""")]
    [InlineData("""{"verb":"power","action":"restart,off"}""")]
    [InlineData("""{"verb":"power","action":"halt"}""")]
    [InlineData("""{"verb":"power","action":"restart","force":true}""")]
    [InlineData("""{"verb":"power","action":"restart","action":"off"}""")]
    [InlineData("""{"verb":"power","verb":"clock","action":"restart"}""")]
    [InlineData("""{"verb":"power","action":"restart"} {}""")]
    [InlineData("""{"verb":"Power","action":"restart"}""")]
    [InlineData("""{"verb":"shell","command":"id"}""")]
    [InlineData("""{"verb":"clock","utc":"2026-11-21T13:52:10"}""")]
    [InlineData("""{"verb":"clock","utc":"2026-11-21T13:52:10+01:00"}""")]
    [InlineData("""{"verb":"clock","utc":"2026-11-21"}""")]
    [InlineData("""{"verb":"clock","utc":1763733130}""")]
    [InlineData("""{"verb":"clock","utc":"@0; reboot"}""")]
    public void Whatever_else_is_refused(string line) => Assert.Throws<FormatException>(() => Parse(line));

    [Theory]
    [InlineData(Restart)]
    [InlineData(Clock)]
    public void Damaged_text_is_a_request_or_refused(string line) => TextMutation.Fuzz(line, text => _ = Parse(text));

    [Theory]
    [InlineData(Restart)]
    [InlineData(Clock)]
    public void Damaged_bytes_are_a_request_or_refused(string line) => Seeded.Cases(3000, random =>
    {
        var damaged = Mutation.Of(Encoding.UTF8.GetBytes(line), random);
        try
        {
            _ = HelperProtocol.ParseRequest(damaged);
        }
        catch (FormatException)
        {
            // said no in the agreed way
        }
    });

    [Fact]
    public void Every_refusal_fits_in_a_line_and_comes_back_the_same() => Seeded.Cases(300, random =>
    {
        // Of all that Printable lets through these take the most room in JSON: six bytes for each UTF-16 unit.
        var texts = Enumerable.Range(0, 3).Select(_ => string.Concat(Enumerable.Repeat(random.Next(2) == 0 ? "\u00e9" : "\U0001F600", random.Next(1000)))).ToList();
        var answer = HelperAnswer.Refused(new UserErrorException("some-code", texts[0] + "x", texts[1] + "<"));

        var line = HelperProtocol.LineOf(answer);

        Assert.InRange(line.Length, 1, HelperProtocol.MaxLine);
        Assert.Equal(answer, HelperProtocol.ParseAnswer(line.AsSpan(0, line.Length - 1)));
    });

    [Fact]
    public void The_longest_list_of_disks_fits_in_an_answer_and_comes_back_the_same()
    {
        var text = string.Concat(Enumerable.Repeat("\u00e9", 500));
        var disks = Enumerable.Range(0, 40).Select(_ => new DataDisk(text, text, text, text, long.MaxValue, DataDiskState.StartMedium, [.. Enumerable.Repeat(text, 40)]));
        var answer = HelperAnswer.Listed(disks);

        var line = HelperProtocol.LineOf(answer);
        var read = HelperProtocol.ParseAnswer(line.AsSpan(0, line.Length - 1));

        Assert.InRange(line.Length, 1, HelperProtocol.MaxLine);
        Assert.Equal(answer.Disks!.Select(disk => disk with { Holds = [] }), read.Disks!.Select(disk => disk with { Holds = [] }));
        Assert.Equal(answer.Disks!.SelectMany(disk => disk.Holds), read.Disks!.SelectMany(disk => disk.Holds));
    }

    [Theory]
    [InlineData("Blank")]
    [InlineData("0")]
    [InlineData("in use")]
    [InlineData("blank,full")]
    public void A_state_of_a_disk_is_one_word_as_it_is_written(string word) => Assert.Throws<FormatException>(() => HelperProtocol.ParseAnswer(Encoding.UTF8.GetBytes(
        $$"""{"ok":true,"disks":[{"path":"/dev/sdb","name":"sdb","model":"","serial":"","size":1,"state":"{{word}}","holds":[]}]}""")));

    [Fact]
    public void As_many_operators_as_may_be_mirrored_fit_in_a_line()
    {
        var most = Enumerable.Range(0, MirroredOperators.Most).Select(number => new MirroredOperator(new string('a', 32), MirroredOperators.FirstUid + number)).ToList();

        var line = HelperProtocol.LineOf(new OperatorsMirrorRequest(most));

        Assert.InRange(line.Length, 1, HelperProtocol.MaxLine);
        Assert.Equal(most, Assert.IsType<OperatorsMirrorRequest>(HelperProtocol.ParseRequest(line.AsSpan(0, line.Length - 1))).Operators);
    }

    [Fact]
    public async Task A_line_that_comes_byte_by_byte_is_whole_and_ends_at_its_end()
    {
        await using var stream = new Drops(Encoding.UTF8.GetBytes(Restart + "\n" + Clock));

        Assert.Equal(Restart, Encoding.UTF8.GetString(await HelperProtocol.ReadLineAsync(stream, Cancel)));
    }

    [Theory]
    [InlineData(HelperProtocol.MaxLine - 1, true)]
    [InlineData(HelperProtocol.MaxLine, false)]
    public async Task A_line_has_64_KiB_with_its_end_and_not_one_more(int length, bool fits)
    {
        await using var stream = new MemoryStream([.. Enumerable.Repeat((byte)' ', length), (byte)'\n']);

        if (fits)
        {
            Assert.Equal(length, (await HelperProtocol.ReadLineAsync(stream, Cancel)).Length);
        }
        else
        {
            await Assert.ThrowsAsync<FormatException>(() => HelperProtocol.ReadLineAsync(stream, Cancel));
        }
    }

    [Fact]
    public async Task A_line_without_an_end_is_no_line()
    {
        await using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Restart));

        await Assert.ThrowsAsync<FormatException>(() => HelperProtocol.ReadLineAsync(stream, Cancel));
    }

    [Theory]
    [InlineData(2020, 1577836800)]
    [InlineData(2026, 1767225600)]
    public void The_clock_takes_the_first_second_of_a_year(int year, long seconds) =>
        Assert.Equal(seconds, ClockTime.Of(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero)).UnixSeconds);

    [Fact]
    public void The_clock_takes_no_second_before_2020_and_none_from_2100_on()
    {
        var (first, end) = (new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(first, ClockTime.Of(first).Utc);
        Assert.Equal(end.AddSeconds(-1), ClockTime.Of(end.AddTicks(-1)).Utc);
        Assert.Equal(first, default(ClockTime).Utc);
        foreach (var outside in new[] { first.AddTicks(-1), end, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch })
        {
            Assert.Equal("clock-out-of-range", Assert.Throws<UserErrorException>(() => ClockTime.Of(outside)).Code);
        }
    }

    [Fact]
    public void The_API_says_the_same_words()
    {
        Assert.Equal("""{"action":"off"}""", System.Text.Json.JsonSerializer.Serialize(new PowerOrder(PowerAction.Off), ApiJson.Default.PowerOrder));
        Assert.Equal("""{"utc":"2026-11-21T13:52:10Z"}""", System.Text.Json.JsonSerializer.Serialize(new ClockSetting(s_moment), ApiJson.Default.ClockSetting));
    }

    private static HelperRequest Parse(string line) => HelperProtocol.ParseRequest(Encoding.UTF8.GetBytes(line));

    /// <summary>Gives one byte at a time.</summary>
    private sealed class Drops(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..1], cancellationToken);
    }
}
