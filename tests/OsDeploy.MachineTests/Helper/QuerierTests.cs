using System.Net;
using OsDeploy.Helper.Igmp;
using OsDeploy.MachineTests.Boot;

namespace OsDeploy.MachineTests.Helper;

/// <summary>A query as it comes out at the other end of a cable.</summary>
public sealed class QuerierTests
{
    private const int MostTurns = 400;
    private const string BareCard = "osdbare0";

    // Prints the first general query, with its IP header, that this network hears. perl-base is on every Debian.
    private const string Listener = """
        alarm 30; socket(my $s, 2, 3, 2) or die "socket: $!\n"; while (defined recv($s, my $b, 1500, 0)) { my $h = unpack("H*", $b); if (substr($h, 48, 2) eq "11") { print $h; exit } }
        """;

    public QuerierTests()
    {
        Root.OrSkip();
        Assert.SkipWhen(Command.WhyMissing("ip", "perl") is not null, "needs iproute2 and perl");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hosts_hear_the_query_with_its_router_alert()
    {
        await using var lab = await WireLab.LayAsync();
        var log = new List<string>();
        await using var querier = new MulticastQuerier(TimeProvider.System, log.Add);
        var hearing = new Command("ip", "netns", "exec", WireLab.Space, "perl", "-e", Listener).Accepting(_ => true).RunAsync(Cancel);

        // The listener is there sooner or later: it is asked anew until it has heard.
        for (var turn = 0; turn < MostTurns && !hearing.IsCompleted; turn++)
        {
            await querier.SetAsync(WireLab.Card, isOn: true, Cancel);
            await querier.SetAsync(WireLab.Card, isOn: true, Cancel);
            await querier.SetAsync(WireLab.Card, isOn: false, Cancel);
            await Task.WhenAny(hearing, Task.Delay(TimeSpan.FromMilliseconds(50), Cancel));
        }

        var heard = Convert.FromHexString((await hearing).Output);
        var sent = IgmpQuery.PacketFrom(IPAddress.Parse(WireLab.Appliance));
        (heard[4], heard[5], heard[10], heard[11]) = (0, 0, sent[10], sent[11]); // the kernel numbers the packet and sums anew
        Assert.Equal(Convert.ToHexString(sent), Convert.ToHexString(heard));
        Assert.Empty(log);
    }

    [Fact]
    public async Task A_card_that_is_not_there_or_has_no_address_is_named()
    {
        await using var querier = new MulticastQuerier(TimeProvider.System, _ => { });

        await new Command("ip", "link", "del", BareCard).Accepting(_ => true).RunAsync(Cancel); // what a killed test left
        await new Command("ip", "link", "add", BareCard, "type", "veth", "peer", "name", BareCard + "p").RunAsync(Cancel);
        try
        {
            Assert.Equal("interface-no-address", (await Assert.ThrowsAsync<UserErrorException>(() => querier.SetAsync(BareCard, isOn: true, Cancel))).Code);
        }
        finally
        {
            await new Command("ip", "link", "del", BareCard).RunAsync(CancellationToken.None);
        }

        Assert.Equal("interface-missing", (await Assert.ThrowsAsync<UserErrorException>(() => querier.SetAsync("osdnone0", isOn: true, Cancel))).Code);
        await querier.SetAsync("osdnone0", isOn: false, Cancel);
    }
}
