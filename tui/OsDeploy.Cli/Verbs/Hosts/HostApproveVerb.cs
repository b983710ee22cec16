using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Hosts;

internal sealed class HostApproveVerb : ServerVerb
{
    private readonly Argument<string> _pending = PendingHosts.Argument();
    private readonly Option<string?> _as = VerbOptions.Text("--as", "It is this host, with new hardware.", "HOST");
    private readonly Option<string?> _name = VerbOptions.Text("--name", "Name of the new host. Default: the next free one of the room.", "NAME");
    private readonly Option<string?> _room = VerbOptions.Text("--room", "Room it stands in.", "ROOM");
    private readonly Option<string?> _config = VerbOptions.Text("--config", "Its configuration. Default: the room's.", "CONFIGURATION");

    public HostApproveVerb(Session session)
        : base(
            session,
            "approve",
            "Make a computer that waits for approval a host.",
            "host approve 52:54:00:12:34:56 --room r101",
            "host approve 3f2a --as r101-pc01")
    {
        Asks(_pending, _as, _name, _room, _config);
        Validators.Add(result =>
        {
            if (result.GetResult(_as) is not null && (result.GetResult(_name) ?? result.GetResult(_room) ?? result.GetResult(_config)) is not null)
            {
                result.AddError("--as keeps the host as it is: leave --name, --room and --config out.");
            }
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var pending = await PendingHosts.FindAsync(server, parsed.GetRequiredValue(_pending), cancel);
        var approval = new Approval(parsed.GetValue(_as), parsed.GetValue(_name), parsed.GetValue(_room), parsed.GetValue(_config));
        var host = await server.CallAsync(HostApi.Approve, approval, cancel, pending.Id);
        Print(parsed, host, CliJson.Default.HostView, writer => HostText.WriteList(writer, [host], Session.Clock));
        return ExitCode.Done;
    }
}
