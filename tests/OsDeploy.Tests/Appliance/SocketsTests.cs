using System.Text.RegularExpressions;
using Xunit;

namespace OsDeploy.Tests.Appliance;

/// <summary>What may come in is what listens, and both are written down.</summary>
public sealed partial class SocketsTests
{
    [Theory]
    [InlineData("tcp")]
    [InlineData("udp")]
    public void The_firewall_lets_in_what_is_listed_and_nothing_else(string protocol)
    {
        var listed = Repository.Read("iso/appliance/sockets.txt").Split('\n').Where(line => line.StartsWith("card", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words[1] == protocol).Select(words => words[2]);
        var rules = Repository.Read("iso/appliance/overlay/etc/nftables.conf").Split('\n').Where(line => line.Contains(protocol + " dport {", StringComparison.Ordinal)).ToList();

        var rule = Assert.Single(rules);
        Assert.Equal(listed, Port().Matches(rule[rule.IndexOf('{', StringComparison.Ordinal)..]).Select(match => match.Value));
        Assert.StartsWith("iifname @cards ", rule.Trim(), StringComparison.Ordinal);
    }

    // nft(8) knows tcp and udp by itself, and asks /etc/protocols for others: the appliance has none.
    [Fact]
    public void No_protocol_is_named_that_would_have_to_be_looked_up()
    {
        var rules = Repository.Read("iso/appliance/overlay/etc/nftables.conf").Split('\n').Where(line => !line.TrimStart().StartsWith('#'));

        Assert.All(rules, line => Assert.DoesNotMatch(@"(l4proto|protocol)\s*\{?\s*[a-z]", line));
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Port();
}
