using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Cli.Output;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Accounts;

internal sealed class UserTokenVerb : ServerVerb
{
    private readonly Argument<string> _user = new("USER") { Description = "Account that the token acts as." };
    private readonly Argument<string> _token = new("TOKEN") { Description = "Name of the token: what it is for." };
    private readonly Option<bool> _delete = VerbOptions.Flag("--delete", "Delete the token instead.");

    public UserTokenVerb(Session session)
        : base(
            session,
            "token",
            "Make a token for a script or another appliance. It is shown once.",
            "user token branch nightly-copy",
            "user token branch nightly-copy --delete") =>
        Asks(_user, _token, _delete);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var (user, token) = (parsed.GetRequiredValue(_user), parsed.GetRequiredValue(_token));
        if (parsed.GetValue(_delete))
        {
            await server.CallAsync(AccountApi.DeleteToken, cancel, user, token);
            return Say(parsed, "token-deleted", $"Deleted the token {Printable.Of(token)} of {Printable.Of(user)}.", user, token);
        }

        var answer = await server.CallAsync(AccountApi.AddToken, new NewToken(token), cancel, user);
        Print(parsed, answer, CliJson.Default.TokenAnswer, writer => writer.WriteLine(Printable.Of(answer.Token)));
        return ExitCode.Done;
    }
}
