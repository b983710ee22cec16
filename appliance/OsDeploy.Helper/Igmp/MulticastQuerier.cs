using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using OsDeploy.Text;

namespace OsDeploy.Helper.Igmp;

/// <summary>
/// Asks on network cards who wants which group, once a minute. A switch that looks at IGMP learns from the answers where streams go to, and
/// forgets it after a few minutes in which nobody asks.
/// </summary>
/// <param name="log">Takes one line, from any thread.</param>
internal sealed class MulticastQuerier(TimeProvider time, Action<string> log) : IAsyncDisposable
{
    private const int SocketLevel = 1; // SOL_SOCKET of x86 and ARM
    private const int BindToDevice = 25; // SO_BINDTODEVICE

    private static readonly TimeSpan s_period = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _changing = new(1);
    private readonly Dictionary<string, (CancellationTokenSource Stop, Task Run)> _cards = [];

    /// <summary>Begins with a first question, or ends. Being told twice changes nothing.</summary>
    /// <exception cref="UserErrorException"><c>interface-missing</c>, <c>interface-no-address</c>, <c>igmp-query-failed</c></exception>
    public async Task SetAsync(string card, bool isOn, CancellationToken cancel)
    {
        await _changing.WaitAsync(cancel);
        try
        {
            if (!isOn)
            {
                await EndAsync(card);
            }
            else if (!_cards.ContainsKey(card))
            {
                Ask(card);
                var stop = new CancellationTokenSource();
                _cards[card] = (stop, KeepAsync(card, stop.Token));
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var card in _cards.Keys.ToList())
        {
            await EndAsync(card);
        }

        _changing.Dispose();
    }

    private async Task EndAsync(string card)
    {
        if (_cards.Remove(card, out var asking))
        {
            await asking.Stop.CancelAsync();
            await asking.Run;
            asking.Stop.Dispose();
        }
    }

    // Ends only by cancellation: a card that is down now is up again later.
    private async Task KeepAsync(string card, CancellationToken stop)
    {
        try
        {
            using var timer = new PeriodicTimer(s_period, time);
            while (await timer.WaitForNextTickAsync(stop))
            {
                TryAsk(card);
            }
        }
        catch (OperationCanceledException)
        {
            // It was told to stop.
        }
    }

    private void TryAsk(string card)
    {
        try
        {
            Ask(card);
        }
        catch (UserErrorException e)
        {
            log($"{Printable.Of(e.Message)} [{e.Code}]");
        }
    }

    private static void Ask(string name)
    {
        var card = NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(card => card.Name == name) ?? throw Errors.InterfaceMissing(name);
        var own = card.GetIPProperties().UnicastAddresses.Select(one => one.Address).FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork)
            ?? throw Errors.InterfaceWithoutAddress(name);
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Igmp);
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.HeaderIncluded, optionValue: true);
            socket.SetRawSocketOption(SocketLevel, BindToDevice, Encoding.ASCII.GetBytes(name + "\0"));
            socket.SendTo(IgmpQuery.PacketFrom(own), new IPEndPoint(IgmpQuery.AllSystems, 0));
        }
        catch (SocketException e)
        {
            throw Errors.QueryFailed(name, e);
        }
    }
}
