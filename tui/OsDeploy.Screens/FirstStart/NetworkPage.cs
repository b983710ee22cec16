using OsDeploy.Screens.Forms;
using OsDeploy.SetUp;
using OsDeploy.Text;

namespace OsDeploy.Screens.FirstStart;

/// <summary>On which card the appliance is, and with which address.</summary>
internal sealed class NetworkPage
{
    private const string ByDhcp = "dhcp";
    private const string Fixed = "fixed";

    private readonly Func<IReadOnlyList<NetworkCard>> _look;
    private readonly ChoiceEntry _card;
    private readonly ChoiceEntry _way;
    private readonly TextEntry _address;
    private readonly TextEntry _gateway;
    private readonly TextEntry _dns;
    private IReadOnlyList<NetworkCard> _cards = [];
    private string? _filledFor;

    public NetworkPage(Func<IReadOnlyList<NetworkCard>> look)
    {
        _look = look;
        _card = new ChoiceEntry("card", Words.FirstStart.Card, Options) { Help = Words.FirstStart.CardHelp };
        _way = new ChoiceEntry("way", Words.FirstStart.Way, [new Choice(ByDhcp, Words.FirstStart.WayDhcp), new Choice(Fixed, Words.FirstStart.WayFixed)], ByDhcp) { Help = Words.FirstStart.WayHelp };
        _address = new TextEntry("address", Words.FirstStart.Address) { IsRequired = true, Applies = IsFixed, Rule = text => NetworkSettings.IsAddress(text) ? null : Words.FirstStart.AddressRule };
        _gateway = new TextEntry("gateway", Words.Starting.Router)
        {
            Applies = IsFixed,
            Rule = text => NetworkSettings.IsGateway(text, _address.Value) ? null : Words.FirstStart.GatewayRule,
            Help = Words.FirstStart.GatewayRule,
        };
        _dns = new TextEntry("dns", Words.Starting.Dns) { Applies = IsFixed, Rule = text => Split(text) is { Length: <= 4 } some && some.All(NetworkSettings.IsPlainAddress) ? null : Words.FirstStart.DnsRule };
        Page = new WizardPage(
            new FormModel(Words.FirstStart.NetworkTitle, [_card, _way, _address, _gateway, _dns], FormAction.Take(Words.Common.Next)) { Help = Words.FirstStart.WayHelp }, Prepare: LookAsync);
    }

    public WizardPage Page { get; }

    /// <summary>As they are chosen now.</summary>
    public NetworkSettings Settings => new(
        _card.Value ?? "", IsFixed() ? _address.Value : null, IsFixed() && _gateway.Value.Length > 0 ? _gateway.Value : null, IsFixed() && _dns.Value.Length > 0 ? Split(_dns.Value) : null);

    /// <summary>The address of the chosen card as it will be, or as it is by DHCP; null: not known.</summary>
    public string? Address => IsFixed() ? _address.Value : Chosen?.Address;

    public NetworkCard? Chosen => _cards.FirstOrDefault(card => card.Name == _card.Value);

    private bool IsFixed() => _way.Value == Fixed;

    private Task LookAsync(CancellationToken cancel)
    {
        _cards = _look();
        if (_cards.Count == 0)
        {
            throw FirstStartErrors.NoCard();
        }

        _card.Value = Chosen?.Name ?? _cards[0].Name;

        // What the network says of itself is proposed, once: what somebody has typed stays.
        if (_filledFor is null && Chosen is { Address: { } address } known)
        {
            (_filledFor, _address.Value, _gateway.Value, _dns.Value) = (known.Name, address, known.Gateway ?? "", string.Join(' ', known.Dns));
        }

        return Task.CompletedTask;
    }

    private IReadOnlyList<Choice> Options() =>
        [.. _cards.Select(card => new Choice(card.Name, HotKey.Escape(Printable.Of($"{card.Name}  {card.Mac}")), card.Address ?? (card.IsUp ? Words.FirstStart.CardNoAddress : Words.FirstStart.CardNoCable)))];

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
