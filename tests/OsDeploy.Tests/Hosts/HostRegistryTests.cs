using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Jobs;
using OsDeploy.Text;
using Xunit;
using static OsDeploy.Tests.Hosts.TestRegistry;

namespace OsDeploy.Tests.Hosts;

public sealed class HostRegistryTests : IAsyncDisposable
{
    private readonly TestRegistry _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task A_new_host_takes_the_configuration_of_its_room()
    {
        await _test.Configurations.AddAsync(new NewConfiguration("Win11"), Anna, CancellationToken.None);
        _test.Rooms.Add(new NewRoom("R101", "win11"), Anna);

        var host = _test.Add(1, "pc01", "r101").Host;

        Assert.Equal(("R101", "Win11", Anna), (host.Room, host.Configuration, host.ChangedBy));
        Assert.Null(_test.Hosts.Add(new NewHosts([new NewHost(Mac(2), "pc02", "r101", Configuration: "")]), Anna).Single().Host.Configuration);
    }

    [Fact]
    public void Pasted_MACs_get_the_next_free_names_in_order()
    {
        _test.Rooms.Add(new NewRoom("r101", NamePattern: "r101-pc##"), Anna);
        _test.Add(9, "r101-pc02");

        var added = _test.Hosts.Add(new NewHosts([new NewHost(Mac(1), null, "r101"), new NewHost(Mac(2), "R101-PC03"), new NewHost(Mac(3), null, "r101")]), Anna);

        Assert.Equal(["r101-pc01", "R101-PC03", "r101-pc04"], added.Select(host => host.Host.Name.ToString()));
    }

    [Fact]
    public void Of_several_new_hosts_all_are_taken_or_none()
    {
        Refused("computer-name", () => _test.Hosts.Add(new NewHosts([new NewHost(Mac(1), "pc01"), new NewHost(Mac(2), "1234")]), Anna));
        Refused("host-name-taken", () => _test.Hosts.Add(new NewHosts([new NewHost(Mac(1), "pc01"), new NewHost(Mac(2), "PC01")]), Anna));
        Refused("host-mac-twice", () => _test.Hosts.Add(new NewHosts([new NewHost(Mac(1), "pc01"), new NewHost(Mac(1), "pc02")]), Anna));
        Refused("room-missing", () => _test.Add(1, "pc01", "nowhere"));
        Refused("configuration-missing", () => _test.Add(1, "pc01", configuration: "nothing"));
        Refused("host-name-needed", () => _test.Add(1));

        Assert.Empty(_test.Hosts.List());
    }

    [Fact]
    public void A_name_and_a_MAC_belong_to_one_host()
    {
        _test.Add(1, "pc01");
        _test.Add(2, "pc02");

        Refused("host-name-taken", () => _test.Add(3, "PC01"));
        Refused("host-mac-taken", () => _test.Add(1, "pc03"));
        Refused("host-name-taken", () => _test.Hosts.Change("pc02", new HostChange(Name: "Pc01"), Anna));
        Refused("host-mac-taken", () => _test.Hosts.Change("pc02", new HostChange(Macs: [Mac(2), Mac(1)]), Anna));
        Refused("host-mac-taken", () => _test.Hosts.Change("pc02", new HostChange(Details: new HostDetails(WlanMac: Mac(1).ToString())), Anna));
        Refused("host-mac-needed", () => _test.Hosts.Change("pc02", new HostChange(Macs: []), Anna));
        Assert.Equal("PC01", _test.Hosts.Change("pc01", new HostChange(Name: "PC01"), Anna).Host.Name.ToString());
    }

    [Fact]
    public void A_wireless_card_that_was_corrected_is_not_its_own_any_more()
    {
        _test.Add(1, "pc01");
        IReadOnlyList<MacAddress> Macs(HostDetails details) => _test.Hosts.Change("pc01", new HostChange(Details: details), Anna).Host.Identity.Macs;

        Assert.Equal([Mac(1), Mac(8)], Macs(new HostDetails(WlanMac: Mac(8).ToString())));
        Assert.Equal([Mac(1), Mac(9)], Macs(new HostDetails(WlanMac: Mac(9).ToString())));
        Assert.Equal([Mac(1), Mac(9)], Macs(new HostDetails(Owner: "library")));
        Assert.Equal([Mac(1)], Macs(new HostDetails(WlanMac: "")));
    }

    [Fact]
    public void A_room_that_has_used_up_its_names_says_so()
    {
        _test.Rooms.Add(new NewRoom("r", NamePattern: "abcdefghijklm-#"), Anna);
        for (var i = 1; i <= 9; i++)
        {
            _test.Add(i, null, "r");
        }

        Refused("host-names-used-up", () => _test.Add(10, null, "r"));
    }

    [Fact]
    public void Null_leaves_a_value_and_an_empty_text_takes_it_away()
    {
        _test.Rooms.Add(new NewRoom("r101"), Anna);
        _test.Add(1, "pc01", "r101");
        _test.Hosts.Change("pc01", new HostChange(Notes: "left of\tthe\ndoor", Details: new HostDetails(Owner: "anna", Row: "1")), Anna);

        var kept = _test.Hosts.Change("pc01", new HostChange(IsBlocked: true), Anna).Host;
        Assert.Equal(("r101", "left of the door", "anna", true), (kept.Room, kept.Notes, kept.Details.Owner, kept.IsBlocked));

        var gone = _test.Hosts.Change("pc01", new HostChange(Room: "", Notes: "", Details: new HostDetails(Owner: "")), Anna).Host;
        Assert.Equal((null, "", null, "1"), (gone.Room, gone.Notes, gone.Details.Owner, gone.Details.Row));
    }

    [Fact]
    public void Of_two_admins_who_edit_one_host_the_second_is_told_who_was_first()
    {
        var read = _test.Add(1, "pc01");
        _test.Clock.Pass(TimeSpan.FromMinutes(1));
        _test.Hosts.Change("pc01", new HostChange(Notes: "by ben", Rev: read.Rev), Ben);

        var error = Assert.Throws<UserErrorException>(() => _test.Hosts.Change("pc01", new HostChange(Notes: "by anna", Rev: read.Rev), Anna));

        Assert.Equal("changed-meanwhile", error.Code);
        Assert.Contains("by ben at 2026-11-20 08:01:00 UTC", error.Message, StringComparison.Ordinal);
        Assert.Equal("by ben", _test.Hosts.Show("pc01").Host.Notes);
    }

    [Fact]
    public void What_a_host_says_about_itself_does_not_make_an_edit_stale()
    {
        _test.Add(1, "pc01");
        _test.Meet(Laptop(1, 1));
        var read = _test.Hosts.Show("pc01");

        _test.Meetings.Meet(Laptop(1, 1), Machine with { Devices = [new Device("storage", "USB stick")] }, "10.0.0.1", isLab: false);

        Assert.Equal("mine", _test.Hosts.Change("pc01", new HostChange(Notes: "mine", Rev: read.Rev), Anna).Host.Notes);
        Assert.Equal("USB stick", _test.Hosts.Show("pc01").Host.Inventory!.Devices.Single().Name);
    }

    [Fact]
    public void Of_threads_that_add_one_name_one_wins()
    {
        var outcomes = new string[8];
        Parallel.For(0, outcomes.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            try
            {
                outcomes[i] = _test.Add(100 + i, "pc01").Host.Name.ToString();
            }
            catch (UserErrorException e)
            {
                outcomes[i] = e.Code;
            }
        });

        Assert.Single(outcomes, "pc01");
        Assert.Equal(outcomes.Length - 1, outcomes.Count(outcome => outcome == "host-name-taken"));
        Assert.Single(_test.Hosts.List());
    }

    [Fact]
    public void A_host_with_a_job_stays_and_a_deleted_one_is_gone()
    {
        var id = _test.Add(1, "pc01").Host.Id;
        _test.Meet(Laptop(1, 1));
        _test.Jobs[id] = "j1";
        Refused("host-has-job", () => _test.Hosts.Delete("pc01", Anna));
        Assert.Equal("j1", _test.Hosts.Show("pc01").Job);

        _test.Jobs.Clear();
        _test.Hosts.Delete("pc01", Anna);

        Refused("host-missing", () => _test.Hosts.Show("pc01"));
        Assert.Null(_test.Hosts.LastHeard(id));
        Assert.Equal(0, _test.Registry.Inventories.Count());
        Assert.NotNull(_test.Meet(Laptop(1, 1)).Pending);
    }

    [Fact]
    public void A_host_is_found_by_name_and_id()
    {
        var id = _test.Add(1, "pc01").Host.Id;

        Assert.Equal(id, _test.Hosts.Find("PC01")!.Id);
        Assert.Equal(id, _test.Hosts.Find(id)!.Id);
    }

    [Fact]
    public void Hosts_are_picked_by_names_patterns_rooms_and_configurations()
    {
        _test.Rooms.Add(new NewRoom("r1*"), Anna);
        _test.Rooms.Add(new NewRoom("empty"), Anna);
        _test.Add(1, "r1-pc01");
        _test.Add(2, "r1-pc02");
        _test.Add(3, "r2-pc01", "r1*");

        Assert.Equal(["r1-pc01", "r1-pc02"], Names(new HostSelection(["R1-*"])));
        Assert.Equal(["r1-pc01", "r2-pc01"], Names(new HostSelection(["r?-pc01", "r1-pc01"])));
        Assert.Equal(["r2-pc01"], Names(new HostSelection(Rooms: ["R1*", "EMPTY"])));
        Assert.Empty(Names(new HostSelection()));
        Assert.Contains("\"r9\", \"x*\"", Assert.Throws<UserErrorException>(() => Names(new HostSelection(["r9", "r1-pc01", "x*"]))).Message, StringComparison.Ordinal);
        Refused("room-missing", () => Names(new HostSelection(Rooms: ["r9"])));
        Refused("configuration-missing", () => Names(new HostSelection(Configurations: ["r9"])));

        List<string> Names(HostSelection selection) => [.. _test.Hosts.Select(selection).Select(host => host.Name.ToString())];
    }

    [Fact]
    public void Nothing_unprintable_is_stored_or_answered() => Assert.All(HostileText.Samples, hostile =>
    {
        Refused("computer-name", () => _test.Add(1, hostile));
        Refused("room-name-invalid", () => _test.Rooms.Add(new NewRoom("r" + hostile + "1"), Anna));
        Refused("room-pattern-invalid", () => _test.Rooms.Add(new NewRoom("r1", NamePattern: hostile + "##"), Anna));
        _test.Add(1, "pc01");
        var host = _test.Hosts.Change("pc01", new HostChange(Notes: "a" + hostile + "b", Details: new HostDetails(Owner: hostile + "x", Place: "y" + hostile)), Anna).Host;
        HostileText.AssertShowable(host.Notes + host.Details.Owner + host.Details.Place);
        HostileText.AssertShowable(Assert.Throws<UserErrorException>(() => _test.Hosts.Show(hostile)).Message);
        _test.Hosts.Delete("pc01", Anna);
        Assert.All(_test.Audit, HostileText.AssertShowable);
    });

    [Fact]
    public void Every_change_is_in_the_audit_log()
    {
        _test.Rooms.Add(new NewRoom("r101"), Anna);
        _test.Add(1, "pc01", "r101");
        _test.Hosts.Change("pc01", new HostChange(Name: "pc02", IsBlocked: true), Ben);
        _test.Hosts.Delete("pc02", Ben);

        Assert.Equal(
            [
                "operator:anna room-add r101: configuration none",
                "operator:anna host-add pc01: 02:00:00:00:00:01, room r101, configuration none",
                "operator:ben host-change pc01: name pc01 -> pc02, blocked",
                "operator:ben host-delete pc02: 02:00:00:00:00:01",
            ],
            _test.Audit);
    }
}
