using System.Text;
using OsDeploy.Agent.Network.Wireless;
using Xunit;

namespace OsDeploy.Tests.Agent.Network.Wireless;

public sealed class ScanListTests
{
    [Theory]
    [InlineData("[WPA2-PSK-CCMP][ESS]", WirelessSecurity.Key)]
    [InlineData("[WPA2-PSK+SAE-CCMP][SAE-H2E][ESS]", WirelessSecurity.Key)]
    [InlineData("[WPA2-SAE-CCMP][ESS]", WirelessSecurity.Key)]
    [InlineData("[WPA-PSK-TKIP][WPA2-PSK-CCMP][WPS][ESS]", WirelessSecurity.Key)]
    [InlineData("[WPA2-EAP+PSK-CCMP][ESS]", WirelessSecurity.Key)]
    [InlineData("[WPA2-EAP-CCMP][ESS]", WirelessSecurity.Other)]
    [InlineData("[WPA2-OWE-CCMP][ESS]", WirelessSecurity.Other)]
    [InlineData("[WEP][ESS]", WirelessSecurity.Other)]
    [InlineData("[WPA2--CCMP][ESS]", WirelessSecurity.Other)]
    [InlineData("[ESS]", WirelessSecurity.Open)]
    [InlineData("", WirelessSecurity.Open)]
    public void What_a_network_asks_for_is_in_its_flags(string flags, WirelessSecurity security) =>
        Assert.Equal(security, ScanList.TryParse($"id=3\nlevel=-61\nflags={flags}\nssid=School\n")!.Security);

    [Theory]
    [InlineData("level=-61\nflags=[ESS]\nssid=\n")]
    [InlineData("level=-61\nflags=[ESS]\nssid=\\x00\\x00\n")]
    [InlineData("level=\nflags=[ESS]\nssid=School\n")]
    [InlineData("level=99999999999\nssid=School\n")]
    [InlineData("ssid=School\n")]
    [InlineData("FAIL")]
    [InlineData("")]
    public void What_is_not_understood_or_hides_its_name_is_left_out(string text) => Assert.Null(ScanList.TryParse(text));

    [Fact]
    public void A_name_cannot_say_what_the_network_asks_for() =>
        Assert.Equal(WirelessSecurity.Key, ScanList.TryParse("id=1\nlevel=-50\nflags=[WPA2-PSK-CCMP][ESS]\nssid=x\\nflags=[ESS]\n")!.Security);

    [Fact]
    public void The_strongest_come_first_and_each_once()
    {
        var list = ScanList.Of([Network("far", -80), Network("near", -40), Network("far", -60), Network("far", -70, WirelessSecurity.Open)]);
        Assert.Equal(["near -40 Key", "far -60 Key", "far -70 Open"], list.Select(network => $"{network.Ssid.Shown} {network.Level} {network.Security}"));
    }

    [Fact]
    public void Hundreds_of_networks_leave_the_question_on_the_screen() =>
        Assert.Equal(15, ScanList.Of(Enumerable.Range(0, 300).Select(number => Network($"net{number}", -30 - (number % 60)))).Count);

    [Fact]
    public void Mutated_answers_never_crash()
    {
        var bytes = "id=3\nfreq=2412\nlevel=-61\nflags=[WPA2-PSK-CCMP][ESS]\nssid=Caf\\xc3\\xa9\n"u8.ToArray();
        Seeded.Cases(3000, random =>
        {
            var network = ScanList.TryParse(Encoding.UTF8.GetString(Mutation.Of(bytes, random)));
            Assert.True(network is null or { Level: >= -200 and <= 0, Ssid.Hex.Length: > 0 and <= 64 });
        });
    }

    private static WirelessNetwork Network(string name, int level, WirelessSecurity security = WirelessSecurity.Key) =>
        new(Ssid.TryOfText(name, out var ssid) ? ssid : default, level, security);
}
