using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Systems;

internal sealed class SystemFallbackVerb : ServerVerb
{
    private readonly Option<bool> _restart = VerbOptions.Flag("--restart", "Restart the appliance at once; else it is started with the next restart.");

    public SystemFallbackVerb(Session session)
        : base(session, "fallback", "Start the system before this one. It stays the one that is started if it works.", "system fallback --restart") => Asks(_restart);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var state = await server.CallAsync(SystemApi.FallBack, new SystemFallbackOrder(), cancel);
        var version = state.Other?.Version ?? "";
        if (parsed.GetValue(_restart))
        {
            await server.CallAsync(ApplianceApi.Power, new PowerOrder(PowerAction.Restart), cancel);
        }

        var sentence = parsed.GetValue(_restart) ? $"The appliance restarts with {Printable.Of(version)}." : $"{Printable.Of(version)} is started with the next restart: `osdeploy appliance restart`.";
        return Say(parsed, "system-fallback", sentence, version);
    }
}
