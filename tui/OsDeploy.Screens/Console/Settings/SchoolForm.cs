using OsDeploy.Api;
using OsDeploy.Api.Personal;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Settings;

/// <summary>What answer files say of the school.</summary>
internal static class SchoolForm
{
    private const int LongestLanguage = 12;

    public static FormModel Of(ConsoleContext context, School now)
    {
        var name = new TextEntry("name", Words.Settings.SchoolName, now.Name ?? "") { MaxLength = School.MaxName, Help = Words.Settings.SchoolNameHelp };
        var language = new TextEntry("language", Words.Settings.SchoolLanguage, now.Language ?? "")
        {
            MaxLength = LongestLanguage,
            Rule = text => School.IsLanguage(text) ? null : Words.Settings.SchoolLanguageRule,
            Help = Words.Settings.SchoolLanguageHelp,
        };
        return new FormModel(
            Words.Settings.School,
            [name, language],
            new FormAction("save", Common.Save, cancel => context.Session.CallAsync(PersonalApi.ChangeSchool, new School(name.Value, language.Value), cancel)))
        {
            Help = Words.Settings.SchoolHelp,
            Equivalent = () => [new CommandLine("appliance", "school", "--name", name.Value, "--language", language.Value)],
        };
    }
}
