using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Personal;
using OsDeploy.Cli.Output;
using OsDeploy.Templates;

namespace OsDeploy.Cli.Verbs.Templates;

internal sealed class TemplateEditVerb : ServerVerb
{
    private readonly Argument<string> _name = TemplateNames.Argument();
    private readonly Option<string?> _editor = VerbOptions.Text("--editor", "Program to edit with. Default: $VISUAL, else $EDITOR, else editor.", "PROGRAM");

    public TemplateEditVerb(Session session)
        : base(session, "edit", "Change an answer file in an editor. What is refused can be corrected; no text is lost.", "template edit Win10Domain.xml", "template edit Win11No.xml --editor nano") =>
        Asks(_name, _editor);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var name = TemplateNames.Parse(parsed.GetRequiredValue(_name));
        if (!Terminal.CanAsk)
        {
            throw TemplateErrors.EditorNeedsTerminal();
        }

        var before = await server.CallAsync(PersonalApi.ShowTemplate, cancel, name.ToString());
        using var edited = new EditedFile(name.ToString(), before.Text, parsed.GetValue(_editor));
        var text = await EditAsync(name, edited, cancel);
        if (text == before.Text)
        {
            return Say(parsed, "template-unchanged", $"{name} was not changed.", name.ToString());
        }

        // From here on somebody's work lies in the file: it goes only with the answer that it was taken.
        edited.Keep(Terminal.Talk);
        var saved = await server.CallAsync(PersonalApi.SaveTemplate, new TemplateChange(text, before.Template.Rev), cancel, name.ToString());
        edited.Forget();
        Print(parsed, saved, CliJson.Default.TemplateText, writer => TemplateOutput.WriteSaved(writer, saved));
        return ExitCode.Done;
    }

    private async Task<string> EditAsync(TemplateName name, EditedFile edited, CancellationToken cancel)
    {
        while (true)
        {
            var text = edited.Edit();
            if (AnswerFile.Check(name, text) is not { Count: > 0 } faults)
            {
                return text;
            }

            TemplateOutput.WriteFaults(Terminal.Talk, name, faults);
            if (await Terminal.AskAsync("Edit it again? [y/n]", cancel) is not ['y' or 'Y', ..])
            {
                edited.Keep(Terminal.Talk);
                throw TemplateErrors.Faults(name, faults.Count);
            }
        }
    }
}
