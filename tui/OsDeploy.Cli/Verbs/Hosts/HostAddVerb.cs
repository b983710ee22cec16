using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Cli.Output;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Hosts;

internal sealed class HostAddVerb : ServerVerb
{
    private readonly Option<string[]> _mac = VerbOptions.Texts("--mac", "Address of its network card; each makes one host.", "MAC");
    private readonly Option<string?> _macsFrom = VerbOptions.Text("--macs-from", "File with addresses, whatever stands between them; - reads what is piped or pasted.", "FILE|-");
    private readonly Option<string?> _name = VerbOptions.Text("--name", "Name of the one host. Default: the next free one of the room.", "NAME");
    private readonly Option<string?> _room = VerbOptions.Text("--room", "Room it stands in.", "ROOM");
    private readonly Option<string?> _config = VerbOptions.Text("--config", "Its configuration. Default: the room's.", "CONFIGURATION");
    private readonly Option<string?> _notes = VerbOptions.Text("--notes", "Whatever is worth knowing.", "TEXT");

    public HostAddVerb(Session session)
        : base(
            session,
            "add",
            "Register hosts: all that are named, or none.",
            "host add --mac 52:54:00:12:34:56 --room r101",
            "host add --mac 5254.0012.3456 --name teacher --room r101 --config win11",
            "host add --macs-from delivery-note.txt --room r101") =>
        Asks(_mac, _macsFrom, _name, _room, _config, _notes);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var macs = await ReadMacsAsync(parsed, cancel);
        var name = parsed.GetValue(_name);
        if (name is not null && macs.Count > 1)
        {
            throw ServerErrors.UsageOneName(macs.Count);
        }

        var hosts = macs.Select(mac => new NewHost(mac, name, parsed.GetValue(_room), parsed.GetValue(_config), parsed.GetValue(_notes)));
        var added = await server.CallAsync(HostApi.Add, new NewHosts([.. hosts]), cancel);
        Print(parsed, added, CliJson.Default.IReadOnlyListHostView, writer => HostText.WriteList(writer, added, Session.Clock));
        return ExitCode.Done;
    }

    private async Task<IReadOnlyList<MacAddress>> ReadMacsAsync(ParseResult parsed, CancellationToken cancel)
    {
        var pasted = parsed.GetValue(_macsFrom) is { } file ? await InputFile.ReadTextAsync(Terminal, file, cancel) : "";
        var macs = MacList.Parse([.. parsed.GetValue(_mac) ?? [], pasted]);
        return macs.Count > 0 ? macs : throw ServerErrors.UsageMacNeeded();
    }
}
