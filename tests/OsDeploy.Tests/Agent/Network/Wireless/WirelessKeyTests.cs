using OsDeploy.Agent.Network.Wireless;
using Xunit;

namespace OsDeploy.Tests.Agent.Network.Wireless;

public sealed class WirelessKeyTests
{
    [Theory]
    [InlineData("12345678", true)]
    [InlineData("a \"b\" c\\", true)]
    [InlineData("1234567", false)]
    [InlineData("schlüssel", false)]
    [InlineData("line\nbreak", false)]
    [InlineData("", false)]
    public void A_key_has_8_to_63_letters_of_ASCII(string typed, bool isKey) => Assert.Equal(isKey, WirelessKey.TryParse(typed) is not null);

    [Fact]
    public void The_longest_key_has_63_letters()
    {
        Assert.NotNull(WirelessKey.TryParse(new string('x', 63)));
        Assert.Null(WirelessKey.TryParse(new string('x', 64)));
    }

    [Fact]
    public void A_key_is_in_no_text_by_accident() => Assert.DoesNotContain("secret", $"{WirelessKey.TryParse("secret secret")}", StringComparison.Ordinal);

    [Fact]
    public void Only_the_card_is_told_the_key()
    {
        Ssid.TryOfText("Café", out var ssid);
        Assert.Equal(
            ["ssid 436166c3a9", "scan_ssid 1", "key_mgmt WPA-PSK WPA-PSK-SHA256 SAE", "ieee80211w 1", "psk \"pass \"word\""],
            WirelessCard.SettingsFor(ssid, WirelessKey.TryParse("pass \"word"), isHidden: true));
        Assert.Equal(["ssid 436166c3a9", "key_mgmt NONE"], WirelessCard.SettingsFor(ssid, null, isHidden: false));
    }
}
