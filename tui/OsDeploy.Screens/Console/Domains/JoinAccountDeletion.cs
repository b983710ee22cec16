using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Domains;

/// <summary>Deletes a join account, after saying what does not work without it.</summary>
internal static class JoinAccountDeletion
{
    public static FormModel Of(ConsoleContext context, JoinAccount account) => new(
        Words.Domains.DeleteTitle,
        [
            new InfoEntry("loss", () => Language.Fill(Words.Domains.DeleteLoss, account.Domain)) { IsWarning = true },
            Confirmation.Demand(() => account.Domain),
            Confirmation.Field(() => account.Domain),
        ],
        new FormAction("delete", Common.Delete, cancel => context.Session.CallAsync(JoinApi.DeleteAccount, cancel, account.Domain)) { IsDestructive = true })
    {
        Help = Words.Domains.DeleteHelp,
        Equivalent = () => [Command(account)],
    };

    public static CommandLine Command(JoinAccount account) => new("join-account", "delete", account.Domain);
}
