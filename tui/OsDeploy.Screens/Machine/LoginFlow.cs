using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Machine;

/// <summary>Logging in at a computer, and proving to be an administrator for what needs one.</summary>
internal static class LoginFlow
{
    private const string Root = "root";

    public static FormModel Login(MachineSession session)
    {
        var (name, password) = (Name(), Password());
        return new FormModel(Words.Machine.LoginTitle, [name, password], new FormAction(
            "login", Words.Machine.LoginAction, cancel => session.Account.LoginAsync(name.Value.Trim(), password.Value, cancel)))
        { Help = Words.Machine.LoginHelp };
    }

    /// <param name="run">What is done once an administrator has said so.</param>
    public static FormModel Administrator(MachineSession session, string title, Func<CancellationToken, Task> run) =>
        Administrator(session.Account, session.State.Operator?.Name ?? "", title, run);

    /// <param name="known">Whose name is proposed; empty: nobody's.</param>
    /// <inheritdoc cref="Administrator(MachineSession, string, Func{CancellationToken, Task})"/>
    public static FormModel Administrator(MachineAccount account, string known, string title, Func<CancellationToken, Task> run)
    {
        var (name, password) = (Name(known), Password());
        return new FormModel(title, [new InfoEntry("why", () => Words.Machine.AdministratorNeeded), name, password], new FormAction("go", Words.Machine.ShellAction, async cancel =>
        {
            if (!await account.IsAdministratorAsync(name.Value.Trim(), password.Value, cancel))
            {
                throw MachineErrors.NotAdministrator();
            }

            await run(cancel);
        }))
        { Help = Words.Machine.HelpBash };
    }

    private static TextEntry Name(string known = "") => new("name", Words.Machine.LoginName, known)
    {
        IsRequired = true,
        MaxLength = 32,
        Help = Words.Machine.LoginNameHelp,
        Rule = name => name.Trim() == Root ? Words.Machine.RootRefused : null,
    };

    private static SecretEntry Password() => new("password", Words.Machine.LoginPassword) { IsRequired = true };
}
