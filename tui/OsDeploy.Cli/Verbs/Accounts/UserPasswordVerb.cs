using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Cli.Login;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Accounts;

internal sealed class UserPasswordVerb : ServerVerb
{
    private readonly Argument<string?> _name = new("NAME") { Description = "Another's account; without it your own.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _ownFile = VerbOptions.Text("--own-password-file", "File whose first line is your present password; else it is asked for.", "FILE");
    private readonly Option<string?> _newFile = VerbOptions.Text("--password-file", "File whose first line is the new password; else it is asked for.", "FILE");

    public UserPasswordVerb(Session session)
        : base(session, "password", "Set a password. Your own present one is asked for in any case.", "user password", "user password tom") => Asks(_name, _ownFile, _newFile);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var own = await Passwords.AskAsync(Terminal, parsed.GetValue(_ownFile), "Your present password:", cancel);
        var change = new PasswordChange(own, await Passwords.AskNewAsync(Terminal, parsed.GetValue(_newFile), cancel));
        if (parsed.GetValue(_name) is { } name)
        {
            await server.CallAsync(AccountApi.SetPassword, change, cancel, name);
            return Say(parsed, "password-set", $"Set the password of {Printable.Of(name)}; its sessions have ended.", name);
        }

        await server.CallAsync(AccountApi.ChangeOwnPassword, change, cancel);
        return Say(parsed, "password-set", "Set your password.");
    }
}
