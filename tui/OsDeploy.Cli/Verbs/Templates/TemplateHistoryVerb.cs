using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Templates;

internal sealed class TemplateHistoryVerb : ServerVerb
{
    private readonly Argument<string> _name = TemplateNames.Argument();

    public TemplateHistoryVerb(Session session)
        : base(session, "history", "List what an answer file has been, newest first.", "template history Win10Domain.xml") => Asks(_name);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var revisions = await server.CallAsync(PersonalApi.ListRevisions, cancel, TemplateNames.Parse(parsed.GetRequiredValue(_name)).ToString());
        Print(parsed, revisions, CliJson.Default.IReadOnlyListTemplateRevision, writer => TemplateOutput.WriteHistory(writer, revisions, Session.Clock));
        return ExitCode.Done;
    }
}
