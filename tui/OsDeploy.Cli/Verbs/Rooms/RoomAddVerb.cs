using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Rooms;

internal sealed class RoomAddVerb : ServerVerb
{
    private readonly Argument<string> _name = new("NAME") { Description = "Name of the room." };
    private readonly Option<string?> _config = VerbOptions.Text("--config", "Configuration of hosts that are registered here.", "CONFIGURATION");
    private readonly Option<string?> _pattern = VerbOptions.Text("--name-pattern", "How its hosts are named, # for the digits. Default: the room's name, a dash, two digits.", "PC-##");
    private readonly Option<string?> _notes = VerbOptions.Text("--notes", "Whatever is worth knowing.", "TEXT");

    public RoomAddVerb(Session session)
        : base(session, "add", "Add a room.", "room add r101 --config win11", "room add lab --name-pattern lab-pc##") => Asks(_name, _config, _pattern, _notes);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var request = new NewRoom(parsed.GetRequiredValue(_name), parsed.GetValue(_config), parsed.GetValue(_pattern), parsed.GetValue(_notes));
        var room = await server.CallAsync(HostApi.AddRoom, request, cancel);
        Print(parsed, room, CliJson.Default.RoomView, writer => RoomText.WriteList(writer, [room]));
        return ExitCode.Done;
    }
}
