using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Health;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Appliance;

internal sealed class HealthVerb : ServerVerb
{
    public HealthVerb(Session session)
        : base(
            session,
            "health",
            "Show how the appliance itself is: disks, clock, memory, services, what listens. Exit code 3 if something is not well.",
            "appliance health",
            "appliance health --json") =>
        Asks();

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var report = await server.CallAsync(HealthApi.Show, cancel);
        Print(parsed, report, CliJson.Default.HealthReport, writer => HealthText.Write(writer, report, Session.Clock));
        return report.Worst() >= HealthState.Warning ? ExitCode.DoneWithWarnings : ExitCode.Done;
    }
}
