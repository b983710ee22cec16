using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Screens.Session;

namespace OsDeploy.Screens.Console.Rooms;

/// <param name="Hosts">How many stand there now.</param>
/// <param name="Working">How many of them have a job.</param>
/// <param name="Trouble">How many of them somebody must look at.</param>
internal sealed record RoomRow(RoomView View, int Hosts, int Working, int Trouble)
{
    public string Id => View.Room.Id;

    public string Name => View.Room.Name;

    public string Configuration => View.Room.Configuration ?? "";
}

/// <summary>Rooms with what goes on in them.</summary>
internal static class RoomList
{
    public static IReadOnlyList<RoomRow> Of(Snapshot now, IReadOnlyList<HostRow> hosts)
    {
        var byRoom = hosts.ToLookup(row => row.Room, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. now.Rooms.OrderBy(view => view.Room.Name, StringComparer.OrdinalIgnoreCase).Select(view => new RoomRow(
                view,
                byRoom[view.Room.Name].Count(),
                byRoom[view.Room.Name].Count(row => row.Condition is HostCondition.Working or HostCondition.Waiting),
                byRoom[view.Room.Name].Count(HostFilter.Trouble.Fits))),
        ];
    }
}
