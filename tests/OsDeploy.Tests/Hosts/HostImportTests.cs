using System.Text;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using Xunit;
using static OsDeploy.Tests.Hosts.TestRegistry;

namespace OsDeploy.Tests.Hosts;

public sealed class HostImportTests : IAsyncDisposable
{
    private readonly TestRegistry _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task A_preview_says_what_would_happen_and_changes_nothing()
    {
        await _test.Configurations.AddAsync(new NewConfiguration("Win 11"), Anna, CancellationToken.None);
        _test.Add(1, "pc01");
        _test.Add(2, "pc02");
        const string List = "mac;room;name;hwconf\n020000000001;lab;pc01;\n020000000002;;pc02;\n020000000003;LAB;;win 11\n020000000004;lab;;Win-11\n";

        var preview = _test.Import(List, apply: false);

        Assert.Equal(
            ["2 change pc01: room none -> lab", "3 same pc02: ", "4 add lab-01: room lab, configuration Win 11", "5 add lab-02: room lab, configuration Win 11"],
            Texts(preview));
        Assert.Equal((false, 0, 2, 0), (preview.IsApplied, preview.Errors, _test.Hosts.List().Count, _test.Rooms.List().Count));

        Assert.True(_test.Import(List).IsApplied);
        Assert.Equal(["lab-01", "lab-02", "pc01", "pc02"], _test.Hosts.List().Select(host => host.Host.Name.ToString()));
        Assert.Equal(("lab", 3), (_test.Rooms.List().Single().Room.Name, _test.Rooms.List().Single().Hosts));
        Assert.All(_test.Import(List).Lines.Take(2), line => Assert.Equal("same", line.Action));
    }

    [Fact]
    public void One_wrong_line_keeps_all_others_out_and_every_wrong_line_is_named()
    {
        var report = _test.Import("mac;room;name;hwconf\n020000000001;lab;pc01;\nxx;lab;pc02;\n020000000003;lab;pc03;nope\n020000000004;lab;pc01;\n");

        Assert.False(report.IsApplied);
        Assert.Equal(3, report.Errors);
        Assert.Equal(
            [
                "2 add pc01: room lab, configuration none",
                "3 error : \"xx\" is not the MAC address of a network card",
                "4 error pc03: there is no configuration \"nope\"",
                "5 error pc01: the name pc01 is on line 2 already",
            ],
            Texts(report));
        Assert.Empty(_test.Hosts.List());
        Assert.Empty(_test.Rooms.List());
    }

    [Fact]
    public void Lines_that_fight_over_a_host_are_errors()
    {
        _test.Add(1, "pc01");
        _test.Add(2, "pc02");
        _test.Add(3, "pc03");

        var report = _test.Import(
            "mac;room;name;othermacs\n020000000001;;pc02;\n020000000001;;pc09;\n020000000002;;pc08;02:00:00:00:00:03\n020000000005;lab;pc05;\n020000000005;lab;pc06;\n020000000007;;;\n");

        Assert.Equal(
            [
                "2 error pc02: the name pc02 is in use by another host",
                "3 error pc09: pc01 is on line 2 already",
                "4 error pc08: its MAC addresses belong to pc02 and pc03",
                "5 add pc05: room lab, configuration none",
                "6 error pc06: 02:00:00:00:00:05 is on line 5 already",
                "7 error : a new host needs a name, or a room that proposes one",
            ],
            Texts(report));
    }

    [Fact]
    public void Two_hosts_can_swap_their_names()
    {
        _test.Add(1, "pc01");
        _test.Add(2, "pc02");

        Assert.True(_test.Import("mac;room;name\n020000000001;;pc02\n020000000002;;pc01\n").IsApplied);

        Assert.Equal(Mac(2), _test.Hosts.Show("pc01").Host.Identity.Macs[0]);
        Assert.Equal(Mac(1), _test.Hosts.Show("pc02").Host.Identity.Macs[0]);
    }

    [Fact]
    public void A_known_name_with_an_unknown_MAC_is_that_host_with_new_hardware()
    {
        _test.Add(1, "pc01");
        _test.Meet(Laptop(1, 1));
        var report = _test.Import("020000000009;;PC01");

        Assert.Equal("1 change PC01: new hardware: name pc01 -> PC01, MAC 02:00:00:00:00:01 -> 02:00:00:00:00:09", Assert.Single(Texts(report)));
        Assert.Equal("PC01", _test.Meet(Laptop(2, 9)).Host!.Name.ToString());
        Assert.NotNull(_test.Meet(Laptop(1, 1)).Pending);
    }

    [Fact]
    public async Task The_image_of_a_manifest_names_a_configuration_and_asks_nothing()
    {
        await _test.Configurations.AddAsync(new NewConfiguration("Win 11"), Anna, CancellationToken.None);

        Assert.True(_test.Import("MAC;image;name\r\n02-00-00-00-00-01;win-11;pc01\r\n").IsApplied);

        Assert.Equal("Win 11", _test.Meet(Laptop(1, 1)).Host!.Configuration);
    }

    [Fact]
    public void A_wireless_address_meets_the_host_too()
    {
        Assert.True(_test.Import("room,mac,name,wlanmac\nlab,020000000001,tablet,020000000002\n").IsApplied);

        Assert.Equal("tablet", _test.Meet(Laptop(1, 2, 77)).Host!.Name.ToString());
    }

    [Fact]
    public async Task An_exported_list_reads_back_as_the_same_hosts_here_and_elsewhere()
    {
        await Seeded.CasesAsync(40, async random =>
        {
            await using var here = new TestRegistry();
            await using var elsewhere = new TestRegistry();
            foreach (var test in new[] { here, elsewhere })
            {
                await test.Configurations.AddAsync(new NewConfiguration("Win; \"11\""), Anna, CancellationToken.None);
            }

            Fill(here, random);
            var list = here.Hosts.Export();

            var same = here.Imports.Import(new HostImport(list, Apply: true), Ben);
            Assert.True(same.IsApplied);
            Assert.All(same.Lines, line => Assert.Equal("same", line.Action));

            var report = elsewhere.Imports.Import(new HostImport(list, Apply: true), Anna);
            Assert.True(report.IsApplied, string.Join('\n', Texts(report)));
            Assert.Equal(Encoding.UTF8.GetString(list), Encoding.UTF8.GetString(elsewhere.Hosts.Export()));
        });
    }

    [Fact]
    public void No_cell_of_an_export_is_computed_by_a_spreadsheet()
    {
        _test.Rooms.Add(new NewRoom("=1+1"), Anna);
        _test.Add(1, "pc01", "=1+1");
        _test.Hosts.Change("pc01", new HostChange(Notes: "@SUM(A1)", Details: new HostDetails(Owner: "-1;2", Place: "+1")), Anna);

        var cells = Encoding.UTF8.GetString(_test.Hosts.Export()).Split('\n')[1].Split(';');

        Assert.DoesNotContain(cells, cell => cell.TrimStart('"') is ['=' or '+' or '@', ..] or ['-', ..]);
    }

    [Fact]
    public void A_list_of_a_whole_school_is_read_in_one_go()
    {
        var list = new StringBuilder("mac;room\n");
        for (var i = 1; i <= 1500; i++)
        {
            list.Append($"02000000{i:x4};r{i % 40}\n");
        }

        Assert.True(_test.Import(list.ToString()).IsApplied);
        Assert.Equal((1500, 40), (_test.Hosts.List().Count, _test.Rooms.List().Count));
    }

    private static IEnumerable<string> Texts(ImportReport report) => report.Lines.Select(line => $"{line.Line} {line.Action} {line.Name}: {line.Detail}");

    private static void Fill(TestRegistry test, Random random)
    {
        foreach (var room in Draw(random, 3).Where(room => room.Length is > 0 and <= 32).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            test.Rooms.Add(new NewRoom(room), Anna);
        }

        var rooms = test.Rooms.List();
        for (var i = 1; i <= 8; i++)
        {
            test.Add(i, $"pc{i:d2}", rooms.Count > 0 && random.Next(3) > 0 ? rooms[random.Next(rooms.Count)].Room.Name : null, random.Next(2) == 0 ? "win; \"11\"" : null);
            var texts = Draw(random, 8);
            test.Hosts.Change($"pc{i:d2}", new HostChange(
                Notes: texts[0],
                Macs: [.. Enumerable.Range(0, random.Next(1, 4)).Select(n => Mac(i + (n * 100)))],
                Details: new HostDetails(texts[1], texts[2], texts[3], random.Next(3) == 0 ? Mac(i + 1000).ToString() : null, texts[4], texts[5], texts[6], texts[7])), Anna);
        }
    }

    private static List<string> Draw(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new string(random.GetItems<char>("'=+-@;,\" abä€", random.Next(12))).Trim())];
}
