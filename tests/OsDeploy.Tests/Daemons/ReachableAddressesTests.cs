using System.Net;
using OsDeploy.Server.Appliance;
using Xunit;

namespace OsDeploy.Tests.Daemons;

public sealed class ReachableAddressesTests
{
    private static readonly IPAddress[] s_own = [IPAddress.Parse("10.0.0.1"), IPAddress.Parse("192.0.2.7")];

    [Theory]
    [InlineData("https://0.0.0.0:7443", "https://10.0.0.1:7443 https://192.0.2.7:7443")]
    [InlineData("https://192.0.2.7:7443", "https://192.0.2.7:7443")]
    [InlineData("https://[::1]:7443", "https://[::1]:7443")]
    public void An_address_for_every_card_is_shown_as_those_of_the_cards(string served, string shown) =>
        Assert.Equal(shown.Split(' '), ReachableAddresses.Of([served], s_own));

    [Fact]
    public void Without_a_network_it_stays_as_it_is() => Assert.Equal(["https://0.0.0.0:7443"], ReachableAddresses.Of(["https://0.0.0.0:7443"], []));
}
