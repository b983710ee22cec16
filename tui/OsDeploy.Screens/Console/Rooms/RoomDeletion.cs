using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Rooms;

/// <summary>Deletes a room; its hosts stay.</summary>
internal sealed class RoomDeletion(ConsoleContext context, RoomView room)
{
    public FormModel Model { get; } = new(
        Language.Fill(Words.Configurations.RoomDeleteTitle, room.Room.Name),
        [
            new InfoEntry("loss", () => Language.Count(room.Hosts, Words.Configurations.RoomDeleteLossOne, Words.Configurations.RoomDeleteLossOther)) { IsWarning = true },
            Confirmation.Demand(() => room.Room.Name),
            Confirmation.Field(() => room.Room.Name),
        ],
        new FormAction("delete", Words.Common.Delete, cancel => context.Session.CallAsync(HostApi.DeleteRoom, cancel, room.Room.Id)) { IsDestructive = true })
    {
        Equivalent = () => [new CommandLine("room", "delete", room.Room.Name, "--yes")],
    };
}
