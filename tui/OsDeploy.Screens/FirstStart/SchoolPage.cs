using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.SetUp;
using OsDeploy.Text;

namespace OsDeploy.Screens.FirstStart;

/// <summary>What the school and its appliance are called, and what time it is there.</summary>
internal sealed class SchoolPage
{
    public const string UsualName = "osdeploy";

    private readonly TextEntry _school;
    private readonly TextEntry _name;
    private readonly TextEntry _zone;

    /// <param name="hasZone">Whether the system knows a time zone of this name.</param>
    public SchoolPage(Func<string, bool> hasZone)
    {
        _school = new TextEntry("school", Words.FirstStart.School) { MaxLength = OsDeploy.Api.Personal.School.MaxName, Help = Words.Settings.SchoolNameHelp };
        _name = new TextEntry("name", Words.FirstStart.HostName, UsualName) { IsRequired = true, Rule = text => ComputerName.TryParse(text, out _) ? null : Words.Common.ComputerNameRule };
        _zone = new TextEntry("zone", Words.FirstStart.Zone, UsualZone())
        {
            IsRequired = true,
            Rule = text => ApplianceSettings.IsZone(text) && hasZone(text) ? null : Words.FirstStart.ZoneRule,
            Help = Words.FirstStart.ZoneRule,
        };
        Page = new WizardPage(new FormModel(Words.FirstStart.SchoolTitle, [_school, _name, _zone], FormAction.Take(Words.Common.Next)) { Help = Words.FirstStart.SchoolHelp });
    }

    public WizardPage Page { get; }

    /// <summary>Null: not said.</summary>
    public string? School => _school.Value.Trim() is { Length: > 0 } school ? school : null;

    public string Name => _name.Value;

    public string Zone => _zone.Value;

    /// <summary>Where most who speak the language live.</summary>
    public static string UsualZone() => Language.Current == Language.German ? "Europe/Berlin" : Language.Current == Language.French ? "Europe/Paris" : "UTC";
}
