using OsDeploy.Api;
using OsDeploy.Api.Hosts;

namespace OsDeploy.Cli.Verbs.Rooms;

/// <summary>One room of all: the API shows them only together.</summary>
internal static class RoomBook
{
    /// <exception cref="UserErrorException"><c>room-unknown</c></exception>
    public static async Task<RoomView> FindAsync(ServerConnection server, string name, CancellationToken cancel)
    {
        var rooms = await server.CallAsync(HostApi.ListRooms, cancel);
        return rooms.FirstOrDefault(view => string.Equals(view.Room.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw ServerErrors.RoomUnknown(name, rooms.Select(view => view.Room.Name));
    }
}
