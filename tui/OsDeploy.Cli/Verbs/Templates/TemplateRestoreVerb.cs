using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Personal;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Templates;

internal sealed class TemplateRestoreVerb : ServerVerb
{
    private readonly Argument<string> _name = TemplateNames.Argument();
    private readonly Option<int?> _revision = VerbOptions.Number("--revision", "An earlier one, as `osdeploy template history` numbers them. Default: the one that is shipped.", 1, int.MaxValue);

    public TemplateRestoreVerb(Session session)
        : base(
            session,
            "restore",
            "Bring the shipped answer file back, or an earlier one. What it was until now stays in its history.",
            "template restore Win10Domain.xml",
            "template restore Win10Domain.xml --revision 3") =>
        Asks(_name, _revision);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var name = TemplateNames.Parse(parsed.GetRequiredValue(_name)).ToString();
        var restored = await server.CallAsync(PersonalApi.RestoreTemplate, new TemplateRestore(parsed.GetValue(_revision) ?? 0), cancel, name);
        Print(parsed, restored, CliJson.Default.TemplateText, writer => TemplateOutput.WriteSaved(writer, restored));
        return ExitCode.Done;
    }
}
