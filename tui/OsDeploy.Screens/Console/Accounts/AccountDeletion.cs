using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Accounts;

/// <summary>Deletes an account, after saying what stops with it.</summary>
internal static class AccountDeletion
{
    public static FormModel Of(AccountDesk desk, Operator account) => new(
        Words.Accounts.DeleteTitle,
        [
            new InfoEntry("loss", () => Loss(account)) { IsWarning = true },
            Confirmation.Demand(() => account.Name),
            Confirmation.Field(() => account.Name),
        ],
        new FormAction("delete", Common.Delete, cancel => desk.Context.Session.CallAsync(AccountApi.Delete, cancel, account.Name)) { IsDestructive = true })
    {
        Help = Words.Accounts.DeleteHelp,
        Equivalent = () => [Command(account)],
    };

    public static CommandLine Command(Operator account) => new("user", "delete", account.Name);

    private static string Loss(Operator account) => Language.Fill(Words.Accounts.DeleteLoss, account.Name)
        + (account.Tokens.Count > 0 ? "\n" + Language.Fill(Words.Accounts.DeleteTokens, Printable.Of(string.Join(", ", account.Tokens))) : "");
}
