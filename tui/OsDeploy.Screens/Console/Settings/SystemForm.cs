using OsDeploy.Api.Appliance;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Settings;

/// <summary>Which version of osdeploy the appliance runs, and what it can be told to run instead.</summary>
internal sealed class SystemForm
{
    private const string Update = "update";
    private const string Back = "fallback";

    private readonly SystemState _state;
    private readonly ChoiceEntry _what;

    public SystemForm(SystemChange change, SystemState state)
    {
        _state = state;
        _what = new ChoiceEntry("what", Systems.What, Options()) { Applies = () => state.Place == SystemPlace.Disk };
        var word = PowerActionJson.WordOf(PowerAction.Restart);
        FormField[] fields =
        [
            new InfoEntry("running", () => Language.Fill(Systems.Running, NameOf(state.Version, state.IsDevelopment))),
            .. state.Slots.Select(slot => new InfoEntry("slot-" + slot.Name, () => Language.Fill(Systems.Place, slot.Name.ToUpperInvariant(), TextOf(slot)))),
            new InfoEntry("medium", () => Systems.FromMedium) { Applies = () => state.Place == SystemPlace.Medium },
            new InfoEntry("other", () => Systems.FromOther) { Applies = () => state.Place == SystemPlace.Other },
            _what,
            new InfoEntry("restarts", () => Systems.Restarts) { IsWarning = true, Applies = () => state.Place == SystemPlace.Disk },
            .. state.Place == SystemPlace.Disk ? (FormField[])[Confirmation.Demand(() => word), Confirmation.Field(() => word)] : [],
        ];
        Model = state.Place != SystemPlace.Disk
            ? new FormModel(Systems.Title, fields) { Help = Systems.Help }
            : new FormModel(Systems.Title, fields, new FormAction("write", Systems.Act, cancel => _what.Value == Back ? change.FallBackAsync(state.Other?.Version, cancel) : change.UpdateAsync(cancel)) { IsDestructive = true, Doing = () => change.Doing })
            {
                Help = Systems.Help,
                Equivalent = () => [_what.Value == Back ? new CommandLine("system", "fallback", "--restart") : new CommandLine("system", "update", "--medium", "--restart")],
            };
    }

    public FormModel Model { get; }

    private Choice[] Options() =>
    [
        new Choice(Update, Systems.Update),
        .. _state.Other?.Version is { } before ? (Choice[])[new Choice(Back, Language.Fill(Systems.FallBack, Printable.Of(before, 60)))] : [],
    ];

    private static string TextOf(SystemSlot slot)
    {
        string?[] parts = [slot.Version is { } version ? NameOf(version, slot.IsDevelopment) : Systems.Empty, slot.IsNext ? Systems.Tried : null, slot.IsLasting && !slot.IsNext ? Systems.Lasting : null];
        return string.Join(", ", parts.OfType<string>());
    }

    private static string NameOf(string version, bool isDevelopment) =>
        version.Length == 0 ? "osdeploy" : Printable.Of(version, 60) + (isDevelopment ? $" ({Systems.Development})" : "");
}
