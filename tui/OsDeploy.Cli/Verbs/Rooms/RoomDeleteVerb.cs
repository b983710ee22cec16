using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Rooms;

internal sealed class RoomDeleteVerb : ServerVerb
{
    private readonly Argument<string> _room = new("NAME") { Description = "Name of the room." };
    private readonly Option<bool> _yes = VerbOptions.Yes();

    public RoomDeleteVerb(Session session)
        : base(session, "delete", "Delete a room. Its hosts stay, without a room.", "room delete r101") => Asks(_room, _yes);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var (name, isYes) = (parsed.GetRequiredValue(_room), parsed.GetValue(_yes));
        Confirmation.RequireSomebodyToAsk(Terminal, isYes, $"delete the room {Printable.Of(name)}");
        var room = await RoomBook.FindAsync(server, name, cancel);
        if (!isYes)
        {
            await Terminal.Talk.WriteLineAsync($"The room {Printable.Of(room.Room.Name)} is deleted; its hosts ({room.Hosts}) stay, without a room.");
            await Confirmation.RequireNameAsync(Terminal, room.Room.Name, cancel);
        }

        await server.CallAsync(HostApi.DeleteRoom, cancel, room.Room.Name);
        return Say(parsed, "room-deleted", $"Deleted the room {Printable.Of(room.Room.Name)}.", room.Room.Name);
    }
}
