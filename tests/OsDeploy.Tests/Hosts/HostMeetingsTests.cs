using OsDeploy.Api.Hosts;
using OsDeploy.Server.Hosts;
using OsDeploy.Storage.Documents;
using Xunit;
using static OsDeploy.Tests.Hosts.TestRegistry;

namespace OsDeploy.Tests.Hosts;

public sealed class HostMeetingsTests : IAsyncDisposable
{
    private readonly TestRegistry _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public void A_host_from_a_list_is_met_by_its_MAC_and_then_known_by_the_rest()
    {
        _test.Add(1, "pc01");

        Assert.Equal("pc01", _test.Meet(Laptop(1, 1, 2)).Host!.Name.ToString());
        Assert.Equal("pc01", _test.Meet(Laptop(1, 3)).Host!.Name.ToString());

        var host = _test.Hosts.Show("pc01").Host;
        Assert.Equal([Mac(1), Mac(2), Mac(3)], host.Identity.Macs);
        Assert.Equal("SERIAL1", host.Identity.SystemSerial);
        Assert.Equal("20XW", host.Inventory!.Model);
    }

    [Fact]
    public void Two_laptops_behind_one_adapter_are_two_hosts()
    {
        _test.Add(1, "pc01");
        _test.Meet(Laptop(1, 1, 100));

        var second = _test.Meet(Laptop(2, 2, 100)).Pending!;
        Assert.Empty(second.Candidates);
        _test.Meetings.Approve(second.Id, new Approval(Name: "pc02"), Anna);

        Assert.Equal("pc02", _test.Meet(Laptop(2, 100)).Host!.Name.ToString());
        Assert.Equal("pc01", _test.Meet(Laptop(1, 100)).Host!.Name.ToString());
        Assert.Equal([Mac(2)], _test.Hosts.Show("pc02").Host.Identity.Macs);
    }

    [Fact]
    public void A_host_that_says_the_same_again_writes_nothing()
    {
        _test.Add(1, "pc01");
        _test.Meet(Laptop(1, 1));
        _test.Meet(Laptop(2, 2));
        var changes = new List<DocumentChange>();
        _test.Documents.Changed += (_, change) => changes.Add(change);

        _test.Clock.Pass(TimeSpan.FromMinutes(5));
        _test.Meet(Laptop(1, 1));
        _test.Meet(Laptop(2, 2));
        _test.Hosts.Seen(_test.Hosts.Find("pc01")!.Id, "10.0.0.7");

        Assert.Empty(changes);
        Assert.Equal(("10.0.0.7", _test.Clock.GetUtcNow()), (_test.Hosts.Show("pc01").Address, _test.Hosts.Show("pc01").LastSeen));
        Assert.Equal(_test.Clock.GetUtcNow(), Assert.Single(_test.Meetings.List()).LastSeen);
    }

    [Fact]
    public void One_unknown_laptop_at_two_docks_waits_once()
    {
        var first = _test.Meet(Laptop(1, 1)).Pending!;
        var second = _test.Meet(Laptop(1, 2)).Pending!;

        Assert.Equal(first.Id, second.Id);
        Assert.Equal([Mac(2)], Assert.Single(_test.Meetings.List()).Identity.Macs);
        Assert.Equal("20XW", _test.Meetings.List()[0].Inventory.Model);
    }

    [Fact]
    public void A_pending_computer_that_a_list_names_becomes_that_host_at_its_next_hello()
    {
        _test.Meet(Laptop(1, 1));
        _test.Add(1, "pc01");
        Assert.Equal(["pc01"], Assert.Single(_test.Meetings.List()).Candidates);

        Assert.NotNull(_test.Meet(Laptop(1, 1)).Host);

        Assert.Empty(_test.Meetings.List());
    }

    [Fact]
    public void A_known_host_with_a_new_board_is_that_host_once_confirmed()
    {
        _test.Add(1, "pc01");
        _test.Meet(Laptop(1, 1));
        var changed = Laptop(2, 9) with { SystemSerial = "SERIAL1" };

        var pending = _test.Meet(changed).Pending!;
        Assert.Equal(["pc01"], pending.Candidates);
        _test.Meetings.Approve(pending.Id, new Approval(Host: "PC01"), Anna);

        Assert.Equal("pc01", _test.Meet(changed).Host!.Name.ToString());
        Assert.Equal("BOARD2", _test.Hosts.Show("pc01").Host.Identity.BoardSerial);
        Assert.Empty(_test.Meetings.List());
    }

    [Fact]
    public void All_new_hardware_leaves_nothing_of_the_old()
    {
        _test.Add(1, "pc01");
        _test.Meet(Laptop(1, 1));

        _test.Meetings.Approve(_test.Meet(Laptop(2, 2)).Pending!.Id, new Approval(Host: "pc01"), Anna);

        Assert.Equal([Mac(2)], _test.Hosts.Show("pc01").Host.Identity.Macs);
        Assert.NotNull(_test.Meet(Laptop(1, 1)).Pending);
    }

    [Fact]
    public void An_approved_computer_takes_the_next_name_and_what_its_room_has()
    {
        _test.Rooms.Add(new NewRoom("r101"), Anna);
        var pending = _test.Meet(Laptop(1, 1)).Pending!;
        Refused("host-name-needed", () => _test.Meetings.Approve(pending.Id, new Approval(), Anna));
        Refused("room-missing", () => _test.Meetings.Approve(pending.Id, new Approval(Room: "r9"), Anna));

        var view = _test.Meetings.Approve(pending.Id, new Approval(Room: "R101"), Anna);

        Assert.Equal(("r101-01", "r101", "10.0.0.1"), (view.Host.Name.ToString(), view.Host.Room, view.Address));
        Assert.Equal("20XW", view.Host.Inventory!.Model);
        Refused("pending-missing", () => _test.Meetings.Approve(pending.Id, new Approval(Name: "pc09"), Anna));
    }

    [Fact]
    public void A_rejected_computer_is_gone_until_it_comes_again()
    {
        var pending = _test.Meet(Laptop(1, 1)).Pending!;
        _test.Meetings.Reject(pending.Id, Anna);

        Assert.Empty(_test.Meetings.List());
        Refused("pending-missing", () => _test.Meetings.Reject(pending.Id, Anna));
        Assert.NotEqual(pending.Id, _test.Meet(Laptop(1, 1)).Pending!.Id);
    }

    [Fact]
    public void A_computer_whose_only_card_is_another_hosts_cannot_become_a_host()
    {
        _test.Add(1, "pc01");
        _test.Meet(Laptop(1, 1));
        var pending = _test.Meet(HardwareIdentity.OfMac(Mac(1))).Pending!;

        Assert.Equal(["pc01"], pending.Candidates);
        Refused("host-mac-taken", () => _test.Meetings.Approve(pending.Id, new Approval(Name: "pc02"), Anna));
    }

    [Fact]
    public void A_computer_of_a_test_is_never_a_real_host()
    {
        _test.Add(1, "pc01");
        var lab = _test.Meetings.Meet(Laptop(1, 1), Machine, "127.0.0.1", isLab: true).Pending!;

        Assert.Empty(lab.Candidates);
        Refused("host-lab-mixed", () => _test.Meetings.Approve(lab.Id, new Approval(Host: "pc01"), Anna));
        Assert.NotNull(_test.Meet(Laptop(1, 1)).Host);
    }

    [Fact]
    public void Of_too_many_strangers_the_oldest_fall_out()
    {
        _test.Documents.Transact(() =>
        {
            for (var i = 0; i < HostMeetings.MaxPending + 5; i++)
            {
                _test.Clock.Pass(TimeSpan.FromSeconds(1));
                _test.Meet(Laptop(i, i + 1));
            }
        });

        var left = _test.Meetings.List();

        Assert.Equal(HostMeetings.MaxPending, left.Count);
        Assert.Equal(HostMeetings.MaxPending, _test.Registry.Inventories.Count());
        Assert.DoesNotContain(left, pending => pending.Identity.SystemSerial == "SERIAL4");
        Assert.Contains(left, pending => pending.Identity.SystemSerial == "SERIAL5");
    }

    [Fact]
    public void What_a_stranger_says_is_cut_and_made_showable() => Assert.All(HostileText.Samples, hostile =>
    {
        var text = hostile + new string('x', 5000) + hostile;
        var inventory = new Inventory(
            text, text, text, -1,
            [.. Enumerable.Range(0, 99).Select(_ => new HostDisk(text, text, text, text, text, -5, -5, false)), null!],
            [null!, .. Enumerable.Range(0, 999).Select(_ => new Device(text, text))]);

        var pending = _test.Meetings.Meet(new HardwareIdentity(text, text, text, [.. Enumerable.Range(1, 99).Select(Mac)]), inventory, text, isLab: false).Pending!;

        Assert.Equal((32, 32, 256), (pending.Identity.Macs.Count, pending.Inventory.Disks.Count, pending.Inventory.Devices.Count));
        var texts = pending.Inventory.Disks.SelectMany(disk => new[] { disk.Name, disk.Model, disk.Serial, disk.Wwn, disk.Transport })
            .Concat(pending.Inventory.Devices.SelectMany(device => new[] { device.Kind, device.Name }))
            .Append(pending.Inventory.Vendor).Append(pending.Inventory.Model).Append(pending.Inventory.Firmware)
            .Append(pending.Identity.SystemUuid).Append(pending.Identity.SystemSerial).Append(pending.Identity.BoardSerial);
        Assert.All(texts, said =>
        {
            HostileText.AssertShowable(said!);
            Assert.True(said!.Length <= HardwareLimits.MaxText);
        });
        HostileText.AssertShowable(pending.Address);
        Assert.Equal(0, pending.Inventory.MemoryBytes);
    });
}
