using OsDeploy.Api.Hosts;
using OsDeploy.Server.Hosts;
using OsDeploy.Text;
using Xunit;

namespace OsDeploy.Tests.Hosts;

public sealed class HardwareMatchTests
{
    private const string Uuid = "4c4c4544-0039-4b10-8052-b4c04f4a3733";
    private const string OtherUuid = "4c4c4544-0051-3010-8044-c7c04f4a3733";

    private static readonly HardwareIdentity s_laptop = Hardware(Uuid, "9KRJ73X", "/9KRJ73X/CN0001/", "02:00:00:00:00:01", "02:00:00:00:00:0d");

    [Fact]
    public void One_laptop_at_two_docks_is_one_host() =>
        Assert.Equal("laptop", Known(s_laptop with { Macs = [Mac("02:00:00:00:00:0e")] }, ("laptop", s_laptop)));

    [Fact]
    public void Two_laptops_behind_one_adapter_are_two_hosts()
    {
        var second = Hardware(OtherUuid, "5QJ0DZ3", "/5QJ0DZ3/CN0002/", "02:00:00:00:00:0d");

        Assert.Equal(MatchKind.Nobody, Match(second, ("laptop", s_laptop)).Kind);
        Assert.Equal("second", Known(second, ("laptop", s_laptop), ("second", second with { Macs = [Mac("02:00:00:00:00:02")] })));
    }

    [Fact]
    public void A_host_registered_by_its_MAC_alone_is_met_by_it() =>
        Assert.Equal("csv", Known(s_laptop, ("csv", HardwareIdentity.OfMac(Mac("02:00:00:00:00:01"))), ("other", HardwareIdentity.OfMac(Mac("02:00:00:00:00:02")))));

    [Fact]
    public void Two_hosts_that_fit_alike_ask()
    {
        var match = Match(
            s_laptop, ("b", HardwareIdentity.OfMac(Mac("02:00:00:00:00:01"))), ("a", HardwareIdentity.OfMac(Mac("02:00:00:00:00:0d"))));

        Assert.Equal(MatchKind.Tie, match.Kind);
        Assert.Equal(["a", "b"], match.Ids);
    }

    [Fact]
    public void Boards_with_one_UUID_are_told_apart_by_their_MACs_and_else_ask()
    {
        var (first, second) = (Hardware(Uuid, null, null, "02:00:00:00:00:01"), Hardware(Uuid, null, null, "02:00:00:00:00:02"));

        Assert.Equal("second", Known(second, ("first", first), ("second", second)));
        Assert.Equal(MatchKind.Tie, Match(Hardware(Uuid, null, null, "02:00:00:00:00:03"), ("first", first), ("second", second)).Kind);
    }

    [Fact]
    public void A_weak_UUID_against_a_registered_MAC_asks() =>
        Assert.Equal(
            MatchKind.Tie,
            Match(Hardware(Uuid, null, null, "02:00:00:00:00:02"), ("uuid", Hardware(Uuid, null, null, "02:00:00:00:00:01")), ("mac", HardwareIdentity.OfMac(Mac("02:00:00:00:00:02")))).Kind);

    [Fact]
    public void A_tablet_at_a_registered_adapter_is_the_tablet() =>
        Assert.Equal("laptop", Known(s_laptop with { Macs = [Mac("02:00:00:00:00:aa")] }, ("laptop", s_laptop), ("proxy", HardwareIdentity.OfMac(Mac("02:00:00:00:00:aa")))));

    [Fact]
    public void A_new_board_in_a_known_case_asks()
    {
        var match = Match(Hardware(OtherUuid, "9KRJ73X", "/9KRJ73X/CN0002/", "02:00:00:00:00:09"), ("laptop", s_laptop));

        Assert.Equal(MatchKind.Changed, match.Kind);
        Assert.Equal(["laptop"], match.Ids);
    }

    [Fact]
    public void A_board_that_forgot_its_numbers_asks() =>
        Assert.Equal(MatchKind.Changed, Match(s_laptop with { SystemUuid = null, SystemSerial = "Default string", BoardSerial = "" }, ("laptop", s_laptop)).Kind);

    [Fact]
    public void A_number_that_half_of_the_school_has_names_nobody()
    {
        var school = Enumerable.Range(1, 20).Select(i => ($"h{i}", Hardware($"4c4c4544-0051-3010-8044-0000000000{i:x2}", "PF-SAME", null, $"02:00:00:00:01:{i:x2}"))).ToArray();

        Assert.Equal(MatchKind.Nobody, Match(Hardware(Uuid, "PF-SAME", null, "02:00:00:00:00:01"), school).Kind);
    }

    [Theory]
    [InlineData(Uuid, "4C4C4544-0039-4B10-8052-B4C04F4A3733", true)]
    [InlineData(Uuid, "44454c4c-3900-104b-8052-b4c04f4a3733", true)]
    [InlineData(Uuid, OtherUuid, false)]
    public void A_UUID_is_the_same_in_either_byte_order(string first, string second, bool isSame) =>
        Assert.Equal(isSame, HardwareValues.UuidOf(first) == HardwareValues.UuidOf(second));

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF")]
    [InlineData("fefefefe-fefe-fefe-fefe-fefefefefefe")]
    [InlineData("03000200-0400-0500-0006-000700080009")]
    [InlineData("00020003-0004-0005-0006-000700080009")]
    [InlineData("03020100-0504-0706-0809-0a0b0c0d0e0f")]
    [InlineData("Not Settable")]
    [InlineData("")]
    [InlineData(null)]
    public void A_UUID_nobody_filled_in_says_nothing(string? uuid) => Assert.Null(HardwareValues.UuidOf(uuid));

    [Theory]
    [InlineData("To be filled by O.E.M.")]
    [InlineData("To Be Filled By O.E.M")]
    [InlineData("Default string")]
    [InlineData("System Serial Number")]
    [InlineData("None")]
    [InlineData("0")]
    [InlineData("00000000")]
    [InlineData("XXXXXXXX")]
    [InlineData("........")]
    [InlineData("123456789")]
    [InlineData("0123456789")]
    [InlineData("Not Specified")]
    [InlineData("INVALID")]
    [InlineData("N/A")]
    [InlineData("  ")]
    [InlineData(null)]
    public void A_serial_number_nobody_filled_in_says_nothing(string? serial) => Assert.Null(HardwareValues.SerialOf(serial));

    [Theory]
    [InlineData("9KRJ73X")]
    [InlineData("PF0ABC12")]
    [InlineData("/9KRJ73X/CNCMK0096K0072/")]
    public void A_real_serial_number_counts(string serial) => Assert.Equal(serial, HardwareValues.SerialOf(" " + serial.ToUpperInvariant() + " "));

    [Fact]
    public void The_order_of_the_hosts_does_not_matter() => Seeded.Cases(2000, random =>
    {
        var (seen, hosts) = (Draw(random), Hosts(random));
        var shuffled = hosts.ToArray();
        random.Shuffle(shuffled);

        var (first, second) = (Match(seen, hosts), Match(seen, shuffled));

        Assert.Equal(first.Kind, second.Kind);
        Assert.Equal(first.Ids, second.Ids);
    });

    [Fact]
    public void A_host_stays_known_with_one_more_of_its_own_cards() => Seeded.Cases(4000, random =>
    {
        var (seen, hosts) = (Draw(random), Hosts(random));
        if (Match(seen, hosts) is { Kind: MatchKind.Known, Ids: [var id] })
        {
            var own = hosts.First(host => host.Item1 == id).Item2.Macs;
            Assert.Equal(id, Known(seen with { Macs = [.. seen.Macs, .. own.Take(1)] }, hosts));
        }
    });

    [Fact]
    public void A_card_that_nobody_has_changes_nothing() => Seeded.Cases(2000, random =>
    {
        var (seen, hosts) = (Draw(random), Hosts(random));
        var (before, after) = (Match(seen, hosts), Match(seen with { Macs = [.. seen.Macs, Mac("02:ff:ff:ff:ff:ff")] }, hosts));

        Assert.Equal(before.Kind, after.Kind);
        Assert.Equal(before.Ids, after.Ids);
    });

    [Fact]
    public void Nobody_is_surely_a_host_whose_numbers_differ() => Seeded.Cases(4000, random =>
    {
        var (seen, hosts) = (Draw(random), Hosts(random));
        if (Match(seen, hosts) is { Kind: MatchKind.Known, Ids: [var id] })
        {
            var (own, values) = (HardwareValues.Of(hosts.First(host => host.Item1 == id).Item2), HardwareValues.Of(seen));
            Assert.True(own.Uuid is null || values.Uuid is null || own.Uuid == values.Uuid);
            Assert.True(own.SystemSerial is null || values.SystemSerial is null || own.SystemSerial == values.SystemSerial);
            Assert.True(own.BoardSerial is null || values.BoardSerial is null || own.BoardSerial == values.BoardSerial);
        }
    });

    // Few values, so that hosts share them.
    private static HardwareIdentity Draw(Random random) => Hardware(
        Pick(random, null, "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", Uuid, OtherUuid),
        Pick(random, null, "None", "SN-A1", "SN-B2"),
        Pick(random, null, "Default string", "BD-A1", "BD-B2"),
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => $"02:00:00:00:00:0{random.Next(1, 7)}").Distinct()]);

    // As in the registry, a MAC belongs to one host.
    private static (string, HardwareIdentity)[] Hosts(Random random)
    {
        var used = new HashSet<MacAddress>();
        return [.. Enumerable.Range(0, random.Next(6)).Select(i => ($"h{i}", Draw(random))).Select(host => (host.Item1, host.Item2 with { Macs = [.. host.Item2.Macs.Where(used.Add)] }))];
    }

    private static string? Pick(Random random, params string?[] from) => from[random.Next(from.Length)];

    private static string Known(HardwareIdentity seen, params (string, HardwareIdentity)[] hosts)
    {
        var match = Match(seen, hosts);
        Assert.Equal(MatchKind.Known, match.Kind);
        return Assert.Single(match.Ids);
    }

    private static HardwareMatch Match(HardwareIdentity seen, params (string Id, HardwareIdentity Identity)[] hosts) =>
        HardwareMatch.Of(HardwareValues.Of(seen), hosts.Select(host => KnownHardware.Of(host.Id, host.Identity)));

    private static HardwareIdentity Hardware(string? uuid, string? serial, string? board, params string[] macs) => new(uuid, serial, board, [.. macs.Select(Mac)]);

    private static MacAddress Mac(string text) => MacAddress.TryParse(text, out var mac) ? mac : throw new ArgumentException(text);
}
