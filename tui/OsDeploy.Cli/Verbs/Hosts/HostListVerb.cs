using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Hosts;

internal sealed class HostListVerb : ServerVerb
{
    private readonly Option<string?> _room = VerbOptions.Text("--room", "Only hosts of this room.", "ROOM");
    private readonly Option<string?> _config = VerbOptions.Text("--config", "Only hosts of this configuration.", "CONFIGURATION");
    private readonly Option<bool> _pending = VerbOptions.Flag("--pending", "Computers that were seen on the network and wait for approval.");

    public HostListVerb(Session session)
        : base(session, "list", "List the hosts.", "host list --room r101", "host list --config win11 --json", "host list --pending")
    {
        Asks(_room, _config, _pending);
        Validators.Add(result =>
        {
            if (result.GetValue(_pending) && (result.GetResult(_room) ?? result.GetResult(_config)) is not null)
            {
                result.AddError("A computer that waits for approval has no room and no configuration: leave --room and --config out.");
            }
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        if (parsed.GetValue(_pending))
        {
            var pending = await server.CallAsync(HostApi.ListPending, cancel);
            Print(parsed, pending, CliJson.Default.IReadOnlyListPendingHost, writer => HostText.WritePending(writer, pending, Session.Clock));
            return ExitCode.Done;
        }

        var (room, config) = (parsed.GetValue(_room), parsed.GetValue(_config));
        var hosts = (await server.CallAsync(HostApi.List, cancel)).Where(view => Fits(room, view.Host.Room) && Fits(config, view.Host.Configuration)).ToList();
        Print(parsed, hosts, CliJson.Default.IReadOnlyListHostView, writer => HostText.WriteList(writer, hosts, Session.Clock));
        return ExitCode.Done;
    }

    private static bool Fits(string? wanted, string? actual) => wanted is null || string.Equals(wanted, actual ?? "", StringComparison.OrdinalIgnoreCase);
}
