using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Accounts;

internal sealed class UserKeyDeleteVerb : ServerVerb
{
    private readonly Argument<string> _user = new("USER") { Description = "Name of the account." };
    private readonly Argument<string> _key = new("NAME") { Description = "Name of the key, as `osdeploy user key list` shows it." };

    public UserKeyDeleteVerb(Session session)
        : base(session, "delete", "Take a public key away from an account. Who is logged in with it stays so.", "user key delete anna annas-laptop") => Asks(_user, _key);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var (user, key) = (parsed.GetRequiredValue(_user), parsed.GetRequiredValue(_key));
        await server.CallAsync(AccountApi.DeleteKey, cancel, user, key);
        return Say(parsed, "key-deleted", $"Deleted the key {Printable.Of(key)} of {Printable.Of(user)}.", user, key);
    }
}
