using OsDeploy.Agent.Network.Wireless;
using Xunit;

namespace OsDeploy.Tests.Agent.Network.Wireless;

public sealed class JoinStepTests
{
    private const string Connected = "<3>CTRL-EVENT-CONNECTED - Connection to 02:00:00:00:01:00 completed [id=0 id_str=]";
    private const string NotFound = "<3>CTRL-EVENT-NETWORK-NOT-FOUND ";

    [Theory]
    [InlineData(JoinEnd.Joined, Connected)]
    [InlineData(JoinEnd.WrongKey, "<3>CTRL-EVENT-SSID-TEMP-DISABLED id=0 ssid=\"School\" auth_failures=1 duration=10 reason=WRONG_KEY")]
    [InlineData(JoinEnd.Refused, "<3>CTRL-EVENT-SSID-TEMP-DISABLED id=0 ssid=\"School\" auth_failures=1 duration=10 reason=CONN_FAILED")]
    [InlineData(JoinEnd.Refused, "<3>CTRL-EVENT-SSID-TEMP-DISABLED id=0 ssid=\" reason=WRONG_KEY\" auth_failures=1 duration=10 reason=AUTH_FAILED")]
    [InlineData(null, "<3>CTRL-EVENT-SCAN-RESULTS ")]
    [InlineData(null, "<3>Trying to associate with SSID 'CTRL-EVENT-CONNECTED'")]
    [InlineData(null, "<3>CTRL-EVENT-DISCONNECTED bssid=02:00:00:00:01:00 reason=15")]
    [InlineData(null, "<3>CTRL-EVENT-CONNECTEDX")]
    [InlineData(null, "<")]
    [InlineData(null, "")]
    public void An_event_ends_the_attempt_or_does_not(JoinEnd? end, string line) => Assert.Equal(end, new JoinStep(null).After(line).End);

    [Fact]
    public void A_network_is_missed_three_times_before_it_is_given_up()
    {
        var step = new JoinStep(null).After(NotFound).After(NotFound);
        Assert.Null(step.End);
        Assert.Equal(JoinEnd.Joined, step.After(Connected).End);
        Assert.Equal(JoinEnd.NotFound, step.After("<3>CTRL-EVENT-SCAN-STARTED ").After(NotFound).End);
    }
}
