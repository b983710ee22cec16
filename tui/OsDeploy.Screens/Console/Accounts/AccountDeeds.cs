using OsDeploy.Api.Accounts;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Accounts;

/// <summary>What the keys of the accounts' screen do.</summary>
/// <param name="selected">Null: the list is empty.</param>
/// <param name="changed">The accounts are different now.</param>
internal sealed class AccountDeeds(Workplace at, AccountDesk desk, Func<Operator?> selected, Action changed)
{
    public IReadOnlyList<ScreenAction> Actions =>
    [
        new(Key.F3, Words.Accounts.ActTokens, Tokens, () => desk.WhyNot(selected()), () => selected() is { } account ? [new CommandLine("user", "token", account.Name, "TOKEN")] : []),
        new(Key.F4, Words.Accounts.ActEdit, Edit, () => desk.WhyNot(selected()), () => selected() is { } account ? [new CommandLine("user", "set", account.Name, "--role", AccountDesk.WordOf(account.Role))] : []),
        new(Key.F5, Words.Accounts.ActReload, changed, Command: () => [new CommandLine("user", "list")]),
        new(Key.F6, Words.Accounts.ActPassword, SetPassword, () => selected() is null ? Words.Accounts.NothingChosen : null, () => [PasswordForm.Command(selected()?.Name is { } name && name != desk.Own ? name : null)]),
        new(Key.F7, Words.Accounts.ActNew, AddNew, () => desk.WhyNot(null, needsAccount: false), () => [new CommandLine("user", "add", "NAME", "--role", AccountDesk.WordOf(Role.Imager))]),
        new(Key.F8, Words.Accounts.ActDelete, Delete, () => desk.WhyNot(selected()), () => selected() is { } account ? [AccountDeletion.Command(account)] : []),
    ];

    /// <summary>Enter: what the person may do with the account.</summary>
    public void Open()
    {
        if (desk.WhyNot(selected()) is null)
        {
            Edit();
        }
        else
        {
            SetPassword();
        }
    }

    private void AddNew()
    {
        var form = new AccountForm(desk.Context, null);
        if (at.Dialogs.Ask(form.Model) is not null)
        {
            Done(Language.Fill(Words.Accounts.Saved, form.Model.Get<TextEntry>("name").Value.Trim()));
        }
    }

    private void Edit()
    {
        var account = selected()!;
        if (at.Dialogs.Ask(new AccountForm(desk.Context, account).Model) is not null)
        {
            Done(Language.Fill(Words.Accounts.Saved, account.Name));
        }
    }

    private void SetPassword()
    {
        var name = selected()!.Name;
        if (at.Dialogs.Ask(PasswordForm.Of(desk, name)) is not null)
        {
            Done(Language.Fill(Words.Accounts.PasswordDone, name));
        }
    }

    private void Delete()
    {
        var account = selected()!;
        if (at.Dialogs.Ask(AccountDeletion.Of(desk, account)) is not null)
        {
            Done(Language.Fill(Words.Accounts.DeleteDone, account.Name));
        }
    }

    private void Tokens()
    {
        var account = selected()!;
        List<string> lines = [Words.Accounts.TokenNew, .. account.Tokens.Select(token => Language.Fill(Words.Accounts.TokenDelete, Printable.Of(token)))];
        using var pick = new PickDialog(Language.Fill(Words.Accounts.TokensTitle, account.Name), lines, 0);
        at.Dialogs.App.Run(pick);
        if (pick.Picked == 0)
        {
            MakeToken(account);
        }
        else if (pick.Picked is { } picked)
        {
            DeleteToken(account, account.Tokens[picked - 1]);
        }
    }

    private void MakeToken(Operator account)
    {
        var form = new TokenForm(desk.Context, account);
        at.Dialogs.Ask(form.Model);
        if (form.Token is { } token)
        {
            at.Dialogs.Tell(form.Model.Title, Language.Fill(Words.Accounts.TokenShown, token));
            changed();
        }
    }

    private void DeleteToken(Operator account, string token)
    {
        if (at.Dialogs.Confirm(Language.Fill(Words.Accounts.TokensTitle, account.Name), Language.Fill(Words.Accounts.TokenDeleteText, Printable.Of(token)), Common.Delete))
        {
            at.Dialogs.Wait(Words.Accounts.DeleteTitle, cancel => desk.DeleteTokenAsync(account, token, cancel));
            Done(Language.Fill(Words.Accounts.TokenDeleted, token));
        }
    }

    private void Done(string what)
    {
        at.Frame.Toast(Printable.Of(what));
        changed();
    }
}
