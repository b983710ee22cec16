using System.CommandLine;
using OsDeploy.Cli.Output;
using OsDeploy.Templates;

namespace OsDeploy.Cli.Verbs.Templates;

internal sealed class TemplateCheckVerb : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "File to look at; - reads what comes through a pipe." };
    private readonly Option<string> _as = new("--as") { Description = "Name of the template that it would be.", HelpName = "NAME", Required = true };
    private readonly Option<bool> _json = VerbOptions.Json();

    public TemplateCheckVerb(Session session)
        : base(session, "check", "Look for faults in an answer file. Asks no appliance; exit code 1 if there are some.", "template check unattend.xml --as Win10Domain.xml") => Takes(_file, _as, _json);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var name = TemplateNames.Parse(parsed.GetRequiredValue(_as));
        var faults = AnswerFile.Check(name, await TemplateNames.ReadAsync(Terminal, parsed.GetRequiredValue(_file), cancel));
        if (parsed.GetValue(_json))
        {
            CliJson.Write(Terminal.Output, faults, CliJson.Default.IReadOnlyListTemplateFault);
        }
        else
        {
            TemplateOutput.WriteFaults(Terminal.Output, name, faults);
        }

        return faults.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
