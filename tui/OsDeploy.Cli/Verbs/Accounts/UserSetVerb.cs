using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Accounts;

internal sealed class UserSetVerb : ServerVerb
{
    private readonly Argument<string> _name = new("NAME") { Description = "Name of the account." };
    private readonly Option<Role?> _role = VerbOptions.Choice<Role>("--role", "What it may do", "ROLE");
    private readonly Option<string[]> _room = VerbOptions.Texts("--room", "Rooms it may work in, instead of those before.", "ROOM");
    private readonly Option<bool> _noRooms = VerbOptions.Flag("--no-rooms", "It may work in no room.");
    private readonly Option<string?> _disabled = VerbOptions.YesNo("--disabled", "Let nobody log in with it.");

    public UserSetVerb(Session session)
        : base(session, "set", "Change an account, and end its sessions.", "user set tom --role imager", "user set tom --disabled yes", "user set tom --room r103")
    {
        Asks(_name, _role, _room, _noRooms, _disabled);
        Validators.Add(result =>
        {
            if (result.GetValue(_noRooms) && result.GetResult(_room) is not null)
            {
                result.AddError("--room and --no-rooms exclude each other.");
            }
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var rooms = parsed.GetValue(_room) is { Length: > 0 } named ? named : parsed.GetValue(_noRooms) ? [] : null;
        var change = new OperatorChange(parsed.GetValue(_role), rooms, parsed.GetYesNo(_disabled));
        if (change == new OperatorChange())
        {
            throw ServerErrors.UsageNothingToChange();
        }

        var changed = await server.CallAsync(AccountApi.Change, change, cancel, parsed.GetRequiredValue(_name));
        Print(parsed, changed, CliJson.Default.Operator, writer => AccountText.WriteList(writer, [changed], Session.Clock));
        return ExitCode.Done;
    }
}
