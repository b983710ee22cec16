using System.Net;
using OsDeploy.Api.Health;
using OsDeploy.Api.Helper;
using OsDeploy.Server.Health;
using Xunit;

namespace OsDeploy.Tests.Health;

/// <summary>What was read, and what it means.</summary>
public sealed class HealthRulesTests
{
    private const long Gib = 1L << 30;

    private static readonly DateTimeOffset s_now = new(2026, 11, 22, 18, 0, 0, TimeSpan.Zero);

    private static readonly DiskHealth s_disk = new("sda", "A disk", 500 * Gib, IsVirtual: false);

    public static TheoryData<string, bool?, int?, int?, long?, long?, bool> Disks => new()
    {
        { "ok", true, 34, null, 0, 0, false },
        { "ok", true, null, null, null, null, false },
        { "ok", null, 34, null, null, null, false },
        { "ok", true, 59, 89, 0, 0, false },
        { "notice", null, null, null, null, null, true },
        { "notice", false, 90, 100, 99, 99, true },
        { "notice", true, 34, null, 1, 0, false },
        { "notice", true, 60, null, 0, 0, false },
        { "unknown", null, null, null, null, null, false },
        { "warning", true, 34, null, 50, 0, false },
        { "warning", true, 34, null, 0, 1, false },
        { "warning", true, 34, 90, 0, 0, false },
        { "warning", true, 70, null, 0, 0, false },
        { "bad", false, 34, null, 0, 0, false },
        { "bad", true, 34, 100, 0, 0, false },
    };

    [Theory]
    [MemberData(nameof(Disks))]
    public void A_disk(string state, bool? passed, int? degrees, int? wear, long? reallocated, long? pending, bool isVirtual)
    {
        var item = DiskRules.Of(s_disk with { Passed = passed, Temperature = degrees, Wear = wear, Reallocated = reallocated, Pending = pending, IsVirtual = isVirtual });

        Check(state, item);
        Assert.Equal("disk-sda", item.Id);
    }

    [Fact]
    public void A_hostile_name_of_a_disk_is_harmless() =>
        Assert.DoesNotContain('\u001b', DiskRules.Of(s_disk with { Model = "\u001b[2J" }).Text);

    [Theory]
    [InlineData("ok", 50, 100.0)]
    [InlineData("ok", 84, null)]
    [InlineData("warning", 85, null)]
    [InlineData("warning", 90, 100.0)]
    [InlineData("bad", 100, 100.0)]
    [InlineData("bad", 95, null)]
    public void A_temperature(string state, double degrees, double? limit) =>
        Check(state, SystemRules.Temperature([new SensorReading("other", 20, 90), new SensorReading("cpu", degrees, limit)]));

    [Fact]
    public void What_cannot_be_read_is_unknown()
    {
        Check("unknown", SystemRules.Temperature([]));
        Check("unknown", SystemRules.Memory(null));
        Check("unknown", SystemRules.Clock(null, null));
        Check("unknown", SystemRules.Room(null, isOnReserve: false));
        Check("unknown", SystemRules.FileSystem(null));
        Check("unknown", WorkRules.Ssh(null));
        Check("unknown", SocketRules.Of(null, [], (32768, 60999)));
        Check("unknown", DiskRules.NotAsked("the helper is away"));
    }

    [Theory]
    [InlineData("ok", 1000, 100)]
    [InlineData("warning", 1000, 99)]
    [InlineData("warning", 1000, 40)]
    [InlineData("bad", 1000, 39)]
    public void Memory(string state, long total, long available) => Check(state, SystemRules.Memory(new MemoryReading(total, available)));

    [Theory]
    [InlineData("ok", true, 0.001, null)]
    [InlineData("ok", true, -1.9, null)]
    [InlineData("notice", true, -2.0, null)]
    [InlineData("notice", true, 4000.0, null)]
    [InlineData("ok", false, 0, 0)]
    [InlineData("ok", false, 0, 59)]
    [InlineData("notice", false, 0, 60)]
    public void The_clock(string state, bool isSet, double offset, int? minutes) =>
        Check(state, SystemRules.Clock(new ChronyTracking("10.0.0.1", isSet ? 3 : 0, TimeSpan.FromSeconds(offset), isSet), minutes is { } unset ? TimeSpan.FromMinutes(unset) : null));

    [Theory]
    [InlineData("ok", -1, 31)]
    [InlineData("warning", -1, 29)]
    [InlineData("bad", -1, 0)]
    [InlineData("bad", 1, 31)]
    public void The_certificate(string state, int from, int until) => Check(state, SystemRules.Certificate(s_now.AddDays(from), s_now.AddDays(until), s_now));

    [Theory]
    [InlineData("ok", 500, 50, false)]
    [InlineData("warning", 500, 49, false)]
    [InlineData("ok", 5000, 100, false)]
    [InlineData("bad", 500, 1, false)]
    [InlineData("bad", 500, 400, true)]
    public void Room(string state, long total, long free, bool isOnReserve) => Check(state, SystemRules.Room(new RoomReading(total * Gib, free * Gib), isOnReserve));

    [Fact]
    public void A_volume_that_cannot_be_written()
    {
        Check("bad", SystemRules.FileSystem(true));
        Check("ok", SystemRules.FileSystem(false));
    }

    [Theory]
    [InlineData("ok", null, false)]
    [InlineData("ok", null, true)]
    [InlineData("notice", "It does not answer.", false)]
    [InlineData("bad", "It does not answer.", true)]
    public void The_helper(string state, string? why, bool isNeeded) => Check(state, WorkRules.Helper(why, isNeeded));

    [Theory]
    [InlineData("ok", "off")]
    [InlineData("ok", "up")]
    [InlineData("bad", "down")]
    public void Dnsmasq(string state, string service) => Check(state, WorkRules.Dnsmasq(service));

    [Fact]
    public void Ssh()
    {
        Check("ok", WorkRules.Ssh(true));
        Check("warning", WorkRules.Ssh(false));
    }

    [Theory]
    [InlineData("ok", null, 0)]
    [InlineData("notice", null, 1)]
    [InlineData("ok", 20, 1)]
    [InlineData("notice", 22, 1)]
    [InlineData("warning", 61, 1)]
    public void Reading_through(string state, int? daysAgo, int versions) => Check(state, WorkRules.Scrub(daysAgo is { } days ? s_now.AddDays(-days) : null, versions, s_now));

    [Theory]
    [InlineData("ok", 1, 100)]
    [InlineData("ok", 9, 1)]
    [InlineData("warning", 3, 4)]
    [InlineData("notice", null, 1)]
    [InlineData("warning", null, 4)]
    public void The_nightly_copy(string state, int? daysAgo, int hours) =>
        Check(state, WorkRules.Copy(daysAgo is { } days ? s_now.AddDays(-days) : null, TimeSpan.FromHours(hours), s_now));

    [Theory]
    [InlineData("ok", "tcp", "0.0.0.0", 22)]
    [InlineData("ok", "tcp", "::", 7443)]
    [InlineData("ok", "udp", "10.0.0.1", 69)]
    [InlineData("ok", "tcp", "127.0.0.53", 53)]
    [InlineData("ok", "tcp", "127.0.0.1", 5000)]
    [InlineData("ok", "tcp", "::1", 5000)]
    [InlineData("ok", "tcp", "::ffff:127.0.0.1", 5000)]
    [InlineData("ok", "udp", "0.0.0.0", 68)]
    [InlineData("ok", "udp", "0.0.0.0", 40000)]
    [InlineData("warning", "tcp", "0.0.0.0", 53)]
    [InlineData("warning", "tcp", "10.0.0.1", 5000)]
    [InlineData("warning", "tcp", "::", 5000)]
    [InlineData("warning", "tcp", "0.0.0.0", 40000)]
    [InlineData("warning", "udp", "0.0.0.0", 22)]
    [InlineData("warning", "udp", "0.0.0.0", 161)]
    public void What_listens(string state, string protocol, string address, int port)
    {
        var item = SocketRules.Of([new ListeningSocket(protocol, IPAddress.Parse(address), port, 0)], [.. Repository.Read("iso/appliance/sockets.txt").Split('\n').Select(ListedSocket.Parse).OfType<ListedSocket>()], (32768, 60999));

        Check(state, item);
        Assert.Equal(state == "warning", item.Text.Contains($"{protocol} {port} ", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_there_is_no_list_nothing_is_strange() => Check("ok", SocketRules.Of([new ListeningSocket("tcp", IPAddress.Any, 5000, 0)], null, (32768, 60999)));

    private static void Check(string state, HealthItem item)
    {
        Assert.Equal(state, OsDeploy.Api.ApiWord.Of(item.State));
        Assert.NotEmpty(item.Text);
        Assert.True(item.State < HealthState.Warning || item.Hint.EndsWith('.'), item.Hint);
    }
}
