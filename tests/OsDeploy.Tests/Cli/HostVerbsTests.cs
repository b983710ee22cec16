using System.Text;
using System.Text.Json;
using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Text;
using Xunit;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Cli;

public sealed class HostVerbsTests
{
    private static readonly Samples s_samples = new("r101");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hosts_are_listed_by_room_and_configuration()
    {
        await using var server = await CannedServer.StartAsync();
        var elsewhere = s_samples.Host with { Host = s_samples.Host.Host with { Room = "r102", Name = ComputerName.Parse("r102-pc01") } };
        server.On(HostApi.List, [s_samples.Host, elsewhere]);

        var list = await server.RunAsync("host list --room R101");
        var json = await server.RunAsync("host list --config r101 --json");

        Assert.StartsWith("NAME ", list.Output, StringComparison.Ordinal);
        Assert.Matches("r101-pc01 +r101 +r101 +52:54:00:12:34:56 +2026-11-20 .* master", list.Output);
        Assert.DoesNotContain("r102-pc01", list.Output, StringComparison.Ordinal);
        using var parsed = JsonDocument.Parse(json.Output);
        Assert.Equal(2, parsed.RootElement.GetArrayLength());
        Assert.Equal("52:54:00:12:34:56", parsed.RootElement[0].GetProperty("host").GetProperty("identity").GetProperty("macs")[0].GetString());
    }

    [Fact]
    public async Task A_host_shows_where_its_own_value_wins_and_the_serials_of_its_disks()
    {
        await using var server = await CannedServer.StartAsync();
        var host = new Samples("S64A").Host;
        server.On(HostApi.Show, host);

        var show = await server.RunAsync("host show r101-pc01");

        Assert.Matches(@"name +r101-pc01\n", show.Output);
        Assert.Contains("(its master)", show.Output, StringComparison.Ordinal);
        Assert.Matches(@"1 +1 +S64A +Win11 +Domain \(host\) +Image +S64A +yes +\(set\)", show.Output);
        Assert.Matches("S64A +256 GiB +S64A +S64A +S64A +S64A\n", show.Output);
    }

    [Fact]
    public async Task A_room_is_renamed_after_its_new_names_were_shown()
    {
        await using var server = await CannedServer.StartAsync();
        var report = new RenameReport([new Renaming("h1", ComputerName.Parse("old"), ComputerName.Parse("r12-pc01"), null)], IsApplied: false, "seen");
        server.On(HostApi.RenameRoomHosts, body => report with { IsApplied = body.Apply });

        await server.RunAsync("host rename --room r12 --scheme r12-pc{01..30}", 1, "no\n");
        Assert.False(server.BodyOf(HostApi.RenameRoomHosts).Apply);
        var done = await server.RunAsync("host rename --room r12 --scheme r12-pc{01..30}", 0, "r12\n");

        Assert.Contains("old  r12-pc01", done.Talk, StringComparison.Ordinal);
        Assert.Equal("1 host renamed.\n", done.Output);
        Assert.Equal(new RoomRename("r12-pc{01..30}", Apply: true, "seen"), server.BodyOf(HostApi.RenameRoomHosts));
    }

    [Fact]
    public async Task A_room_with_a_name_that_cannot_be_is_not_asked_about()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(HostApi.RenameRoomHosts, new RenameReport([new Renaming("h1", ComputerName.Parse("old"), null, "it is taken")], IsApplied: false, "seen"));

        var terminal = await server.RunAsync("host rename --room r12 --yes", 1);

        Assert.Contains("it is taken", terminal.Talk, StringComparison.Ordinal);
        Assert.False(server.BodyOf(HostApi.RenameRoomHosts).Apply);
    }

    [Fact]
    public async Task Several_cards_make_several_hosts()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(HostApi.Add, [s_samples.Host]);
        var terminal = server.Piped("52:54:00:00:00:02, 52:54:00:00:00:03\n52:54:00:00:00:02");

        Assert.Equal(0, await terminal.RunAsync("host add --mac 52-54-00-00-00-01 --macs-from - --room r101 --config win11"));

        Assert.Equal(
            ["52:54:00:00:00:01 r101 win11", "52:54:00:00:00:02 r101 win11", "52:54:00:00:00:03 r101 win11"],
            server.BodyOf(HostApi.Add).Hosts.Select(host => $"{host.Mac} {host.Room} {host.Configuration}"));
    }

    [Fact]
    public async Task A_change_is_made_to_what_was_read()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(HostApi.Show, s_samples.Host).On(HostApi.Change, s_samples.Host);
        var terminal = server.Piped();

        Assert.Equal(0, await terminal.RunAsync(
            ["host", "set", "r101-pc01", "--room", "", "--blocked", "yes", "--mac", "52:54:00:00:00:01", "--no-mac", "52:54:00:12:34:56", "--partition", "1:os=Win11"], Cancel));

        var change = server.BodyOf(HostApi.Change);
        Assert.Equal(("", null, true, 7L), (change.Room, change.Name, change.IsBlocked, change.Rev));
        Assert.Equal("52:54:00:00:00:01", Assert.Single(change.Macs!).ToString());
        Assert.Equal([new PartitionOverride(1, 1, Os: OperatingSystem.Win11, Join: JoinMode.Workgroup)], change.Overrides!);
    }

    [Fact]
    public async Task Several_hosts_get_the_same_beside_what_each_has()
    {
        await using var server = await CannedServer.StartAsync();
        var other = s_samples.Host with { Rev = 9, Host = s_samples.Host.Host with { Id = "other", Name = ComputerName.Parse("r101-pc02"), Boot = new BootOptions(Language: "fr") } };
        var shown = 0;
        server.On(HostApi.Show, _ => shown++ == 0 ? s_samples.Host : other).On(HostApi.Change, other);

        Assert.Contains("r101-pc02", (await server.RunAsync("host set r101-pc01 r101-pc02 --uefi-exit windows")).Output, StringComparison.Ordinal);

        var change = server.BodyOf(HostApi.Change);
        Assert.Equal((9L, new BootOptions(Language: "fr", UefiExit: UefiExit.Windows)), (change.Rev, change.Boot));
        await server.RunAsync("host set r101-pc01 r101-pc02 --name x", exitCode: 2);
        await server.RunAsync("host set r101-pc01 r101-pc02 --mac 52:54:00:12:34:56", exitCode: 2);
    }

    [Fact]
    public async Task Who_changed_it_meanwhile_is_shown()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(HostApi.Show, s_samples.Host).Refuse(HostApi.Change, 409, "changed-meanwhile", "tom changed r101-pc01 at 08:01.");

        var terminal = await server.RunAsync("host set r101-pc01 --notes x", 1);

        Assert.Contains("tom changed r101-pc01 at 08:01.   [changed-meanwhile]", terminal.Talk, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host delete r101-pc01", "r101-pc01\n")]
    [InlineData("host delete r101-pc01 r101-pc02", "2\n")]
    public async Task Hosts_go_when_their_name_or_number_is_typed(string commandLine, string typed)
    {
        await using var server = await CannedServer.StartAsync();
        server.On(HostApi.Show, s_samples.Host).On(HostApi.Delete, default(Nothing));

        await server.RunAsync(commandLine, 1, "yes\n");
        Assert.False(server.Heard(HostApi.Delete));

        await server.RunAsync(commandLine, 0, typed);
        Assert.True(server.Heard(HostApi.Delete));
    }

    [Fact]
    public async Task A_wrong_line_of_an_import_is_named_and_ends_with_1()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(HostApi.Import, new ImportReport([new ImportLine(2, "add", "r101-pc01", "new"), new ImportLine(3, "same", "r101-pc02", ""), new ImportLine(4, "error", "", "no MAC")], false));
        var csv = server.Folder["hosts.csv"];
        await File.WriteAllTextAsync(csv, "room;mac\n", Cancel);

        var terminal = await server.RunAsync($"host import {csv}", 1);

        Assert.Matches("   4  error +no MAC\n", terminal.Output);
        Assert.Contains("1 to add, 0 to change, 1 the same, 1 wrong. Nothing was changed", terminal.Output, StringComparison.Ordinal);
        var sent = server.BodyOf(HostApi.Import);
        Assert.Equal("room;mac\n", Encoding.UTF8.GetString(sent.Csv));
        Assert.False(sent.Apply);
    }

    [Fact]
    public async Task An_export_overwrites_nothing_unasked()
    {
        await using var server = await CannedServer.StartAsync();
        server.On(HostApi.Export, "room;mac\nr101;52:54:00:12:34:56\n");
        var file = server.Folder["hosts.csv"];

        await server.RunAsync($"host export {file}");
        var again = await server.RunAsync($"host export {file}", 1);
        await server.RunAsync($"host export {file} --yes");
        var printed = await server.RunAsync("host export");

        Assert.Contains("[file-exists]", again.Talk, StringComparison.Ordinal);
        Assert.Equal("room;mac\nr101;52:54:00:12:34:56\n", await File.ReadAllTextAsync(file, Cancel));
        Assert.Equal("room;mac\nr101;52:54:00:12:34:56\n", printed.Output);
        Assert.DoesNotContain(Directory.GetFiles(Path.GetDirectoryName(file)!), name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("3f2a")]
    [InlineData("52-54-00-12-34-56")]
    public async Task A_waiting_computer_is_named_by_the_beginning_of_its_id_or_its_card(string named)
    {
        await using var server = await CannedServer.StartAsync();
        server.On(HostApi.ListPending, [s_samples.Pending]).On(HostApi.Approve, s_samples.Host).On(HostApi.Reject, default(Nothing));

        var list = await server.RunAsync("host list --pending");
        await server.RunAsync($"host approve {named} --room r101 --name teacher");
        await server.RunAsync($"host reject {named}");

        Assert.Matches("3f2a0000 +52:54:00:12:34:56", list.Output);
        Assert.Equal(new Approval(null, "teacher", "r101"), server.BodyOf(HostApi.Approve));
        Assert.Contains(server.Requests, request => request.Target == "/api/v1/pending/3f2a0000/approve");
        Assert.Contains(server.Requests, request => request is { Method: "DELETE", Target: "/api/v1/pending/3f2a0000" });
    }

    [Theory]
    [InlineData("9999", "[pending-unknown]")]
    [InlineData("3", "[pending-ambiguous]")]
    public async Task A_waiting_computer_that_is_not_one_is_not_approved(string named, string code)
    {
        await using var server = await CannedServer.StartAsync();
        server.On(HostApi.ListPending, [s_samples.Pending, s_samples.Pending with { Id = "3e" }]);

        Assert.Contains(code, (await server.RunAsync($"host approve {named}", 1)).Talk, StringComparison.Ordinal);
        Assert.False(server.Heard(HostApi.Approve));
    }
}
