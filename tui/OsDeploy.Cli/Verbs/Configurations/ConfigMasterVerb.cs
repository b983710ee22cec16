using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Configurations;

internal sealed class ConfigMasterVerb : ServerVerb
{
    private readonly Argument<string> _configuration = new("NAME") { Description = "Name of the configuration." };
    private readonly Argument<string> _host = new("HOST") { Description = "Host whose disks are captured; it joins the configuration if it is not in it." };

    public ConfigMasterVerb(Session session)
        : base(session, "master", "Name the host that is captured. The one before is a host like any other again.", "config master win11 r101-pc01") => Asks(_configuration, _host);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var change = new MasterChange(parsed.GetRequiredValue(_host));
        var configuration = await server.CallAsync(ConfigurationApi.SetMaster, change, cancel, parsed.GetRequiredValue(_configuration));
        Print(parsed, configuration, CliJson.Default.ConfigurationView, writer => ConfigurationText.Write(writer, configuration, Session.Clock));
        return ExitCode.Done;
    }
}
