using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Personal;
using OsDeploy.Cli.Output;
using OsDeploy.Templates;

namespace OsDeploy.Cli.Verbs.Templates;

internal sealed class TemplateSaveVerb : ServerVerb
{
    private readonly Argument<string> _name = TemplateNames.Argument();
    private readonly Argument<string> _file = new("FILE") { Description = "File with its new text; - reads what comes through a pipe." };
    private readonly Option<int?> _revision = VerbOptions.Number("--revision", "Only if this is the present one: nobody else has changed it.", 0, int.MaxValue);

    public TemplateSaveVerb(Session session)
        : base(session, "save", "Make a file the answer file of the appliance. One with faults is not taken; each is shown with its line.", "template save Win10Domain.xml unattend.xml") =>
        Asks(_name, _file, _revision);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var name = TemplateNames.Parse(parsed.GetRequiredValue(_name));
        var text = await TemplateNames.ReadAsync(Terminal, parsed.GetRequiredValue(_file), cancel);
        if (AnswerFile.Check(name, text) is { Count: > 0 } faults)
        {
            TemplateOutput.WriteFaults(Terminal.Talk, name, faults);
            throw TemplateErrors.Faults(name, faults.Count);
        }

        var saved = await server.CallAsync(PersonalApi.SaveTemplate, new TemplateChange(text, parsed.GetValue(_revision)), cancel, name.ToString());
        Print(parsed, saved, CliJson.Default.TemplateText, writer => TemplateOutput.WriteSaved(writer, saved));
        return ExitCode.Done;
    }
}
