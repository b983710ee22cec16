using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Screens.Forms;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Accounts;

/// <summary>The accounts of the appliance for an administrator; for anybody else the own one.</summary>
internal sealed class AccountDesk(ConsoleContext context, TimeZoneInfo zone)
{
    public ConsoleContext Context => context;

    public TimeZoneInfo Zone => zone;

    public bool IsAdmin => context.Session.May(Right.Administer);

    public string Own => context.Session.Operator?.Name ?? "";

    /// <summary>By name. Empty until they were read.</summary>
    public IReadOnlyList<Operator> Accounts { get; private set; } = [];

    public async Task ReadAsync(CancellationToken cancel) => Accounts = IsAdmin
        ? [.. (await context.Session.CallAsync(AccountApi.List, cancel)).OrderBy(account => account.Name, StringComparer.Ordinal)]
        : [await context.Session.CallAsync(AccountApi.Self, cancel)];

    public IReadOnlyList<Operator> Find(string filter)
    {
        var words = filter.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? Accounts : [.. Accounts.Where(account => words.All(word => TextOf(account).Contains(word, StringComparison.OrdinalIgnoreCase)))];
    }

    /// <returns>Why it cannot be done; null: it can.</returns>
    public string? WhyNot(Operator? account, bool needsAccount = true) =>
        !IsAdmin ? Words.Accounts.NeedsAdmin : needsAccount && account is null ? Words.Accounts.NothingChosen : null;

    public Task DeleteTokenAsync(Operator account, string token, CancellationToken cancel) =>
        context.Session.CallAsync(AccountApi.DeleteToken, cancel, account.Name, token);

    public static CommandLine DeleteTokenCommand(Operator account, string token) => new("user", "token", account.Name, token, "--delete");

    public static string StateOf(Operator account) => account.IsDisabled ? "x " + Words.Accounts.StateDisabled : "+ " + Words.Accounts.StateActive;

    public static string RoleOf(Role role) => role switch
    {
        Role.Viewer => Words.Accounts.RoleViewer,
        Role.RoomOperator => Words.Accounts.RoleRoomOperator,
        Role.Imager => Words.Accounts.RoleImager,
        Role.ScriptAuthor => Words.Accounts.RoleScriptAuthor,
        _ => Words.Accounts.RoleAdmin,
    };

    public static string RoomsOf(Operator account) => Printable.Of(string.Join(", ", account.Rooms));

    /// <summary>As the command line names it.</summary>
    public static string WordOf(Role role) => role switch
    {
        Role.RoomOperator => "room-operator",
        Role.ScriptAuthor => "script-author",
        _ => role.ToString().ToLowerInvariant(),
    };

    private string TextOf(Operator account) =>
        string.Join('\n', account.Name, RoleOf(account.Role), RoomsOf(account), string.Join(' ', account.Tokens), StateOf(account), Times.Of(account.LastLogin, zone));
}
