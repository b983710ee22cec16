using System.CommandLine;
using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Templates;

internal sealed class TemplateShowVerb : ServerVerb
{
    private readonly Argument<string> _name = TemplateNames.Argument();
    private readonly Option<int?> _revision = VerbOptions.Number("--revision", "An earlier one, as `osdeploy template history` numbers them.", 1, int.MaxValue);

    public TemplateShowVerb(Session session)
        : base(session, "show", "Print an answer file as it is on the appliance.", "template show Win10Domain.xml", "template show Win10Domain.xml --revision 3") => Asks(_name, _revision);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var name = TemplateNames.Parse(parsed.GetRequiredValue(_name)).ToString();
        var template = parsed.GetValue(_revision) is { } revision
            ? await server.CallAsync(PersonalApi.ShowRevision, cancel, name, revision.ToString(CultureInfo.InvariantCulture))
            : await server.CallAsync(PersonalApi.ShowTemplate, cancel, name);
        Print(parsed, template, CliJson.Default.TemplateText, writer => TemplateOutput.WriteText(writer, template.Text));
        return ExitCode.Done;
    }
}
