using OsDeploy.Agent.Network;
using Xunit;

namespace OsDeploy.Tests.Agent.Network;

public sealed class FirstStepTests
{
    [Theory]
    [InlineData("eth0:-", 3, null, false)]
    [InlineData("eth0:-", 6, null, true)]
    [InlineData("", 6, null, true)]
    [InlineData("eth0:- eth1:c", 60, null, false)]
    [InlineData("eth0:c eth1:cl", 1, "eth1", false)]
    [InlineData("eth0:l", 60, null, true)]
    [InlineData("eth0:- wlan0:cl", 1, "wlan0", false)]
    [InlineData("eth0:c wlan0:cl", 1, null, false)]
    [InlineData("eth0:c wlan0:cl", 12, "wlan0", false)]
    [InlineData("eth0:cl wlan0:cl", 60, "eth0", false)]
    public void A_cable_comes_first_and_without_one_nobody_waits_long(string cards, int seconds, string? use, bool hasNoCable)
    {
        var step = FirstStep.Of(NetworkStepTests.CardsOf(cards), TimeSpan.FromSeconds(seconds));
        Assert.Equal((use, hasNoCable), (step.Use?.Name, step.HasNoCable));
    }
}
