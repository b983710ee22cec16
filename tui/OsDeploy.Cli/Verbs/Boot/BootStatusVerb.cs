using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Boot;

internal sealed class BootStatusVerb : ServerVerb
{
    public BootStatusVerb(Session session)
        : base(session, "status", "Show whether computers can start over the network. Exit code 3 if they cannot although they should.", "boot status") => Asks();

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var state = await server.CallAsync(BootApi.State, cancel);
        Print(parsed, state, CliJson.Default.BootState, writer => BootText.Write(writer, state, Session.Clock));
        return state.Service == "down" ? ExitCode.DoneWithWarnings : ExitCode.Done;
    }
}
