using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Appliance;

internal sealed class AlarmDismissVerb : ServerVerb
{
    private readonly Argument<string> _alarm = new("ID") { Description = "Id of the alarm, as `osdeploy alarm list` shows it." };

    public AlarmDismissVerb(Session session)
        : base(session, "dismiss", "Take an alarm off the list once you have looked.", "alarm dismiss 3f2a") => Asks(_alarm);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var id = parsed.GetRequiredValue(_alarm);
        await server.CallAsync(ApplianceApi.DismissAlarm, cancel, id);
        return Say(parsed, "alarm-dismissed", $"Dismissed {Printable.Of(id)}.", id);
    }
}
