using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Boot;

internal sealed class BootShowVerb : ServerVerb
{
    private readonly Argument<string> _host = new("HOST") { Description = "Name of the host." };
    private readonly Option<bool> _script = VerbOptions.Flag("--script", "Show the scripts too.");

    public BootShowVerb(Session session)
        : base(session, "show", "Show what a host would boot now, and why.", "boot show r101-pc01", "boot show r101-pc01 --script") => Asks(_host, _script);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var outlooks = await server.CallAsync(BootApi.Look, cancel, parsed.GetRequiredValue(_host));
        Print(parsed, outlooks, CliJson.Default.IReadOnlyListBootOutlook, writer => BootText.Write(writer, outlooks, parsed.GetValue(_script)));
        return ExitCode.Done;
    }
}
