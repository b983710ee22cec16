using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Session;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Shell;

/// <summary>Name and password. A wrong one keeps the name and empties nothing else.</summary>
internal static class LoginForm
{
    public static FormModel Of(ApplianceSession session, string appliance, string? name, string? reason)
    {
        var why = new InfoEntry("why", () => reason ?? Dialogue.LoginHint);
        var user = new TextEntry("name", Dialogue.LoginName, name ?? "") { IsRequired = true, MaxLength = 32, Help = Dialogue.LoginNameHelp };
        var password = new SecretEntry("password", Dialogue.LoginPassword) { IsRequired = true };
        return new FormModel(
            Language.Fill(Dialogue.LoginTitle, appliance),
            [why, user, password],
            new FormAction("login", Dialogue.LoginAction, cancel => session.LoginAsync(user.Value.Trim(), password.Value, cancel)))
        {
            Help = Dialogue.LoginHelp,
        };
    }
}
