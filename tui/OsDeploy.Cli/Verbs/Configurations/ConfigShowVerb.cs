using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Configurations;

internal sealed class ConfigShowVerb : ServerVerb
{
    private readonly Argument<string> _name = new("NAME") { Description = "Name of the configuration." };

    public ConfigShowVerb(Session session)
        : base(session, "show", "Show a configuration and what becomes of its partitions.", "config show win11") => Asks(_name);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var configuration = await server.CallAsync(ConfigurationApi.Show, cancel, parsed.GetRequiredValue(_name));
        Print(parsed, configuration, CliJson.Default.ConfigurationView, writer => ConfigurationText.Write(writer, configuration, Session.Clock));
        return ExitCode.Done;
    }
}
