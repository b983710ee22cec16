using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Accounts;

internal sealed class UserDeleteVerb : ServerVerb
{
    private readonly Argument<string> _name = new("NAME") { Description = "Name of the account." };
    private readonly Option<bool> _yes = VerbOptions.Yes();

    public UserDeleteVerb(Session session)
        : base(session, "delete", "Delete an account, its sessions and its tokens. What it did stays in the audit log.", "user delete tom") => Asks(_name, _yes);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var (name, isYes) = (parsed.GetRequiredValue(_name), parsed.GetValue(_yes));
        Confirmation.RequireSomebodyToAsk(Terminal, isYes, $"delete the account {Printable.Of(name)}");
        if (!isYes)
        {
            await Terminal.Talk.WriteLineAsync($"The account {Printable.Of(name)} is deleted with its tokens: scripts that use them stop working.");
            await Confirmation.RequireNameAsync(Terminal, name, cancel);
        }

        await server.CallAsync(AccountApi.Delete, cancel, name);
        return Say(parsed, "user-deleted", $"Deleted the account {Printable.Of(name)}.", name);
    }
}
