using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Carousels;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Settings;

/// <summary>How many hosts are served at once.</summary>
internal sealed class MulticastForm
{
    private const int LeastPort = 1024;
    private const int MostPort = 65_520;
    private const int MostTtl = 32;
    private const int LongestAddress = 15;

    private readonly MulticastSettings _now;
    private readonly ChoiceEntry _mode;
    private readonly TextEntry _card;
    private readonly TextEntry _group;
    private readonly NumberEntry _port;
    private readonly NumberEntry _ttl;
    private readonly TextEntry _limit;
    private readonly CheckEntry _querier;

    public MulticastForm(ConsoleContext context, MulticastSettings now)
    {
        _now = now;
        _mode = new ChoiceEntry(
            "mode",
            Carousels.Mode,
            [new Choice(nameof(MulticastMode.Multicast), "Multicast"), new Choice(nameof(MulticastMode.Broadcast), "Broadcast"), new Choice(nameof(MulticastMode.Off), Carousels.TransferUnicast)],
            now.Mode.ToString())
        {
            Help = Carousels.ModeHelp,
        };
        _card = new TextEntry("interface", Carousels.Card, now.Interface ?? "") { MaxLength = LongestAddress, Help = Carousels.CardHelp, Applies = IsOn };
        _group = new TextEntry("group", Carousels.Group, now.Group) { IsRequired = true, MaxLength = LongestAddress, Help = Carousels.GroupHelp, Applies = IsMulticast };
        _port = new NumberEntry("port", Carousels.Port, now.Port, LeastPort, MostPort) { Help = Carousels.GroupHelp, Applies = IsOn };
        _ttl = new NumberEntry("ttl", Carousels.Ttl, now.Ttl, 1, MostTtl) { Help = Carousels.TtlHelp, Applies = IsMulticast };
        _limit = new TextEntry("limit", Carousels.SendLimit, now.MostBytesPerSecond == 0 ? "" : ByteRate.WordOf(now.MostBytesPerSecond)) { Help = Carousels.SendLimitHelp, Applies = IsOn, Rule = text => RateOf(text) is null ? Carousels.LimitRule : null };
        _querier = new CheckEntry("querier", Carousels.Querier, now.Querier) { Help = Carousels.QuerierHelp, Applies = IsMulticast };
        Model = new FormModel(
            Carousels.SettingsTitle,
            [_mode, _card, _group, _port, _ttl, _limit, _querier],
            new FormAction("save", Common.Save, cancel => context.Session.CallAsync(CarouselApi.ChangeSettings, Wanted, cancel)))
        {
            Help = Carousels.ModeHelp,
            Equivalent = () => [Command],
        };
    }

    public FormModel Model { get; }

    // What does not apply stays as it was.
    private MulticastSettings Wanted => new(
        Enum.Parse<MulticastMode>(_mode.Value!),
        _card.Value.Length == 0 ? null : _card.Value,
        _group.Value,
        _port.Value,
        _ttl.Value,
        RateOf(_limit.Value) ?? _now.MostBytesPerSecond,
        _querier.Value);

    private CommandLine Command => new CommandLine("carousel", "settings")
        .Option("--mode", _mode is { IsChanged: true, Value: { } mode } ? ApiWord.Of(Enum.Parse<MulticastMode>(mode)) : null)
        .Option("--interface", _card.IsChanged ? _card.Value : null)
        .Option("--group", _group.IsChanged ? _group.Value : null)
        .Option("--port", _port.IsChanged ? _port.Value.ToString(CultureInfo.InvariantCulture) : null)
        .Option("--ttl", _ttl.IsChanged ? _ttl.Value.ToString(CultureInfo.InvariantCulture) : null)
        .Option("--limit", _limit.IsChanged && RateOf(_limit.Value) is { } rate ? ByteRate.WordOf(rate) : null)
        .Option("--querier", _querier.IsChanged ? _querier.Value ? "on" : "off" : null);

    private bool IsOn() => _mode.Value != nameof(MulticastMode.Off);

    private bool IsMulticast() => _mode.Value == nameof(MulticastMode.Multicast);

    /// <returns>Null: it is none.</returns>
    private static long? RateOf(string text) => text.Trim().Length == 0 ? 0 : ByteRate.TryParse(text, out var rate) ? rate : null;
}
