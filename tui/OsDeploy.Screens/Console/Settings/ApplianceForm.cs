using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Screens.FirstStart;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.SetUp;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Settings;

/// <summary>Network, name, time zone and language of an appliance that was started from its own medium.</summary>
internal sealed class ApplianceForm
{
    private readonly ApplianceSettings _now;
    private readonly NetworkFields _network;
    private readonly TextEntry _name;
    private readonly TextEntry _zone;
    private readonly ChoiceEntry _language;
    private readonly ChoiceEntry _keyboard;

    public ApplianceForm(ConsoleContext context, ApplianceSettingsView view)
    {
        _now = view.Settings;
        _network = new NetworkFields(_now.Network, view.Cards);
        _name = new TextEntry("name", Words.FirstStart.HostName, _now.HostName) { IsRequired = true, Rule = text => ComputerName.TryParse(text, out _) ? null : Common.ComputerNameRule };
        _zone = new TextEntry("zone", Words.FirstStart.Zone, _now.TimeZone) { IsRequired = true, Rule = text => ApplianceSettings.IsZone(text) ? null : Words.FirstStart.ZoneRule, Help = Words.FirstStart.ZoneRule };
        _language = new ChoiceEntry("language", Words.Settings.OwnLanguage, [.. Language.All.Select(one => new Choice(one.Code, one.Name))], _now.Language) { Help = Words.Settings.OwnLanguageHelp };
        _keyboard = new ChoiceEntry("keyboard", Words.Settings.OwnKeyboard, [.. ApplianceSettings.Keyboards.Select(name => new Choice(name, name))], _now.Keyboard) { Help = Words.Settings.OwnLanguageHelp };
        Model = new FormModel(
            Words.Settings.Own,
            [.. _network.Entries, _name, _zone, _language, _keyboard, new InfoEntry("trial", () => Words.Settings.OwnTrial) { IsWarning = true, Applies = () => IsOtherNetwork }],
            new FormAction("save", Common.Save, async cancel => Answer = await context.Session.CallAsync(SettingsApi.Change, Wanted, cancel)))
        {
            Help = Words.Settings.OwnHelp,
            Equivalent = () => [Command],
        };
    }

    public FormModel Model { get; }

    /// <summary>What holds now; null: nothing was changed yet.</summary>
    public ApplianceSettingsView? Answer { get; private set; }

    private ApplianceSettings Wanted => new(_language.Value!, _name.Value, _zone.Value, _network.Settings, _keyboard.Value);

    private bool IsOtherNetwork => !_network.Settings.IsSameAs(_now.Network);

    private CommandLine Command
    {
        get
        {
            var (line, network) = (new CommandLine("appliance", "settings"), _network.Settings);
            line = line
                .Option("--host-name", _name.IsChanged ? _name.Value : null)
                .Option("--time-zone", _zone.IsChanged ? _zone.Value : null)
                .Option("--language", _language.IsChanged ? _language.Value : null)
                .Option("--keyboard", _keyboard.IsChanged ? _keyboard.Value : null);
            return IsOtherNetwork
                ? line.Option("--interface", network.Interface).Option("--address", network.Address ?? "dhcp").Option("--gateway", network.Gateway).With(network.Dns is { Count: > 0 } dns ? ["--dns", .. dns] : [])
                : line;
        }
    }
}
