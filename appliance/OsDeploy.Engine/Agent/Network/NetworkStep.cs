using OsDeploy.Text;

namespace OsDeploy.Agent.Network;

/// <summary>What to do next on the way to the appliance, and what to tell whoever looks on.</summary>
/// <param name="Ask">The card over which the appliance is to be asked; null: none.</param>
/// <param name="Keep">The card over which it has answered; null: none has.</param>
/// <param name="Words">One sentence.</param>
internal sealed record NetworkStep(string? Ask, string? Keep, string Words)
{
    // A link takes seconds to come up, and a DHCP server to answer: nobody has to look at a cable for that.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(12);

    /// <summary>A cable that is plugged in comes before a network in the air, if its DHCP server answers soon.</summary>
    public static bool IsTurnOf(Card card, IReadOnlyList<Card> cards, TimeSpan since) =>
        !card.IsWireless || since >= s_patience || !cards.Any(other => other is { IsWireless: false, HasCable: true, Lease: null });

    /// <param name="cards">As they are now.</param>
    /// <param name="server">As the boot parameters name it.</param>
    /// <param name="since">How long it has been looked for.</param>
    public static NetworkStep Of(IReadOnlyList<Card> cards, string server, TimeSpan since)
    {
        if (cards.FirstOrDefault(card => card.Answer == Answer.Yes) is { } kept)
        {
            return new(null, kept.Name, $"Network: {NameOf(kept)} with the address {kept.Lease?.Address}.");
        }

        if (cards.FirstOrDefault(card => card is { HasCable: true, Lease: not null, Answer: Answer.Unasked } && IsTurnOf(card, cards, since)) is { } next)
        {
            return new(next.Name, null, $"Asking the server {Printable.Of(server)} over {NameOf(next)}.");
        }

        return new(null, null, WaitingFor(cards, server, since < s_patience));
    }

    // The furthest that any card has come says best what is missing.
    private static string WaitingFor(IReadOnlyList<Card> cards, string server, bool isEarly)
    {
        if (cards.FirstOrDefault(card => card.Answer == Answer.Other) is { } other)
        {
            return $"What answers at {Printable.Of(server)} over {NameOf(other)} is not the server that started this computer. It is asked again.";
        }

        if (cards.FirstOrDefault(card => card is { HasCable: true, Lease: not null, Answer: Answer.None }) is { } silent)
        {
            return $"The server {Printable.Of(server)} does not answer. {NameOf(silent)} has the address {silent.Lease?.Address}. It is asked again.";
        }

        if (isEarly)
        {
            return cards.Count > 0 ? $"Asking for an address on {NamesOf(cards)}." : "Looking for network cards.";
        }

        if (cards.Any(card => card.HasCable))
        {
            return $"No DHCP server answers on {NamesOf(cards.Where(card => card.HasCable))}. It is asked again and again.";
        }

        if (cards.Any(card => card.IsWireless))
        {
            return $"{NamesOf(cards.Where(card => card.IsWireless))} is in no Wi-Fi network now, and no network cable is plugged in. It is tried again.";
        }

        return cards.Count > 0
            ? $"No network cable: {NamesOf(cards)} has no link. Look at the cable and the switch."
            : "This computer shows no wired network card that is known here. Plug in a network adapter for USB, or report the model.";
    }

    private static string NamesOf(IEnumerable<Card> cards) => string.Join(", ", cards.Select(NameOf));

    private static string NameOf(Card card) => Printable.Of(card.Name);
}
