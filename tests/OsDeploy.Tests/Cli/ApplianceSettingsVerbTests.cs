using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.SetUp;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class ApplianceSettingsVerbTests
{
    private static readonly ApplianceSettingsView s_view = new(
        new ApplianceSettings("de", "schule", "Europe/Berlin", new NetworkSettings("eth0", "10.0.0.5/24", "10.0.0.1", ["10.0.0.2"])),
        [new NetworkCard("eth0", "52:54:00:00:00:01", "10.0.0.5/24", "10.0.0.1", ["10.0.0.2"], IsUp: true), new NetworkCard("eth1", "52:54:00:00:00:02", null, null, [], IsUp: false)]);

    [Fact]
    public async Task They_are_shown_and_nothing_is_changed()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(SettingsApi.Show, s_view);

        Assert.Equal(
            """
            name           schule
            time zone      Europe/Berlin
            language       de
            network        eth0, 10.0.0.5/24, router 10.0.0.1, DNS 10.0.0.2
            network cards  eth0 52:54:00:00:00:01 10.0.0.5/24, eth1 52:54:00:00:00:02 no cable

            """,
            (await server.RunAsync("appliance settings")).Output);
        Assert.False(server.Heard(SettingsApi.Change));
    }

    [Theory]
    [InlineData("--time-zone Europe/Paris --host-name goethe", "goethe", "Europe/Paris", "eth0 10.0.0.5/24 10.0.0.1 10.0.0.2")]
    [InlineData("--address dhcp", "schule", "Europe/Berlin", "eth0")]
    [InlineData("--interface eth1 --address 10.1.0.5/16 --gateway 10.1.0.1 --dns 10.1.0.2 10.1.0.3", "schule", "Europe/Berlin", "eth1 10.1.0.5/16 10.1.0.1 10.1.0.2 10.1.0.3")]
    public async Task Only_what_is_named_is_changed(string options, string name, string zone, string network)
    {
        await using var server = await CannedServer.StartAsync();
        server.On(SettingsApi.Show, s_view).On(SettingsApi.Change, wanted => s_view with { Settings = wanted });

        await server.RunAsync("appliance settings " + options);

        var sent = server.BodyOf(SettingsApi.Change);
        Assert.Equal((name, zone, "de"), (sent.HostName, sent.TimeZone, sent.Language));
        Assert.Equal(network, string.Join(' ', new[] { sent.Network.Interface, sent.Network.Address, sent.Network.Gateway }.Concat(sent.Network.Dns ?? []).OfType<string>()));
    }

    [Fact]
    public async Task A_wrong_address_does_not_leave_this_computer()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(SettingsApi.Show, s_view);

        Assert.Contains("[network-address]", (await server.RunAsync("appliance settings --address 10.0.0.300/24", 1)).Talk, StringComparison.Ordinal);
        Assert.False(server.Heard(SettingsApi.Change));
    }

    [Fact]
    public async Task A_network_on_trial_says_how_it_is_kept()
    {
        await using var server = await CannedServer.StartAsync();
        var trial = s_view with { Trial = new NetworkTrial(new NetworkSettings("eth1"), new DateTimeOffset(2026, 11, 22, 8, 3, 0, TimeSpan.Zero)) };
        server.On(SettingsApi.Show, trial).On(SettingsApi.Keep, s_view).On(SettingsApi.GoBack, s_view);

        Assert.Contains("`osdeploy appliance keep-network` keeps it", (await server.RunAsync("appliance settings")).Output, StringComparison.Ordinal);
        await server.RunAsync("appliance keep-network");
        await server.RunAsync("appliance undo-network");

        Assert.Equal(["POST", "DELETE"], server.Requests.Select(request => request.Method).Where(method => method != "GET"));
    }

    [Fact]
    public async Task The_volume_grows()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(SettingsApi.Grow, new GrownVolume(500L << 30));

        Assert.Equal("The data volume has 500 GiB now.\n", (await server.RunAsync("appliance grow")).Output);
    }
}
