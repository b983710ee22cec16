using OsDeploy.Screens.Forms;
using OsDeploy.SetUp;
using OsDeploy.Text;

namespace OsDeploy.Screens.FirstStart;

/// <summary>The questions on which card the appliance is, and with which address.</summary>
internal sealed class NetworkFields
{
    private const string ByDhcp = "dhcp";
    private const string Fixed = "fixed";

    private readonly ChoiceEntry _card;
    private readonly ChoiceEntry _way;
    private readonly TextEntry _address;
    private readonly TextEntry _gateway;
    private readonly TextEntry _dns;
    private IReadOnlyList<NetworkCard> _cards = [];
    private string? _filledFor;

    public NetworkFields()
    {
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
    }

    /// <summary>What of a network has been there before, to be changed.</summary>
    public NetworkFields(NetworkSettings now, IReadOnlyList<NetworkCard> cards)
        : this()
    {
        _cards = cards;
        (_filledFor, _card.Value, _way.Value) = (now.Interface, now.Interface, now.Address is null ? ByDhcp : Fixed);
        (_address.Value, _gateway.Value, _dns.Value) = (now.Address ?? "", now.Gateway ?? "", string.Join(' ', now.Dns ?? []));
    }

    public IReadOnlyList<FormField> Entries => [_card, _way, _address, _gateway, _dns];

    /// <summary>As they are chosen now.</summary>
    public NetworkSettings Settings => new(
        _card.Value ?? "", IsFixed() ? _address.Value : null, IsFixed() && _gateway.Value.Length > 0 ? _gateway.Value : null, IsFixed() && _dns.Value.Length > 0 ? Split(_dns.Value) : null);

    /// <summary>The address of the chosen card as it will be, or as it is by DHCP; null: not known.</summary>
    public string? Address => IsFixed() ? _address.Value : Chosen?.Address;

    public NetworkCard? Chosen => _cards.FirstOrDefault(card => card.Name == _card.Value);

    private bool IsFixed() => _way.Value == Fixed;

    /// <summary>The cards as they are now. What somebody has chosen and typed stays.</summary>
    public void Show(IReadOnlyList<NetworkCard> cards)
    {
        _cards = cards;
        _card.Value = Chosen?.Name ?? _cards[0].Name;

        // What the network says of itself is proposed, once.
        if (_filledFor is null && Chosen is { Address: { } address } known)
        {
            (_filledFor, _address.Value, _gateway.Value, _dns.Value) = (known.Name, address, known.Gateway ?? "", string.Join(' ', known.Dns));
        }
    }

    private IReadOnlyList<Choice> Options() =>
        [.. _cards.Select(card => new Choice(card.Name, HotKey.Escape(Printable.Of($"{card.Name}  {card.Mac}")), card.Address ?? (card.IsUp ? Words.FirstStart.CardNoAddress : Words.FirstStart.CardNoCable)))];

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
