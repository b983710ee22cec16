using System.Net;
using OsDeploy.Agent.Network;
using Xunit;

namespace OsDeploy.Tests.Agent.Network;

public sealed class NetworkStepTests
{
    private const string Server = "https://10.77.0.1:7443";
    private static readonly Lease s_lease = new(IPAddress.Parse("10.77.0.50"), 24, null, []);

    [Theory]
    [InlineData("", null, null, "no wired network card")]
    [InlineData("eth0:-", null, null, "No network cable: eth0")]
    [InlineData("eth0:- eth1:-", null, null, "eth0, eth1 has no link")]
    [InlineData("eth0:c", null, null, "No DHCP server answers on eth0")]
    [InlineData("eth0:- eth1:c", null, null, "No DHCP server answers on eth1")]
    [InlineData("eth0:cl", "eth0", null, "Asking the server https://10.77.0.1:7443 over eth0")]
    [InlineData("eth0:cl0 eth1:cl", "eth1", null, "over eth1")]
    [InlineData("eth0:cl0 eth1:c", null, null, "does not answer. eth0 has the address 10.77.0.50")]
    [InlineData("eth0:clx eth1:c", null, null, "is not the server that started this computer")]
    [InlineData("eth0:cl0 eth1:cl+", null, "eth1", "eth1 with the address 10.77.0.50")]
    [InlineData("eth0:cl eth1:cl+", null, "eth1", "eth1 with the address")]
    [InlineData("eth0:l", null, null, "No network cable: eth0")]
    [InlineData("eth0:- wlan0:", null, null, "wlan0 is in no Wi-Fi network now")]
    [InlineData("eth0:- wlan0:c", null, null, "No DHCP server answers on wlan0")]
    [InlineData("eth0:- wlan0:cl", "wlan0", null, "over wlan0")]
    [InlineData("eth0:cl wlan0:cl", "eth0", null, "over eth0")]
    [InlineData("eth0:cl0 wlan0:cl", "wlan0", null, "over wlan0")]
    [InlineData("eth0:c wlan0:cl", "wlan0", null, "over wlan0")]
    public void The_furthest_card_says_what_is_next(string cards, string? ask, string? keep, string words)
    {
        var step = NetworkStep.Of(CardsOf(cards), Server, TimeSpan.FromMinutes(1));
        Assert.Equal((ask, keep), (step.Ask, step.Keep));
        Assert.Contains(words, step.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Looking for network cards.")]
    [InlineData("eth0:-", "Asking for an address on eth0.")]
    [InlineData("eth0:c eth1:-", "Asking for an address on eth0, eth1.")]
    [InlineData("eth0:cl0", "does not answer")]
    [InlineData("eth0:c wlan0:cl", "Asking for an address on eth0, wlan0.")]
    [InlineData("eth0:- wlan0:cl", "over wlan0")]
    public void In_the_first_seconds_nobody_is_sent_to_look_at_cables(string cards, string words) =>
        Assert.Contains(words, NetworkStep.Of(CardsOf(cards), Server, TimeSpan.FromSeconds(3)).Words, StringComparison.Ordinal);

    [Fact]
    public void A_hostile_address_is_shown_harmless() =>
        Assert.DoesNotContain('\u001b', NetworkStep.Of(CardsOf("eth0:cl0"), "https://\u001b[2J", TimeSpan.FromMinutes(1)).Words);

    [Theory]
    [InlineData("address=10.77.0.50\nprefix=24\nrouter=10.77.0.1\ndns=10.77.0.2 10.77.0.3\n", "10.77.0.50/24 via 10.77.0.1 dns 10.77.0.2,10.77.0.3")]
    [InlineData("address=10.77.0.50\nprefix=255.255.252.0\nrouter=\ndns=\n", "10.77.0.50/22 via  dns ")]
    [InlineData("prefix=24\naddress=192.168.1.5", "192.168.1.5/24 via  dns ")]
    [InlineData("address=10.0.0.1\nprefix=24\ndns=1.1.1.1 $(reboot) 2.2.2.2 fe80::1 3.3.3.3 4.4.4.4", "10.0.0.1/24 via  dns 1.1.1.1,2.2.2.2,3.3.3.3")]
    [InlineData("address=0.0.0.0\nprefix=24", null)]
    [InlineData("address=10.1\nprefix=24", null)]
    [InlineData("address=fe80::1\nprefix=64", null)]
    [InlineData("address=10.0.0.1\nprefix=33", null)]
    [InlineData("address=10.0.0.1\nprefix=0", null)]
    [InlineData("address=10.0.0.1\nprefix=255.0.255.0", null)]
    [InlineData("", null)]
    public void A_lease_is_read_or_is_none(string text, string? expected) =>
        Assert.Equal(expected, Lease.TryParse(text) is { } lease ? $"{lease.Address}/{lease.Prefix} via {lease.Router} dns {string.Join(',', lease.Dns)}" : null);

    [Fact]
    public void Mutated_leases_never_crash() => Seeded.Cases(2000, random =>
    {
        var lease = Lease.TryParse(System.Text.Encoding.UTF8.GetString(Mutation.Of("address=10.77.0.50\nprefix=255.255.255.0\nrouter=10.77.0.1\ndns=10.77.0.2 10.77.0.3\n"u8.ToArray(), random)));
        Assert.True(lease is null or { Prefix: >= 1 and <= 32, Dns.Count: <= 3 });
    });

    [Theory]
    [InlineData("10.77.0.1", true)]
    [InlineData("10.77.1.1", false)]
    [InlineData("fe80::1", false)]
    public void An_address_of_the_same_network_needs_no_router(string other, bool isNear) => Assert.Equal(isNear, s_lease.Reaches(IPAddress.Parse(other)));

    // NAME:LETTERS with c cable, l lease, 0 no answer, x another server, + answered.
    internal static List<Card> CardsOf(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split(':')).Select(parts => new Card(
        parts[0],
        parts[1].Contains('c', StringComparison.Ordinal),
        parts[1].Contains('l', StringComparison.Ordinal) ? s_lease : null,
        parts[1].LastOrDefault() switch { '0' => Answer.None, 'x' => Answer.Other, '+' => Answer.Yes, _ => Answer.Unasked },
        parts[0].StartsWith("wlan", StringComparison.Ordinal)))];
}
