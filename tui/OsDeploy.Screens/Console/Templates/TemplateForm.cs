using OsDeploy.Api;
using OsDeploy.Api.Personal;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Templates;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Templates;

/// <summary>Changes an answer file, or takes one that is pasted. One with faults stays in the form until they are mended.</summary>
internal static class TemplateForm
{
    private const int TextRows = 13;

    // A dialog has no room for all of them.
    private const int MostFaults = 3;

    public static FormModel Of(ConsoleContext context, TemplateText before)
    {
        var name = before.Template.Name;
        var text = new TextEntry("text", Words.Templates.Text, before.Text.ReplaceLineEndings("\n"))
        {
            IsRequired = true,
            IsLong = true,
            Rows = TextRows,
            MaxLength = AnswerFile.MaxLength,
            Rule = typed => FaultsIn(name, typed),
            Help = Words.Templates.EditHelp,
        };
        return new FormModel(
            Language.Fill(Words.Templates.EditTitle, Printable.Of(name)),
            [text],
            new FormAction("save", Common.Save, cancel => context.Session.CallAsync(PersonalApi.SaveTemplate, new TemplateChange(EndsOf(text.Value, before.Text), before.Template.Rev), cancel, name)))
        {
            Help = Words.Templates.EditHelp,
            Equivalent = () => [new CommandLine("template", "edit", name), new CommandLine("template", "save", name, "FILE")],
        };
    }

    private static string? FaultsIn(string name, string text) =>
        TemplateName.TryParse(name, out var known) && AnswerFile.Check(known, text) is { Count: > 0 } faults ? Printable.Of(string.Join(' ', faults.Take(MostFaults)), 400) : null;

    private static string EndsOf(string text, string before) => before.Contains("\r\n", StringComparison.Ordinal) ? text.ReplaceLineEndings("\r\n") : text;
}
