namespace OsDeploy.Agent.Network;

/// <summary>The network cards of this computer, each of which asks for an address from the moment it is ready.</summary>
internal sealed class AskingCards(int? vlan, string leaseScript)
{
    private readonly Dictionary<string, DhcpAsking> _asking = [];

    public CardFolder Folder { get; } = new(CardFolder.Usual, vlan);

    /// <summary>Those that are ready now, with what they were given so far. A new one begins to ask.</summary>
    public async Task<IReadOnlyList<Card>> LookAsync(CancellationToken cancel)
    {
        var cards = new List<Card>();
        foreach (var name in await Folder.ReadyAsync(cancel))
        {
            if (!_asking.TryGetValue(name, out var asking) || asking.HasEnded)
            {
                _asking[name] = asking = DhcpAsking.Begin(name, leaseScript);
            }

            cards.Add(new Card(name, Folder.HasCable(name), asking.Lease, IsWireless: Folder.IsWireless(name)));
        }

        return cards;
    }

    /// <summary>What they were given is void, and they ask anew at the next look.</summary>
    public async Task ForgetAsync()
    {
        foreach (var asking in _asking.Values)
        {
            await asking.DisposeAsync();
        }

        _asking.Clear();
    }

    /// <summary>Switches all others off.</summary>
    public async Task KeepAsync(string kept, CancellationToken cancel)
    {
        foreach (var (name, asking) in _asking.Where(other => other.Key != kept).ToList())
        {
            _asking.Remove(name);
            await asking.DisposeAsync();
            await CardFolder.SwitchOffAsync(name, cancel);
        }
    }
}
