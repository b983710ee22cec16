using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Appliance;

/// <summary><c>appliance restart</c> and <c>appliance off</c>.</summary>
internal sealed class PowerVerb : ServerVerb
{
    private readonly Option<bool> _yes = VerbOptions.Yes();
    private readonly PowerAction _action;

    public PowerVerb(Session session, PowerAction action)
        : base(
            session,
            PowerActionJson.WordOf(action),
            action == PowerAction.Restart ? "Restart the appliance. Jobs that run go on when it is back." : "Switch the appliance off. Jobs that run wait for it.",
            $"appliance {PowerActionJson.WordOf(action)}")
    {
        _action = action;
        Asks(_yes);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var word = PowerActionJson.WordOf(_action);
        var does = _action == PowerAction.Restart ? "restart" : "switch off";
        Confirmation.RequireSomebodyToAsk(Terminal, parsed.GetValue(_yes), $"{does} the appliance");
        if (!parsed.GetValue(_yes))
        {
            var status = await server.CallAsync(ApplianceApi.Status, cancel);
            await Terminal.Talk.WriteLineAsync($"This would {does} {Printable.Of(status.Name)}; {Cli.Words.Count(status.JobsRunning, "job")} running.");
            await Confirmation.RequireNameAsync(Terminal, word, cancel);
        }

        await server.CallAsync(ApplianceApi.Power, new PowerOrder(_action), cancel);
        return Say(parsed, "appliance-" + word, _action == PowerAction.Restart ? "The appliance restarts." : "The appliance switches off.");
    }
}
