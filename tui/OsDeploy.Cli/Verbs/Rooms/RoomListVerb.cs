using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Rooms;

internal sealed class RoomListVerb : ServerVerb
{
    public RoomListVerb(Session session)
        : base(session, "list", "List the rooms.", "room list") => Asks();

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var rooms = await server.CallAsync(HostApi.ListRooms, cancel);
        Print(parsed, rooms, CliJson.Default.IReadOnlyListRoomView, writer => RoomText.WriteList(writer, rooms));
        return ExitCode.Done;
    }
}
