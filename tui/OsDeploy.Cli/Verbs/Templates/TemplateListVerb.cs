using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Templates;

internal sealed class TemplateListVerb : ServerVerb
{
    public TemplateListVerb(Session session)
        : base(session, "list", "List the answer files, and who changed which.", "template list") => Asks();

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var templates = await server.CallAsync(PersonalApi.ListTemplates, cancel);
        Print(parsed, templates, CliJson.Default.IReadOnlyListTemplateView, writer => TemplateOutput.WriteList(writer, templates, Session.Clock));
        return ExitCode.Done;
    }
}
