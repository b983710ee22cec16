using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Console.Network;

/// <summary>Who leads computers here: beside the school's DHCP server, or as one, and on which card.</summary>
internal sealed class ServiceForm
{
    private const int LeastMinutes = 2;
    private const int MostMinutes = 10_080;

    private readonly ChoiceEntry _mode;
    private readonly ChoiceEntry _interface;
    private readonly TextEntry _first;
    private readonly TextEntry _last;
    private readonly NumberEntry _lease;
    private readonly TextEntry _router;
    private readonly TextEntry _dns;
    private readonly CheckEntry _reservations;

    public ServiceForm(ConsoleContext context, BootSettingsView view, BootState state)
    {
        var before = view.Settings;
        _mode = new ChoiceEntry("mode", Words.Starting.Mode, BootChoices.Modes, before.Mode.ToString()) { Help = Words.Starting.ModeHelp };
        _interface = new ChoiceEntry("interface", Words.Starting.Interface, BootChoices.Cards(state.Cards, before.Interface), before.Interface.Length > 0 ? before.Interface : null)
        {
            Applies = () => Mode != BootMode.Off,
            Help = Words.Starting.InterfaceHelp,
        };
        _first = Text("first", Words.Starting.First, before.RangeFirst, Words.Starting.RangeHelp, isRequired: true);
        _last = Text("last", Words.Starting.Last, before.RangeLast, Words.Starting.RangeHelp, isRequired: true);
        _lease = new NumberEntry("lease", Words.Starting.Lease, before.LeaseMinutes, LeastMinutes, MostMinutes) { Applies = IsServer };
        _router = Text("router", Words.Starting.Router, before.Router, Words.Starting.RouterHelp);
        _dns = new TextEntry("dns", Words.Starting.Dns, string.Join(' ', before.Dns)) { Applies = IsServer, Rule = text => Split(text).All(BootChoices.IsAddress) ? null : Words.Starting.AddressRule, Help = Words.Starting.DnsHelp };
        _reservations = new CheckEntry("reservations", Words.Starting.Reservations, before.Reservations) { Applies = IsServer, Help = Words.Starting.ReservationsHelp };
        Draft = new BootDraft(context, view, Words.Starting.ServiceTitle, Words.Starting.ServiceHelp, [_mode, _interface, _first, _last, _lease, _router, _dns, _reservations], Apply, Command);
    }

    public BootDraft Draft { get; }

    private BootMode Mode => Enum.Parse<BootMode>(_mode.Value!);

    private bool IsServer() => Mode == BootMode.Dhcp;

    private TextEntry Text(string id, string label, string? before, string help, bool isRequired = false) =>
        new(id, label, before ?? "") { IsRequired = isRequired, Applies = IsServer, Rule = BootChoices.AddressRule, Help = help };

    private BootSettings Apply(BootSettings now) => now with
    {
        Mode = _mode.IsChanged ? Mode : now.Mode,
        Interface = IsAnew(_interface) ? _interface.Value! : now.Interface,
        RangeFirst = IsAnew(_first) ? _first.Value : now.RangeFirst,
        RangeLast = IsAnew(_last) ? _last.Value : now.RangeLast,
        LeaseMinutes = IsAnew(_lease) ? _lease.Value : now.LeaseMinutes,
        Router = IsAnew(_router) ? _router.Value is { Length: > 0 } router ? router : null : now.Router,
        Dns = IsAnew(_dns) ? Split(_dns.Value) : now.Dns,
        Reservations = IsAnew(_reservations) ? _reservations.Value : now.Reservations,
    };

    private CommandLine Command()
    {
        var line = new CommandLine("boot", "set")
            .Option("--mode", _mode.IsChanged ? ApiWord.Of(Mode) : null)
            .Option("--interface", IsAnew(_interface) ? _interface.Value : null)
            .Option("--range", IsAnew(_first) || IsAnew(_last) ? $"{_first.Value}-{_last.Value}" : null)
            .Option("--lease", IsAnew(_lease) ? _lease.Value.ToString(CultureInfo.InvariantCulture) : null)
            .Option("--router", IsAnew(_router) ? _router.Value : null)
            .Option("--reservations", IsAnew(_reservations) ? _reservations.Value ? BootChoices.Yes : BootChoices.No : null);
        var servers = IsAnew(_dns) ? Split(_dns.Value).DefaultIfEmpty("") : [];
        return servers.Aggregate(line, (all, server) => all.With("--dns", server));
    }

    // What is not asked stays as it was, whatever was typed before the mode was another.
    private static bool IsAnew(FormField field) => field is { IsAsked: true, IsChanged: true };

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
