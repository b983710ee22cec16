using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Console.Settings;

/// <summary>A shell of root on the appliance's own screen, for what its console cannot mend.</summary>
internal static class ShellForm
{
    public static FormModel Of(ConsoleContext context)
    {
        var password = new SecretEntry("password", Words.Settings.ShellPassword) { IsRequired = true };
        return new FormModel(
            Words.Settings.Shell,
            [new InfoEntry("effect", () => Words.Settings.ShellEffect) { IsWarning = true }, password],
            new FormAction("open", Words.Settings.ShellAction, cancel => context.Session.CallAsync(LocalApi.Shell, new LocalShell(context.Session.Operator!.Name, password.Value), cancel)))
        {
            Help = Words.Settings.ShellEffect,
        };
    }
}
