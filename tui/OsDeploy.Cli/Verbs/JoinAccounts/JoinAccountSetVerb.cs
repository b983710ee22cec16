using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Cli.Login;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.JoinAccounts;

internal sealed class JoinAccountSetVerb : ServerVerb
{
    private readonly Argument<string> _domain = new("DOMAIN") { Description = "As configurations and hosts name it." };
    private readonly Option<string> _user = new("--user") { Description = "Name of the account, without its domain.", HelpName = "NAME", Required = true };
    private readonly Option<string?> _file = VerbOptions.Text("--password-file", "File whose first line is its password; else it is asked for.", "FILE");
    private readonly Option<bool> _keep = VerbOptions.Flag("--keep-password", "Leave the password as it is.");

    public JoinAccountSetVerb(Session session)
        : base(
            session,
            "set",
            "Set the account with which hosts join a domain. Give it no other rights, and keep it: Windows lets only the account that joined a computer join it again.",
            "join-account set school.local --user joiner",
            "join-account set school.local --user joiner --password-file /root/joiner")
    {
        Asks(_domain, _user, _file, _keep);
        Validators.Add(result =>
        {
            if (result.GetValue(_keep) && result.GetResult(_file) is not null)
            {
                result.AddError("--password-file and --keep-password exclude each other.");
            }
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var password = parsed.GetValue(_keep) ? null : await Passwords.AskNewAsync(Terminal, parsed.GetValue(_file), cancel);
        var account = await server.CallAsync(JoinApi.SetAccount, new JoinAccountChange(parsed.GetRequiredValue(_user), password), cancel, parsed.GetRequiredValue(_domain));
        Print(parsed, account, CliJson.Default.JoinAccount, writer => JoinText.WriteList(writer, [account], Session.Clock));
        return ExitCode.Done;
    }
}
