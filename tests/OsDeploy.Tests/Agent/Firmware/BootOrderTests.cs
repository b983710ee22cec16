using OsDeploy.Agent.Firmware;
using Xunit;

namespace OsDeploy.Tests.Agent.Firmware;

public sealed class BootOrderTests
{
    // N: network, D: disk, U: stick, V: a vendor's own word for the network; what follows is the number. The system is 9.
    [Theory]
    [InlineData("N1 D2 9", "N1", "1 2", "1 9 2")]
    [InlineData("N1 D2 9", "N1", "2 1", "1 9 2")]
    [InlineData("N1 N3 D2 9", "N3", "1 3 2", "3 1 9 2")]
    [InlineData("N1 N3 D2 9", "N3", "2 1 3", "3 9 2 1")]
    [InlineData("V1 D2 9", "V1", "2 1", "1 9 2")]
    [InlineData("N1 U4 D2 9", "U4", "2 1 4", "9 2 1 4")]
    [InlineData("N1 U4 D2 9", "U4", "1 2 4", "1 9 2 4")]
    [InlineData("N1 D2 9", "", "1 2", "1 9 2")]
    [InlineData("N1 D2 9", "", "", "9")]
    [InlineData("N1 D2 9", "N1", "1 9 2", "1 9 2")]
    [InlineData("N1 D2 9", "N1", "2 7 1 2", "1 9 2")]
    public void The_network_comes_first_and_then_what_was_restored(string known, string current, string order, string expected)
    {
        var entries = new BootEntries(
            current.Length > 0 ? NumberOf(current[1..]) : null,
            [.. order.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(NumberOf).Distinct()],
            [.. known.Split(' ').Select(EntryOf)]);

        Assert.Equal(expected.Split(' ').Select(NumberOf), BootOrder.With(entries, NumberOf("9"), [], isFromNetwork: current is not ['U', ..]));
    }

    // Some makers name sticks and the firmware's own menus as vaguely as the network.
    [Fact]
    public void What_a_computer_was_started_from_without_the_network_does_not_come_first_unless_it_is_the_network() =>
        Assert.Equal(["0009", "0002", "0001"], BootOrder.With(new BootEntries("0001", ["0002", "0001"], [EntryOf("V1"), EntryOf("D2"), EntryOf("D9")]), "0009", [], isFromNetwork: false));

    [Fact]
    public void Whatever_the_firmware_holds_nothing_is_lost_or_listed_twice() => Seeded.Cases(2000, random =>
    {
        var known = Enumerable.Range(0, random.Next(1, 12)).Select(number => EntryOf("NDUV"[random.Next(4)] + (number + 1).ToString("X", System.Globalization.CultureInfo.InvariantCulture))).ToList();
        var system = known[random.Next(known.Count)].Number;
        var gone = known.Where(entry => entry.Number != system && random.Next(4) == 0).Select(entry => entry.Number).ToList();
        var before = known.Where(_ => random.Next(3) > 0).OrderBy(_ => random.Next()).Select(entry => entry.Number).ToList();
        var current = random.Next(5) == 0 ? null : known[random.Next(known.Count)].Number;

        var order = BootOrder.With(new BootEntries(current, before, known), system, gone, isFromNetwork: true);

        Assert.Equal(order.Distinct(), order);
        Assert.Contains(system, order);
        Assert.Empty(order.Intersect(gone));
        Assert.Empty(before.Except(gone).Except(order));
        Assert.Empty(order.Except(before).Except([system, current]));
        Assert.Equal(
            before.Where(number => number != system && number != current && !gone.Contains(number)),
            order.Where(number => number != system && number != current));
        Assert.True(current is null || current == system || gone.Contains(current) || known.Find(entry => entry.Number == current)!.Label[0] is not ('N' or 'V') || order[0] == current);
    });

    private static BootEntry EntryOf(string word) => new(NumberOf(word.TrimStart('N', 'D', 'U', 'V')), true, word, word[0] switch
    {
        'N' => "PciRoot(0x0)/Pci(0x2,0x0)/MAC(525400123456,1)/IPv4(0.0.0.00.0.0.0,0,0)",
        'V' => "VenMsg(bc7838d2-0f82-4d60-8316-c068ee79d25b,00)",
        'U' => "PciRoot(0x0)/Pci(0x14,0x0)/USB(1,0)",
        _ => @"HD(1,GPT,c6dc1e4e-6d7c-4f6e-a8a0-0d3c8a0d6f01,0x800,0x32000)/\EFI\debian\shimx64.efi",
    });

    private static string NumberOf(string digit) => "000" + digit[^1];
}
