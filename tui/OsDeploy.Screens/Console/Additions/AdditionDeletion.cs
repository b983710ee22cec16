using OsDeploy.Api;
using OsDeploy.Api.Personal;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Additions;

/// <summary>Deletes a file for hosts, after saying who does not get it any more.</summary>
internal static class AdditionDeletion
{
    public static FormModel Of(ConsoleContext context, Addition addition) => new(
        Words.Additions.DeleteTitle,
        [
            new InfoEntry("loss", () => Language.Fill(Words.Additions.DeleteLoss, addition.Path)) { IsWarning = true },
            Confirmation.Demand(() => addition.Path),
            Confirmation.Field(() => addition.Path),
        ],
        new FormAction("delete", Words.Common.Delete, cancel => context.Session.CallAsync(PersonalApi.Delete, cancel, addition.Id)) { IsDestructive = true })
    {
        Help = Words.Additions.DeleteHelp,
        Equivalent = () => [Command(addition)],
    };

    public static CommandLine Command(Addition addition) => new("addition", "delete", addition.Id);
}
