using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Personal;
using OsDeploy.Screens.Console.Shell;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Templates;

/// <summary>Brings the shipped answer file back, or an earlier one, after what that changes was shown.</summary>
internal static class TemplateReturn
{
    /// <param name="revision">0: the one that is shipped.</param>
    /// <returns>False: the person went back.</returns>
    public static bool Ask(Workplace at, string name, long revision)
    {
        var (now, then) = at.Dialogs.Wait(name, async cancel =>
        {
            var present = await at.Session.CallAsync(PersonalApi.ShowTemplate, cancel, name);
            return (present, await at.Session.CallAsync(PersonalApi.ShowRevision, cancel, name, revision.ToString(CultureInfo.InvariantCulture)));
        });
        if (at.Dialogs.Ask(Of(at.Context, now, then.Text, revision)) is null)
        {
            return false;
        }

        at.Frame.Toast(Language.Fill(Words.Templates.Saved, Printable.Of(name)));
        return true;
    }

    public static FormModel Of(ConsoleContext context, TemplateText now, string then, long revision)
    {
        var name = now.Template.Name;
        var lines = LineDifference.Of(now.Text, then);
        return new FormModel(
            Language.Fill(Words.Templates.ReturnTitle, Printable.Of(name)),
            [
                new InfoEntry("what", () => lines.Count == 0 ? Words.Templates.NoDifference : Words.Templates.Difference),
                new InfoEntry("lines", () => string.Join('\n', lines.Select(line => Printable.Of(line, 400)))) { IsLong = true, Applies = () => lines.Count > 0 },
            ],
            new FormAction("return", Words.Templates.ActReturn, cancel => context.Session.CallAsync(PersonalApi.RestoreTemplate, new TemplateRestore(revision, now.Template.Rev), cancel, name)))
        {
            Help = Words.Templates.ReturnHelp,
            Equivalent = () => [new CommandLine("template", "restore", name).Option("--revision", revision == 0 ? null : revision.ToString(CultureInfo.InvariantCulture))],
        };
    }
}
