using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Configurations;

internal sealed class ConfigListVerb : ServerVerb
{
    public ConfigListVerb(Session session)
        : base(session, "list", "List the configurations.", "config list") => Asks();

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var configurations = await server.CallAsync(ConfigurationApi.List, cancel);
        Print(parsed, configurations, CliJson.Default.IReadOnlyListConfigurationView, writer => ConfigurationText.WriteList(writer, configurations));
        return ExitCode.Done;
    }
}
