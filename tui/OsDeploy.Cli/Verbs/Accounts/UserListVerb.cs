using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Accounts;

internal sealed class UserListVerb : ServerVerb
{
    public UserListVerb(Session session)
        : base(session, "list", "List the accounts.", "user list") => Asks();

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var operators = await server.CallAsync(AccountApi.List, cancel);
        Print(parsed, operators, CliJson.Default.IReadOnlyListOperator, writer => AccountText.WriteList(writer, operators, Session.Clock));
        return ExitCode.Done;
    }
}
