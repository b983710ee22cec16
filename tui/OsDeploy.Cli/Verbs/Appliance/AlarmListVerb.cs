using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Appliance;

internal sealed class AlarmListVerb : ServerVerb
{
    public AlarmListVerb(Session session)
        : base(session, "list", "List what an operator must look at. Exit code 3 if there is something.", "alarm list") => Asks();

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var alarms = (await server.CallAsync(ApplianceApi.Status, cancel)).Alarms;
        Print(parsed, alarms, CliJson.Default.IReadOnlyListAlarm, writer => ApplianceText.WriteAlarms(writer, alarms, Session.Clock));
        return alarms.Count == 0 ? ExitCode.Done : ExitCode.DoneWithWarnings;
    }
}
