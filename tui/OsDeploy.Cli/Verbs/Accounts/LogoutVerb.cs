using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Accounts;

internal sealed class LogoutVerb : ServerVerb
{
    public LogoutVerb(Session session)
        : base(session, "logout", "End the session, at the appliance and here.", "logout", "logout --server school-server") => Asks();

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        try
        {
            await server.CallAsync(AccountApi.Logout, cancel);
        }
        catch (UserErrorException e) when (e.Code == "not-logged-in")
        {
            // The session has ended by itself.
        }
        finally
        {
            ForgetHere(server.Address);
        }

        return Say(parsed, "logged-out", $"Logged out at {Printable.Of(server.Address)}.", server.Address);
    }

    private void ForgetHere(string address)
    {
        if (Session.Logins.Find(address) is not null)
        {
            Session.Logins.Forget(address);
        }
    }
}
