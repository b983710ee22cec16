using System.Net;

namespace OsDeploy.Agent.Network;

/// <summary>
/// A network for a PC that does not know its appliance yet: the first card that gets an address leads to everything, until it is known what
/// to look for. Ends when it is disposed; <see cref="BootNetwork"/> then begins anew.
/// </summary>
public sealed class FirstNetwork(int? vlan, string leaseScript, TimeProvider time) : IAsyncDisposable
{
    // What a network's own names may call it.
    private const string CustomaryName = "osdeploy";
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(300);

    private readonly AskingCards _cards = new(vlan, leaseScript);
    private Lease? _lease;

    /// <summary>Returns when there is an address.</summary>
    /// <param name="say">Told what is waited for, each time that changes.</param>
    /// <param name="mayGiveUp">Where no cable is plugged in it is not waited for.</param>
    /// <returns>False: no cable is plugged in.</returns>
    public async Task<bool> ConnectAsync(Action<string> say, bool mayGiveUp, CancellationToken cancel)
    {
        var (said, begun) = ("", time.GetTimestamp());
        while (true)
        {
            var step = FirstStep.Of(await _cards.LookAsync(cancel), time.GetElapsedTime(begun));
            if (step.Use is { } first)
            {
                await BootNetwork.RouteAsync(first, null, cancel);
                Resolver.Use(first.Lease!);
                _lease = first.Lease;
                return true;
            }

            if (mayGiveUp && step.HasNoCable)
            {
                return false;
            }

            if (step.Words != said)
            {
                say(said = step.Words);
            }

            await Task.Delay(s_look, time, cancel);
        }
    }

    /// <summary>Waits as long as a link takes to come up.</summary>
    /// <returns>A cable is plugged in, or a wireless card is in its network.</returns>
    public async Task<bool> HasLinkAsync(CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            var cards = await _cards.LookAsync(cancel);
            var hasLink = cards.Any(card => card.HasCable);
            if (hasLink || FirstStep.Of(cards, time.GetElapsedTime(begun)).HasNoCable)
            {
                return hasLink;
            }

            await Task.Delay(s_look, time, cancel);
        }
    }

    /// <summary>A card is in another network than before: what it was given there is void.</summary>
    public Task ForgetAsync() => _cards.ForgetAsync();

    /// <summary>Where an appliance may be, the likeliest first: by the name that the network's own list of names has, and the DHCP server itself.</summary>
    public async Task<IReadOnlyList<string>> PlacesAsync(CancellationToken cancel) =>
        [.. await HasNameAsync(cancel) ? [CustomaryName] : Array.Empty<string>(), .. (_lease?.Servers ?? []).Select(address => address.ToString()).Distinct()];

    public async ValueTask DisposeAsync() => await _cards.ForgetAsync();

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
}
