using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Configurations;

internal sealed class ConfigAddVerb : ServerVerb
{
    private readonly Argument<string> _name = new("NAME") { Description = "Name of the configuration; its image is named after it." };
    private readonly ConfigOptions _options = new();

    public ConfigAddVerb(Session session)
        : base(
            session,
            "add",
            "Make a configuration: hosts that share one image.",
            "config add win11 --partition 3:os=Win11,join=Domain,description=System,grow --domain school.local",
            "config add lab --description \"two systems\" --partition 1:os=Win11 --partition 4:use=Format,format=ntfs --keep 5",
            "config add branch --store https://main-server --store-pin FINGERPRINT --store-token-file token.txt")
    {
        Asks([_name, .. _options.All]);
        Validators.Add(_options.Check);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var request = new NewConfiguration(
            parsed.GetRequiredValue(_name),
            parsed.GetValue(_options.Description),
            parsed.GetValue(_options.Type) ?? DeviceType.FatClient,
            PartitionSettings.Plans(parsed.GetValue(_options.Partition), []),
            _options.StoreOf(parsed),
            parsed.GetValue(_options.Keep) ?? 0,
            parsed.GetYesNo(_options.OpenRestore) ?? false,
            parsed.GetYesNo(_options.Strict) ?? false,
            _options.Join.Of(parsed));
        var configuration = await server.CallAsync(ConfigurationApi.Add, request, cancel);
        Print(parsed, configuration, CliJson.Default.ConfigurationView, writer => ConfigurationText.Write(writer, configuration, Session.Clock));
        return ExitCode.Done;
    }
}
