using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Accounts;

/// <summary>Makes a token that acts as an account: for a script, or another appliance.</summary>
internal sealed class TokenForm
{
    private readonly ConsoleContext _context;
    private readonly Operator _account;
    private readonly TextEntry _name = new("name", Words.Accounts.TokenName) { IsRequired = true, MaxLength = 32, Help = Words.Accounts.TokenNameHelp };

    public TokenForm(ConsoleContext context, Operator account)
    {
        (_context, _account) = (context, account);
        Model = new FormModel(
            Language.Fill(Words.Accounts.TokenTitle, account.Name),
            [new InfoEntry("why", () => Words.Accounts.TokenWhy), _name],
            new FormAction("make", Words.Accounts.TokenAction, MakeAsync))
        {
            Help = Words.Accounts.TokenWhy,
            Equivalent = () => [new CommandLine("user", "token", account.Name, _name.Value.Trim() is { Length: > 0 } name ? name : "TOKEN")],
        };
    }

    public FormModel Model { get; }

    /// <summary>To be shown this once; null: none was made.</summary>
    public string? Token { get; private set; }

    private async Task MakeAsync(CancellationToken cancel) =>
        Token = (await _context.Session.CallAsync(AccountApi.AddToken, new NewToken(_name.Value.Trim()), cancel, _account.Name)).Token;
}
