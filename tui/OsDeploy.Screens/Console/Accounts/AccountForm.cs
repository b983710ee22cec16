using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Accounts;

/// <summary>Makes an account, or changes one.</summary>
internal sealed class AccountForm
{
    private readonly ConsoleContext _context;
    private readonly Operator? _before;
    private readonly TextEntry _name;
    private readonly ChoiceEntry _role;
    private readonly MultiChoiceEntry _rooms;
    private readonly CheckEntry _disabled;
    private readonly NewPassword _password = new();

    /// <param name="account">Null: a new one.</param>
    public AccountForm(ConsoleContext context, Operator? account)
    {
        (_context, _before) = (context, account);
        _name = new TextEntry("name", Words.Accounts.Name, account?.Name ?? "") { IsRequired = true, MaxLength = 32, Help = Words.Accounts.NameHelp };
        _role = new ChoiceEntry("role", Words.Accounts.Role, [.. Enum.GetValues<Role>().Select(role => new Choice(AccountDesk.WordOf(role), AccountDesk.RoleOf(role), RemarkOf(role)))], account is null ? null : AccountDesk.WordOf(account.Role))
        {
            Help = Words.Accounts.RoleHelp,
        };
        _rooms = new MultiChoiceEntry("rooms", Words.Accounts.Rooms, () => [.. Choices.Rooms(context.Now)], account?.Rooms ?? []) { Applies = () => Role == Api.Accounts.Role.RoomOperator, Help = Words.Accounts.RoomsHelp };
        _disabled = new CheckEntry("disabled", Words.Accounts.Disabled, account?.IsDisabled ?? false) { Help = Words.Accounts.DisabledHelp };
        IReadOnlyList<FormField> fields = account is null ? [_name, _role, _rooms, .. _password.Fields] : [_role, _rooms, _disabled, new InfoEntry("ends", () => Words.Accounts.EndsSessions)];
        Model = new FormModel(
            account is null ? Words.Accounts.AddTitle : Language.Fill(Words.Accounts.EditTitle, account.Name), fields, new FormAction("save", Common.Save, SaveAsync))
        {
            Help = Words.Accounts.FormHelp,
            Rule = () => account is null ? _password.Fault : null,
            Equivalent = () => [Command()],
        };
    }

    public FormModel Model { get; }

    private Role? Role => Enum.GetValues<Role>().Cast<Role?>().FirstOrDefault(role => AccountDesk.WordOf(role!.Value) == _role.Value);

    private IReadOnlyList<string> Rooms => _rooms.IsAsked ? [.. _rooms.Chosen.Select(room => room.Id)] : [];

    private bool HasOtherRooms => _before is not null && !Rooms.ToHashSet().SetEquals(_before.Rooms);

    public OperatorChange Change => new(
        _role.IsChanged ? Role : null,
        HasOtherRooms ? Rooms : null,
        _disabled.IsChanged ? _disabled.Value : null);

    private async Task SaveAsync(CancellationToken cancel)
    {
        if (_before is null)
        {
            await _context.Session.CallAsync(AccountApi.Add, new NewOperator(_name.Value.Trim(), Role!.Value, _password.Value, Rooms), cancel);
        }
        else
        {
            await _context.Session.CallAsync(AccountApi.Change, Change == new OperatorChange() ? throw ConsoleErrors.NothingToChange() : Change, cancel, _before.Name);
        }
    }

    private CommandLine Command()
    {
        var isNew = _before is null;
        var name = _before?.Name ?? (_name.Value.Trim() is { Length: > 0 } typed ? typed : "NAME");
        var command = new CommandLine("user", isNew ? "add" : "set", name).Option("--role", isNew || _role.IsChanged ? _role.Value : null);
        if (isNew || HasOtherRooms)
        {
            command = command.With(Rooms.SelectMany(room => new[] { "--room", room })).Flag("--no-rooms", !isNew && Rooms.Count == 0);
        }

        return command.Option("--disabled", _disabled.IsChanged ? (_disabled.Value ? "yes" : "no") : null);
    }

    private static string RemarkOf(Role role) => role switch
    {
        Api.Accounts.Role.Viewer => Words.Accounts.RemarkViewer,
        Api.Accounts.Role.RoomOperator => Words.Accounts.RemarkRoomOperator,
        Api.Accounts.Role.Imager => Words.Accounts.RemarkImager,
        Api.Accounts.Role.ScriptAuthor => Words.Accounts.RemarkScriptAuthor,
        _ => Words.Accounts.RemarkAdmin,
    };
}
