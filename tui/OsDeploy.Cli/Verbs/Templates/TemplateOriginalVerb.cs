using System.CommandLine;
using OsDeploy.Cli.Output;
using OsDeploy.Templates;

namespace OsDeploy.Cli.Verbs.Templates;

internal sealed class TemplateOriginalVerb : Verb
{
    private readonly Argument<string> _name = TemplateNames.Argument();

    public TemplateOriginalVerb(Session session)
        : base(session, "original", "Print an answer file as it is shipped. Asks no appliance.", "template original Win11No.xml") => Takes(_name);

    protected override Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        TemplateOutput.WriteText(Terminal.Output, Originals.Of(TemplateNames.Parse(parsed.GetRequiredValue(_name))));
        return Task.FromResult(ExitCode.Done);
    }
}
