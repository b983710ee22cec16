using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Accounts;

/// <summary>Sets a password. Whoever sets one, for himself or another, gives his own present one.</summary>
internal static class PasswordForm
{
    public static FormModel Of(AccountDesk desk, string name)
    {
        var session = desk.Context.Session;
        var isOwn = name == desk.Own;
        var own = new SecretEntry("own", Words.Accounts.OwnPassword) { IsRequired = true, Help = Words.Accounts.OwnPasswordHelp };
        var password = new NewPassword();
        return new FormModel(
            Language.Fill(Words.Accounts.PasswordTitle, name),
            [new InfoEntry("ends", () => isOwn ? Words.Accounts.PasswordOwn : Words.Accounts.PasswordOther), own, .. password.Fields],
            new FormAction("set", Common.Save, cancel => isOwn
                ? session.CallAsync(AccountApi.ChangeOwnPassword, new PasswordChange(own.Value, password.Value), cancel)
                : session.CallAsync(AccountApi.SetPassword, new PasswordChange(own.Value, password.Value), cancel, name)))
        {
            Help = Words.Accounts.PasswordHelp,
            Rule = () => password.Fault,
            Equivalent = () => [Command(isOwn ? null : name)],
        };
    }

    /// <param name="name">Null: the own account.</param>
    public static CommandLine Command(string? name) => new CommandLine("user", "password").With(name);
}
