using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.JoinAccounts;

internal sealed class JoinAccountListVerb : ServerVerb
{
    public JoinAccountListVerb(Session session)
        : base(session, "list", "List the join accounts, without their passwords.", "join-account list") => Asks();

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var accounts = await server.CallAsync(JoinApi.ListAccounts, cancel);
        Print(parsed, accounts, CliJson.Default.IReadOnlyListJoinAccount, writer => JoinText.WriteList(writer, accounts, Session.Clock));
        return ExitCode.Done;
    }
}
