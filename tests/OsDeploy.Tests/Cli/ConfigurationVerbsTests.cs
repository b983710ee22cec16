using System.Text.Json;
using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using Xunit;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Cli;

/// <summary>Rooms and configurations.</summary>
public sealed class ConfigurationVerbsTests
{
    private static readonly Samples s_samples = new("win11");

    [Fact]
    public async Task Rooms_are_added_changed_and_listed()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(HostApi.ListRooms, [s_samples.Room]).On(HostApi.AddRoom, s_samples.Room).On(HostApi.ChangeRoom, s_samples.Room);

        var list = await server.RunAsync("room list");
        await server.RunAsync("room add r101 --config win11 --name-pattern r101-pc##");
        await server.RunAsync("room set WIN11 --notes x");

        Assert.Equal("NAME   CONFIGURATION  HOSTS ARE NAMED  HOSTS  NOTES\nwin11  win11          win11               12  win11\n", list.Output);
        Assert.Equal(new NewRoom("r101", "win11", "r101-pc##"), server.BodyOf(HostApi.AddRoom));
        Assert.Equal(new RoomChange(Notes: "x", Rev: 4), server.BodyOf(HostApi.ChangeRoom));
        Assert.Contains(server.Requests, request => request.Target == "/api/v1/rooms/win11");
    }

    [Fact]
    public async Task A_room_that_is_not_there_is_not_deleted()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(HostApi.ListRooms, [s_samples.Room]).On(HostApi.DeleteRoom, default(Nothing));

        var unknown = await server.RunAsync("room delete r999 --yes", 1);
        Assert.Contains("There are win11.", unknown.Talk, StringComparison.Ordinal);
        Assert.False(server.Heard(HostApi.DeleteRoom));

        await server.RunAsync("room delete win11", 0, "win11\n");
        Assert.True(server.Heard(HostApi.DeleteRoom));
    }

    [Fact]
    public async Task A_configuration_is_made_with_its_partitions_and_store()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(ConfigurationApi.Add, s_samples.Configuration);
        var (token, pin) = (server.Folder["token"], new string('A', 64));
        await File.WriteAllTextAsync(token, "osd-token\n", TestContext.Current.CancellationToken);

        await server.RunAsync($"config add win11 --type thin-client --partition 1:os=Win11,grow --keep 3 --store main-server --store-pin {pin} --store-token-file {token}");

        var made = server.BodyOf(ConfigurationApi.Add);
        Assert.Equal(("win11", DeviceType.ThinClient, 3), (made.Name, made.DeviceType, made.KeepVersions));
        Assert.Equal([new PartitionPlan(1, 1, Os: OperatingSystem.Win11, Grow: true)], made.Partitions!);
        Assert.Equal(new RemoteStore("https://main-server:7443", pin.ToLowerInvariant(), "osd-token"), made.Store);
    }

    [Fact]
    public async Task A_change_keeps_what_it_does_not_name()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(ConfigurationApi.Show, s_samples.Configuration).On(ConfigurationApi.Change, s_samples.Configuration);

        var show = await server.RunAsync("config set win11 --name lab --partition 1:join=Workgroup --no-store");

        var change = server.BodyOf(ConfigurationApi.Change);
        Assert.Equal(("lab", true, 9L), (change.Name, change.NoStore, change.Rev));
        Assert.Equal([s_samples.Plan with { Join = JoinMode.Workgroup }], change.Partitions!);
        Assert.Matches(@"1 +1 +win11 +Win11 +Domain +Image +win11 +yes +\(set\)", show.Output);
    }

    [Fact]
    public async Task Restores_are_opened_and_closed_again()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(ConfigurationApi.Show, s_samples.Configuration).On(ConfigurationApi.Change, s_samples.Configuration);

        await server.RunAsync("config set win11 --open-restore yes");
        Assert.True(server.BodyOf(ConfigurationApi.Change).OpenRestore);

        await server.RunAsync("config set win11 --open-restore no");
        Assert.False(server.BodyOf(ConfigurationApi.Change).OpenRestore);
        await server.RunAsync("config set win11 --open-restore perhaps", 2);
    }

    [Fact]
    public async Task The_master_is_named()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(ConfigurationApi.SetMaster, s_samples.Configuration);

        await server.RunAsync("config master win11 r101-pc01");

        Assert.Equal(new MasterChange("r101-pc01"), server.BodyOf(ConfigurationApi.SetMaster));
    }

    [Fact]
    public async Task What_goes_with_a_configuration_is_shown_before_its_name_is_asked_for()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(ConfigurationApi.Show, s_samples.Configuration).On(HostApi.ListRooms, [s_samples.Room]);
        server.On(ConfigurationApi.Delete, new DeletedConfiguration(30, 1, 4, Samples.Day));

        var asked = await server.RunAsync("config delete win11", 1, "no\n");
        Assert.Contains("its image goes (4 versions); 30 hosts and 1 room are left", asked.Talk, StringComparison.Ordinal);
        Assert.False(server.Heard(ConfigurationApi.Delete));

        var deleted = await server.RunAsync("config delete win11", 0, "win11\n");
        Assert.Contains("4 versions went with it. `osdeploy image undelete`", deleted.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configurations_are_listed_and_shown_as_JSON()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(ConfigurationApi.List, [s_samples.Configuration]).On(ConfigurationApi.Show, s_samples.Configuration);

        var list = await server.RunAsync("config list");
        var show = await server.RunAsync("config show win11 --json");

        Assert.Matches("win11 +win11 +FatClient +win11 +30 +4 +win11", list.Output);
        using var json = JsonDocument.Parse(show.Output);
        Assert.Equal("(set)", json.RootElement.GetProperty("configuration").GetProperty("store").GetProperty("token").GetString());
    }
}
