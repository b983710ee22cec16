using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Boot;

internal sealed class BootRetryVerb : ServerVerb
{
    private readonly Argument<string> _host = new("HOST") { Description = "Name of the host." };

    public BootRetryVerb(Session session)
        : base(session, "retry", "Start a host for its job again that was started three times and said nothing.", "boot retry r101-pc01") => Asks(_host);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var host = parsed.GetRequiredValue(_host);
        await server.CallAsync(BootApi.Retry, cancel, host);
        return Say(parsed, "boot-retried", $"{Printable.Of(host)} is started for its job again.", host);
    }
}
