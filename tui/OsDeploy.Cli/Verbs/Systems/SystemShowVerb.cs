using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Systems;

internal sealed class SystemShowVerb : ServerVerb
{
    public SystemShowVerb(Session session)
        : base(session, "show", "Show which version of osdeploy the appliance runs, from which disk, and which other one it could start.", "system show", "system show --json") => Asks();

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var state = await server.CallAsync(SystemApi.Show, cancel);
        Print(parsed, state, CliJson.Default.SystemState, writer => SystemText.Write(writer, state));
        return ExitCode.Done;
    }
}
