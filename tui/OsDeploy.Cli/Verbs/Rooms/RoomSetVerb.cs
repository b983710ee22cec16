using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Rooms;

internal sealed class RoomSetVerb : ServerVerb
{
    private readonly Argument<string> _room = new("NAME") { Description = "Name of the room." };
    private readonly Option<string?> _name = VerbOptions.Text("--name", "New name.", "NAME");
    private readonly Option<string?> _config = VerbOptions.Text("--config", "Configuration of hosts that are registered here; \"\" takes it away.", "CONFIGURATION");
    private readonly Option<string?> _pattern = VerbOptions.Text("--name-pattern", "How its hosts are named, # for the digits; \"\" takes it away.", "PC-##");
    private readonly Option<string?> _notes = VerbOptions.Text("--notes", "Whatever is worth knowing.", "TEXT");

    public RoomSetVerb(Session session)
        : base(session, "set", "Change a room. Its hosts keep the configuration they have.", "room set r101 --config win11", "room set r101 --name r102") =>
        Asks(_room, _name, _config, _pattern, _notes);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var change = new RoomChange(parsed.GetValue(_name), parsed.GetValue(_config), parsed.GetValue(_pattern), parsed.GetValue(_notes));
        if (change == new RoomChange())
        {
            throw ServerErrors.UsageNothingToChange();
        }

        var before = await RoomBook.FindAsync(server, parsed.GetRequiredValue(_room), cancel);
        var room = await server.CallAsync(HostApi.ChangeRoom, change with { Rev = before.Rev }, cancel, before.Room.Name);
        Print(parsed, room, CliJson.Default.RoomView, writer => RoomText.WriteList(writer, [room]));
        return ExitCode.Done;
    }
}
