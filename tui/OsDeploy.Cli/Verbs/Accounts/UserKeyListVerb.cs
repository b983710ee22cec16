using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Accounts;

internal sealed class UserKeyListVerb : ServerVerb
{
    private readonly Argument<string> _user = new("USER") { Description = "Name of the account." };

    public UserKeyListVerb(Session session)
        : base(session, "list", "List the public keys of an account.", "user key list anna") => Asks(_user);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var name = parsed.GetRequiredValue(_user);
        var account = (await server.CallAsync(AccountApi.List, cancel)).FirstOrDefault(one => one.Name == name) ?? throw ServerErrors.UserMissing(name);
        Print(parsed, account.Keys ?? [], CliJson.Default.IReadOnlyListOperatorKey, writer => AccountText.WriteKeys(writer, account.Keys ?? []));
        return ExitCode.Done;
    }
}
