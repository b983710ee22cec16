using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Appliance;

internal sealed class StatusVerb : ServerVerb
{
    public StatusVerb(Session session)
        : base(session, "status", "Show how the appliance is, its alarms, and who you are there. Exit code 3 if there are alarms.", "status", "status --json") => Asks();

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var who = await server.CallAsync(AccountApi.Self, cancel);
        var standing = new Standing(server.Address, who, await server.CallAsync(ApplianceApi.Status, cancel));
        Print(parsed, standing, CliJson.Default.Standing, writer => ApplianceText.Write(writer, standing, Session.Clock));
        return standing.Appliance.Alarms.Count == 0 ? ExitCode.Done : ExitCode.DoneWithWarnings;
    }
}
