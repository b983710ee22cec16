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

    [GeneratedRegex(@"\d+")]
    private static partial Regex Port();
}
