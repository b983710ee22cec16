using OsDeploy.Api.Helper;
using OsDeploy.Screens.Console.Network;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.SetUp;
using OsDeploy.Text;

namespace OsDeploy.Screens.FirstStart;

/// <summary>The questions of the first start, in the language in use. The last page does the work.</summary>
internal sealed class FirstStartWizard
{
    /// <summary>The question before all others, in all languages.</summary>
    public const string LanguageLabel = "Language / Sprache / Langue";

    private const string LanguageField = "language";

    private readonly FirstStartWork _work;
    private readonly DiskPage _disk;
    private readonly OperatorPage _operator = new();
    private readonly NetworkPage _network;
    private readonly StartingPage _starting;
    private readonly SchoolPage _school;

    /// <param name="hasZone">Whether the system knows a time zone of this name.</param>
    public FirstStartWizard(FirstStartWork work, HelperClient helper, Func<IReadOnlyList<NetworkCard>> cards, Func<string, bool> hasZone)
    {
        _work = work;
        _disk = new DiskPage(helper, () => !work.HasVolume);
        _network = new NetworkPage(cards);
        _starting = new StartingPage(helper, _network);
        _school = new SchoolPage(hasZone);
        Model = new WizardModel(Words.FirstStart.Title, _disk.Page, _operator.Page, _network.Page, _starting.Page, _school.Page, new WizardPage(Summary()));
    }

    public WizardModel Model { get; }

    /// <summary>As they are now.</summary>
    public FirstStartAnswers Answers => new(
        _work.HasVolume ? new DiskChoice(DiskUse.Volume) : _disk.Choice,
        _operator.Name,
        _operator.Password,
        new ApplianceSettings(Language.Current.Code, _school.Name, _school.Zone, _network.Settings, _work.Keyboard?.InForce),
        _starting.SettingsFor(_school.School));

    /// <summary>The same as a form, for lines.</summary>
    public static FormModel LanguageForm() =>
        new("osdeploy", [new ChoiceEntry(LanguageField, LanguageLabel, [.. Language.All.Select(one => new Choice(one.Code, one.Name))], Language.Current.Code)], FormAction.Take("OK"));

    /// <summary>Speaks as the form was answered. Called on the thread that draws.</summary>
    public static void Use(FormModel languageForm) => Language.Use(Language.Find(languageForm.Get<ChoiceEntry>(LanguageField).Value)!);

    private FormModel Summary() => new(
        Words.FirstStart.SummaryTitle,
        [
            Fact("disk", Words.FirstStart.Disk, DiskText),
            Fact("operator", Words.FirstStart.OperatorTitle, () => _operator.Name),
            Fact("network", Words.FirstStart.NetworkTitle, NetworkText),
            Fact("starting", Words.Starting.Mode, StartingText),
            Fact("school", Words.FirstStart.School, () => Printable.Of(_school.School ?? "-", 60)),
            Fact("name", Words.FirstStart.HostName, () => $"{_school.Name}, {_school.Zone}"),
            new InfoEntry("lost", () => Language.Fill(Words.FirstStart.SummaryLost, Answers.Disk.Disk?.Name)) { IsWarning = true, Applies = () => Answers.Disk.Typed is not null },
            new InfoEntry("try", () => Words.FirstStart.DiskTryWarning) { IsWarning = true, Applies = () => Answers.Disk.Use == DiskUse.None },
        ],
        new FormAction("begin", Words.FirstStart.Begin, cancel => _work.RunAsync(Answers, cancel)) { Doing = () => _work.Doing })
    {
        Help = Words.FirstStart.SummaryHelp,
    };

    private static InfoEntry Fact(string id, string label, Func<string> text) => new(id, () => $"{label}: {text()}");

    private string DiskText() => Answers.Disk switch
    {
        { Use: DiskUse.Volume } => Words.FirstStart.DiskThere,
        { Disk: { } disk } => DiskPage.Named(disk) + (disk.Serial.Length > 0 ? "  " + Printable.Of(disk.Serial, 24) : ""),
        _ => Words.FirstStart.DiskTry,
    };

    private string NetworkText()
    {
        var network = _network.Settings;
        string?[] parts = [network.Interface, network.Address ?? Words.FirstStart.WayDhcp, network.Gateway, .. network.Dns ?? []];
        return string.Join("  ", parts.OfType<string>());
    }

    private string StartingText()
    {
        var settings = Answers.Settings;
        return BootChoices.Of(settings.Mode) + (settings.RangeFirst is { } first ? $"  {first} - {settings.RangeLast}" : "");
    }
}
