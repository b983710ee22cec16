using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.JoinAccounts;

internal sealed class JoinAccountDeleteVerb : ServerVerb
{
    private readonly Argument<string> _domain = new("DOMAIN") { Description = "Its domain." };
    private readonly Option<bool> _yes = VerbOptions.Yes();

    public JoinAccountDeleteVerb(Session session)
        : base(session, "delete", "Delete the join account of a domain. Hosts without a file of djoin then stay out of it.", "join-account delete school.local") => Asks(_domain, _yes);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var (domain, isYes) = (parsed.GetRequiredValue(_domain), parsed.GetValue(_yes));
        Confirmation.RequireSomebodyToAsk(Terminal, isYes, $"delete the join account of {Printable.Of(domain)}");
        if (!isYes)
        {
            await Terminal.Talk.WriteLineAsync($"Hosts that are restored from now on will not join {Printable.Of(domain)}, unless they have a file of djoin.");
            await Confirmation.RequireNameAsync(Terminal, domain, cancel);
        }

        await server.CallAsync(JoinApi.DeleteAccount, cancel, domain);
        return Say(parsed, "join-account-deleted", $"Deleted the join account of {Printable.Of(domain)}.", domain);
    }
}
