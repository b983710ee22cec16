using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Hosts;

internal sealed class HostShowVerb : ServerVerb
{
    private readonly Argument<string> _name = new("NAME") { Description = "Name of the host." };

    public HostShowVerb(Session session)
        : base(session, "show", "Show all that is known of a host. (host) marks the settings where its own value wins over the configuration's.", "host show r101-pc01") =>
        Asks(_name);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var host = await server.CallAsync(HostApi.Show, cancel, parsed.GetRequiredValue(_name));
        Print(parsed, host, CliJson.Default.HostView, writer => HostText.Write(writer, host, Session.Clock));
        return ExitCode.Done;
    }
}
