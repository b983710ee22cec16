using OsDeploy.Api.Hosts;
using Xunit;
using static OsDeploy.Tests.Hosts.TestRegistry;

namespace OsDeploy.Tests.Hosts;

public sealed class RoomTests : IAsyncDisposable
{
    private readonly TestRegistry _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public void A_renamed_room_is_renamed_on_its_hosts_and_told_to_the_accounts()
    {
        _test.Rooms.Add(new NewRoom("r101"), Anna);
        _test.Add(1, "pc01", "R101");
        _test.Add(2, "pc02");

        var view = _test.Rooms.Change("R101", new RoomChange(Name: "Lab"), Ben);

        Assert.Equal(("Lab", 1), (view.Room.Name, view.Hosts));
        Assert.Equal(["Lab", null], _test.Hosts.List().Select(host => host.Host.Room));
        Assert.Equal(["r101 -> Lab"], _test.Renamed);
    }

    [Fact]
    public void Hosts_of_a_deleted_room_stay()
    {
        _test.Rooms.Add(new NewRoom("r101"), Anna);
        _test.Add(1, "pc01", "r101");

        _test.Rooms.Delete("r101", Anna);

        Assert.Null(_test.Hosts.Show("pc01").Host.Room);
        Assert.Empty(_test.Rooms.List());
    }

    [Fact]
    public void A_room_says_what_it_does_not_take()
    {
        _test.Rooms.Add(new NewRoom("r101"), Anna);

        Refused("room-name-taken", () => _test.Rooms.Add(new NewRoom("R101"), Anna));
        Refused("room-name-invalid", () => _test.Rooms.Add(new NewRoom(""), Anna));
        Refused("room-name-invalid", () => _test.Rooms.Add(new NewRoom(" r"), Anna));
        Refused("room-name-invalid", () => _test.Rooms.Add(new NewRoom(new string('r', 33)), Anna));
        Refused("room-pattern-invalid", () => _test.Rooms.Change("r101", new RoomChange(NamePattern: "pc"), Anna));
        Refused("configuration-missing", () => _test.Rooms.Change("r101", new RoomChange(Configuration: "x"), Anna));
        Refused("text-length-invalid", () => _test.Rooms.Change("r101", new RoomChange(Notes: new string('n', 1001)), Anna));
        Refused("room-missing", () => _test.Rooms.Delete("r102", Anna));
        Assert.Equal("R101", _test.Rooms.Change("r101", new RoomChange(Name: "R101"), Anna).Room.Name);
    }

    [Fact]
    public void Of_two_admins_who_edit_one_room_the_second_is_told()
    {
        var read = _test.Rooms.Add(new NewRoom("r101"), Anna);
        _test.Rooms.Change("r101", new RoomChange(Notes: "ben", Rev: read.Rev), Ben);

        Refused("changed-meanwhile", () => _test.Rooms.Change("r101", new RoomChange(Notes: "anna", Rev: read.Rev), Anna));
    }
}
