using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Cli.Login;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Accounts;

internal sealed class UserAddVerb : ServerVerb
{
    private readonly Argument<string> _name = new("NAME") { Description = "Name of the account." };
    private readonly Option<Role?> _role = VerbOptions.Choice<Role>("--role", "What it may do", "ROLE");
    private readonly Option<string[]> _room = VerbOptions.Texts("--room", "With room-operator: a room it may work in.", "ROOM");
    private readonly Option<string?> _passwordFile = VerbOptions.Text("--password-file", "File whose first line is the password; else it is asked for.", "FILE");

    public UserAddVerb(Session session)
        : base(session, "add", "Make an account.", "user add anna --role imager", "user add tom --role room-operator --room r101 --room r102")
    {
        _role.Required = true;
        Asks(_name, _role, _room, _passwordFile);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var password = await Passwords.AskNewAsync(Terminal, parsed.GetValue(_passwordFile), cancel);
        var request = new NewOperator(parsed.GetRequiredValue(_name), parsed.GetRequiredValue(_role)!.Value, password, parsed.GetValue(_room) ?? []);
        var added = await server.CallAsync(AccountApi.Add, request, cancel);
        Print(parsed, added, CliJson.Default.Operator, writer => AccountText.WriteList(writer, [added], Session.Clock));
        return ExitCode.Done;
    }
}
