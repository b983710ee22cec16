using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Cli.Output;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Hosts;

internal sealed class HostRenameVerb : ServerVerb
{
    private readonly Option<string> _room = new("--room") { Description = "All hosts of this room, by row, place, present name and MAC address.", HelpName = "ROOM", Required = true };
    private readonly Option<string?> _scheme = VerbOptions.Text("--scheme", "How they are named: r12-pc{01..30}, or r12-pc##. Default: as the room says.", "SCHEME");
    private readonly Option<bool> _yes = VerbOptions.Yes();

    public HostRenameVerb(Session session)
        : base(
            session,
            "rename",
            "Name all hosts of a room by a scheme. Shows old and new names first, then asks. They take their names at the next restore.",
            "host rename --room r12 --scheme 'r12-pc{01..30}'",
            "host rename --room r12") =>
        Asks(_room, _scheme, _yes);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var (room, isYes) = (parsed.GetRequiredValue(_room), parsed.GetValue(_yes));
        Confirmation.RequireSomebodyToAsk(Terminal, isYes, $"rename the hosts of {Printable.Of(room)}");
        var request = new RoomRename(parsed.GetValue(_scheme));
        var preview = await server.CallAsync(HostApi.RenameRoomHosts, request, cancel, room);
        RenameText.Write(Terminal.Talk, preview);
        if (preview.Errors > 0)
        {
            return Report(parsed, preview, ExitCode.Failed);
        }

        if (!isYes)
        {
            await Confirmation.RequireNameAsync(Terminal, room, cancel);
        }

        return Report(parsed, await server.CallAsync(HostApi.RenameRoomHosts, request with { Apply = true, Seen = preview.Seen }, cancel, room), ExitCode.Done);
    }

    private ExitCode Report(ParseResult parsed, RenameReport report, ExitCode code)
    {
        Print(parsed, report, CliJson.Default.RenameReport, writer => writer.WriteLine(RenameText.SummaryOf(report)));
        return code;
    }
}
