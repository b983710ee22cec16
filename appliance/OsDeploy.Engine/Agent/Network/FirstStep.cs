namespace OsDeploy.Agent.Network;

/// <summary>What to do next where no appliance is known yet.</summary>
/// <param name="Use">The card that leads to everything; null: none yet.</param>
/// <param name="HasNoCable">Long enough that a link would have come up there has been none.</param>
/// <param name="Words">What is waited for.</param>
internal sealed record FirstStep(Card? Use, bool HasNoCable, string Words)
{
    // A link of a slow switch takes three seconds.
    private static readonly TimeSpan s_link = TimeSpan.FromSeconds(6);

    /// <param name="cards">As they are now, those with a cable first.</param>
    /// <param name="since">How long it has been looked for.</param>
    public static FirstStep Of(IReadOnlyList<Card> cards, TimeSpan since) => new(
        cards.FirstOrDefault(card => card is { HasCable: true, Lease: not null } && NetworkStep.IsTurnOf(card, cards, since)),
        since >= s_link && !cards.Any(card => card.HasCable),
        NetworkStep.Of(cards, "", since).Words);
}
