using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Additions;

internal sealed class AdditionListVerb : ServerVerb
{
    private readonly Option<string?> _host = VerbOptions.Text("--host", "What this host would get if it were restored now, and why.", "NAME");

    public AdditionListVerb(Session session)
        : base(session, "list", "List what hosts get besides their image, in the order in which it takes effect.", "addition list", "addition list --host r101-pc01") => Asks(_host);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        if (parsed.GetValue(_host) is { } host)
        {
            var gets = await server.CallAsync(PersonalApi.ForHost, cancel, host);
            Print(parsed, gets, CliJson.Default.IReadOnlyListHostAddition, writer => AdditionText.WriteFor(writer, gets));
            return ExitCode.Done;
        }

        var additions = await server.CallAsync(PersonalApi.ListAdditions, cancel);
        Print(parsed, additions, CliJson.Default.IReadOnlyListAdditionView, writer => AdditionText.WriteList(writer, additions));
        return ExitCode.Done;
    }
}
