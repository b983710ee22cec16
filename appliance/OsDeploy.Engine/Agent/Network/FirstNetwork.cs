using System.Net;

namespace OsDeploy.Agent.Network;

/// <summary>
/// A network for a PC that does not know its appliance yet: the first wired card that gets an address leads to everything, until it is known what
/// to look for. Ends when it is disposed; <see cref="BootNetwork"/> then begins anew.
/// </summary>
public sealed class FirstNetwork(int? vlan, string leaseScript, TimeProvider time) : IAsyncDisposable
{
    // What a network's own names may call it.
    private const string CustomaryName = "osdeploy";
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(300);

    private readonly CardFolder _folder = new("/sys/class/net", vlan);
    private readonly Dictionary<string, DhcpAsking> _asking = [];
    private Lease? _lease;

    /// <summary>Returns when there is an address.</summary>
    /// <param name="say">Told what is waited for, each time that changes.</param>
    public async Task ConnectAsync(Action<string> say, CancellationToken cancel)
    {
        var (said, begun) = ("", time.GetTimestamp());
        while (true)
        {
            var cards = await LookAsync(cancel);
            if (cards.FirstOrDefault(card => card is { HasCable: true, Lease: not null }) is { } first)
            {
                await BootNetwork.RouteAsync(first, null, cancel);
                Resolver.Use(first.Lease!);
                _lease = first.Lease;
                return;
            }

            var words = NetworkStep.Of(cards, "", time.GetElapsedTime(begun)).Words;
            if (words != said)
            {
                say(said = words);
            }

            await Task.Delay(s_look, time, cancel);
        }
    }

    /// <summary>Where an appliance may be, the likeliest first: by the name that the network's own list of names has, and the DHCP server itself.</summary>
    public async Task<IReadOnlyList<string>> PlacesAsync(CancellationToken cancel) =>
        [.. await HasNameAsync(cancel) ? [CustomaryName] : Array.Empty<string>(), .. (_lease?.Servers ?? []).Select(address => address.ToString()).Distinct()];

    public async ValueTask DisposeAsync()
    {
        foreach (var asking in _asking.Values)
        {
            await asking.DisposeAsync();
        }

        _asking.Clear();
    }

    private static async Task<bool> HasNameAsync(CancellationToken cancel)
    {
        try
        {
            return (await Dns.GetHostAddressesAsync(CustomaryName, cancel)).Length > 0;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<Card>> LookAsync(CancellationToken cancel)
    {
        var cards = new List<Card>();
        foreach (var name in await _folder.ReadyAsync(cancel))
        {
            if (!_asking.TryGetValue(name, out var asking) || asking.HasEnded)
            {
                _asking[name] = asking = DhcpAsking.Begin(name, leaseScript);
            }

            cards.Add(new Card(name, _folder.HasCable(name), asking.Lease, Answer.Unasked));
        }

        return cards;
    }
}
