using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Boot;

internal sealed class BootSettingsVerb : ServerVerb
{
    public BootSettingsVerb(Session session)
        : base(session, "settings", "Show how computers start over the network.", "boot settings") => Asks();

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var view = await server.CallAsync(BootApi.Settings, cancel);
        Print(parsed, view, CliJson.Default.BootSettingsView, writer => BootText.Write(writer, view.Settings, Session.Clock));
        return ExitCode.Done;
    }
}
