using OsDeploy.Agent.Network;
using Xunit;

namespace OsDeploy.Tests.Agent.Network;

public sealed class CardFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_wired_cards_are_cards()
    {
        Make("eth1", "1");
        Make("eth0", "1");
        Make("lo", "772");
        Make("wlan0", "1", uevent: "DEVTYPE=wlan\nINTERFACE=wlan0\n");
        Make("wlp1s0", "1");
        Directory.CreateDirectory(_folder["wlp1s0/wireless"]);
        Make("br0", "1", uevent: "DEVTYPE=bridge\n");
        Make("eth0.12", "1", uevent: "DEVTYPE=vlan\n");
        Make("tun0", "65534");
        Assert.Equal(["eth0", "eth1"], new CardFolder(_folder.Path, null).Names());
        Assert.Equal(["wlp1s0"], new CardFolder(_folder.Path, null).WirelessNames());
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData(null, false)]
    public void A_cable_is_there_when_the_kernel_says_so(string? carrier, bool hasCable)
    {
        Make("eth0", "1");
        if (carrier is not null)
        {
            File.WriteAllText(_folder["eth0/carrier"], carrier + "\n");
        }

        Assert.Equal(hasCable, new CardFolder(_folder.Path, null).HasCable("eth0"));
        Assert.False(new CardFolder(_folder.Path, null).HasCable("eth9"));
    }

    [Fact]
    public void A_computer_without_network_has_no_cards() => Assert.Empty(new CardFolder(_folder["none"], null).Names());

    [Theory]
    [InlineData(null, "eth0")]
    [InlineData("wlan0", "eth0 wlan0")]
    [InlineData("wlan9", "eth0")]
    public async Task A_wireless_card_is_asked_over_once_somebody_has_chosen_it(string? chosen, string expected)
    {
        // They are on: nothing of this computer is switched.
        foreach (var name in new[] { "eth0", "wlan0", "wlan1" })
        {
            Make("net/" + name, "1");
            await File.WriteAllTextAsync(_folder[$"net/{name}/flags"], "0x1003\n", TestContext.Current.CancellationToken);
        }

        Directory.CreateDirectory(_folder["net/wlan0/phy80211"]);
        Directory.CreateDirectory(_folder["net/wlan1/phy80211"]);
        Directory.CreateDirectory(_folder["control"]);
        if (chosen is not null)
        {
            await File.WriteAllTextAsync(_folder["control/" + chosen], "", TestContext.Current.CancellationToken);
        }

        Assert.Equal(expected.Split(' '), await new CardFolder(_folder["net"], null, _folder["control"]).ReadyAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("up", true)]
    [InlineData("dormant", false)]
    [InlineData("down", false)]
    public void A_wireless_card_has_a_link_when_its_key_was_right(string state, bool hasLink)
    {
        Make("wlan0", "1");
        Directory.CreateDirectory(_folder["wlan0/phy80211"]);
        File.WriteAllText(_folder["wlan0/carrier"], "1\n");
        File.WriteAllText(_folder["wlan0/operstate"], state + "\n");
        Assert.Equal(hasLink, new CardFolder(_folder.Path, null).HasCable("wlan0"));
    }

    private void Make(string name, string type, string uevent = "")
    {
        Directory.CreateDirectory(_folder[name]);
        File.WriteAllText(_folder[name + "/type"], type + "\n");
        File.WriteAllText(_folder[name + "/uevent"], uevent);
    }
}
