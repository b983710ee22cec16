using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Appliance;

/// <summary><c>appliance keep-network</c> and <c>appliance undo-network</c>.</summary>
internal sealed class NetworkTrialVerb : ServerVerb
{
    private readonly ApiRoute<Nothing, ApplianceSettingsView> _route;

    private NetworkTrialVerb(Session session, string name, string description, ApiRoute<Nothing, ApplianceSettingsView> route)
        : base(session, name, description, "appliance " + name)
    {
        _route = route;
        Asks();
    }

    public static NetworkTrialVerb Keep(Session session) => new(session, "keep-network", "Keep the network that is on trial.", SettingsApi.Keep);

    public static NetworkTrialVerb Undo(Session session) => new(session, "undo-network", "Go back to the network before the one on trial, at once.", SettingsApi.GoBack);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var view = await server.CallAsync(_route, cancel);
        Print(parsed, view, CliJson.Default.ApplianceSettingsView, writer => ApplianceSettingsText.Write(writer, view, Session.Clock));
        return ExitCode.Done;
    }
}
