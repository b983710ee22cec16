using OsDeploy.Api;
using OsDeploy.Api.Carousels;
using OsDeploy.Server.Multicast;
using OsDeploy.Tests.Daemons;
using Xunit;

namespace OsDeploy.Tests.Multicast;

public sealed class MulticastSettingsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<MulticastSettings> Right =>
    [
        new MulticastSettings(),
        new MulticastSettings(MulticastMode.Broadcast, "eth1", "224.0.1.0", 1024, 32, 1_000_000, Querier: true),
        new MulticastSettings(MulticastMode.Off, "enp3s0.12", "239.255.255.240", 65_520, MostBytesPerSecond: 100_000_000_000),
    ];

    public static TheoryData<MulticastSettings, string> Wrong => new()
    {
        { new MulticastSettings((MulticastMode)7), "The mode" },
        { new MulticastSettings(Interface: "eth0; reboot"), "The network card" },
        { new MulticastSettings(Interface: new string('e', 16)), "The network card" },
        { new MulticastSettings(Group: "224.0.0.251"), "The group" },
        { new MulticastSettings(Group: "240.0.0.1"), "The group" },
        { new MulticastSettings(Group: "10.0.0.1"), "The group" },
        { new MulticastSettings(Group: "239.255.77.241"), "The group" },
        { new MulticastSettings(Group: "239.255.77.016"), "The group" },
        { new MulticastSettings(Group: "ff02::1"), "The group" },
        { new MulticastSettings(Port: 1023), "The port" },
        { new MulticastSettings(Port: 65_521), "The port" },
        { new MulticastSettings(Ttl: 0), "The TTL" },
        { new MulticastSettings(Ttl: 33), "The TTL" },
        { new MulticastSettings(MostBytesPerSecond: 999_999), "The limit" },
        { new MulticastSettings(MostBytesPerSecond: -1), "The limit" },
        { new MulticastSettings(MostBytesPerSecond: long.MaxValue), "The limit" },
    };

    [Theory]
    [MemberData(nameof(Right))]
    public void What_can_be_sent_with_is_taken(MulticastSettings settings) => Assert.Equal(settings, MulticastRules.Checked(settings));

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_cannot_be_sent_with_is_refused_by_name(MulticastSettings settings, string what)
    {
        var refused = Assert.Throws<UserErrorException>(() => MulticastRules.Checked(settings));

        Assert.Equal("multicast-settings-invalid", refused.Code);
        Assert.StartsWith(what, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_kept_through_a_restart_and_written_into_the_log()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal(new MulticastSettings(), await daemon.Admin.CallAsync(CarouselApi.Settings, Cancel));
        var wanted = new MulticastSettings(MulticastMode.Broadcast, "", Ttl: 3, MostBytesPerSecond: 60_000_000);

        var held = await daemon.Admin.CallAsync(CarouselApi.ChangeSettings, wanted, Cancel);
        await daemon.RestartAsync();
        daemon.Relogin(await daemon.LoginAsync(TestDaemon.Anna));

        Assert.Equal(wanted with { Interface = null }, held);
        Assert.Equal(held, await daemon.Admin.CallAsync(CarouselApi.Settings, Cancel));
        var line = (await daemon.Admin.CallAsync(AccountApi.Audit, Cancel)).Lines.Single(line => line.Action == "multicast-settings");
        Assert.Equal("Broadcast on the usual card, 239.255.77.16:9077, TTL 3, limit 60MB, querier off", line.Detail);
        Assert.Equal("multicast-settings-invalid", (await Assert.ThrowsAsync<UserErrorException>(() => daemon.Admin.CallAsync(CarouselApi.ChangeSettings, wanted with { Port = 1 }, Cancel))).Code);
    }
}
