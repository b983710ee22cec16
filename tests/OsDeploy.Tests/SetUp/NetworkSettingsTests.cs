using OsDeploy.SetUp;
using OsDeploy.Tests.Disks;
using Xunit;

namespace OsDeploy.Tests.SetUp;

public sealed class NetworkSettingsTests
{
    [Theory]
    [InlineData("eth0", null, null, "", null)]
    [InlineData("enp0s31f6", "10.0.0.1/24", "10.0.0.254", "10.0.0.2 9.9.9.9", null)]
    [InlineData("eth0.12", "192.0.2.1/30", null, "", null)]
    [InlineData("", null, null, "", "network-interface")]
    [InlineData("eth0\n[Link]", null, null, "", "network-interface")]
    [InlineData("*", null, null, "", "network-interface")]
    [InlineData("-eth0", null, null, "", "network-interface")]
    [InlineData("abcdefghijklmnop", null, null, "", "network-interface")]
    [InlineData("eth0", "10.0.0.1", null, "", "network-address")]
    [InlineData("eth0", "10.0.0.1/31", null, "", "network-address")]
    [InlineData("eth0", "10.0.0.1/024", null, "", "network-address")]
    [InlineData("eth0", "10.0.0.01/24", null, "", "network-address")]
    [InlineData("eth0", "10.0.0.0/24", null, "", "network-address")]
    [InlineData("eth0", "10.0.0.255/24", null, "", "network-address")]
    [InlineData("eth0", "127.0.0.1/8", null, "", "network-address")]
    [InlineData("eth0", "224.0.0.1/24", null, "", "network-address")]
    [InlineData("eth0", "2001:db8::1/64", null, "", "network-address")]
    [InlineData("eth0", "10.0.0.1/24\nDNS=1.1.1.1", null, "", "network-address")]
    [InlineData("eth0", "10.0.0.1/24", "10.0.1.254", "", "network-gateway")]
    [InlineData("eth0", "10.0.0.1/24", "10.0.0.1", "", "network-gateway")]
    [InlineData("eth0", "10.0.0.1/24", "10.0.0.255", "", "network-gateway")]
    [InlineData("eth0", null, "10.0.0.254", "", "network-gateway")]
    [InlineData("eth0", "10.0.0.1/24", null, "10.0.0.2 dns.example", "network-dns")]
    [InlineData("eth0", "10.0.0.1/24", null, "1.1.1.1 1.1.1.2 1.1.1.3 1.1.1.4 1.1.1.5", "network-dns")]
    [InlineData("eth0", null, null, "1.1.1.1", "network-dns")]
    public void Only_what_a_computer_can_have_is_taken(string card, string? address, string? gateway, string dns, string? code)
    {
        var settings = new NetworkSettings(card, address, gateway, dns.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(code, (Record.Exception(() => settings.Checked()) as UserErrorException)?.Code);
    }

    [Fact]
    public void No_text_that_passes_could_begin_a_line_or_a_word_of_its_own() => TextMutation.Fuzz("10.0.0.1/24", text =>
    {
        if (NetworkSettings.IsAddress(text))
        {
            Assert.All(text, letter => Assert.True(char.IsAsciiDigit(letter) || letter is '.' or '/'));
        }

        if (NetworkSettings.IsInterface(text))
        {
            Assert.All(text, letter => Assert.True(char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'));
        }
    });

    [Theory]
    [InlineData("Europe/Berlin", true)]
    [InlineData("UTC", true)]
    [InlineData("Etc/GMT+1", true)]
    [InlineData("America/Argentina/Buenos_Aires", true)]
    [InlineData("", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("../../etc/shadow", false)]
    [InlineData("Europe/..", false)]
    [InlineData("Europe//Berlin", false)]
    [InlineData("Europe/Berlin\n", false)]
    [InlineData("posix.zone", false)]
    public void A_time_zone_leads_nowhere_but_into_the_zone_database(string zone, bool isOne) => Assert.Equal(isOne, ApplianceSettings.IsZone(zone));
}
