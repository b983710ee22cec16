using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Personal;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Appliance;

internal sealed class SchoolVerb : ServerVerb
{
    private readonly Option<string?> _name = VerbOptions.Text("--name", "Name of the school; empty: none.", "NAME");
    private readonly Option<string?> _language = VerbOptions.Text("--language", "Its language and country, as Windows names them: de-DE, fr-CH; empty: none.", "LANGUAGE");

    public SchoolVerb(Session session)
        : base(session, "school", "Show or change what answer files say of the school: SCHOOLNAME and SCHOOLLANGUAGE.", "appliance school", "appliance school --name \"Goethe-Schule\" --language de-DE") =>
        Asks(_name, _language);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var (name, language) = (parsed.GetValue(_name), parsed.GetValue(_language));
        var school = await server.CallAsync(PersonalApi.ShowSchool, cancel);
        if (name is not null || language is not null)
        {
            school = await server.CallAsync(PersonalApi.ChangeSchool, new School(name ?? school.Name, language ?? school.Language), cancel);
        }

        Print(parsed, school, CliJson.Default.School, writer => new Facts().Add("name", school.Name ?? "-").Add("language", school.Language ?? "-").Write(writer));
        return ExitCode.Done;
    }
}
