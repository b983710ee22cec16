using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace OsDeploy.Agent.Network.Wireless;

/// <summary>
/// Speaks with the wpa_supplicant of a card over its control socket (wpa_supplicant's ctrl_iface): a request and its answer are a datagram each,
/// and events come in between. One thread at a time.
/// </summary>
internal sealed class Supplicant : IDisposable
{
    private const int MaxAnswer = 16 << 10;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static int s_count;

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly Queue<string> _events = new();
    private readonly string _own;

    private Supplicant(string own) => _own = own;

    /// <param name="path">Its socket.</param>
    /// <exception cref="UserErrorException"><c>wireless-silent</c></exception>
    public static async Task<Supplicant> OpenAsync(string path, CancellationToken cancel)
    {
        // An answer goes to the name that asked.
        var own = string.Create(CultureInfo.InvariantCulture, $"{path}-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}");
        File.Delete(own);
        var supplicant = new Supplicant(own);
        try
        {
            supplicant._socket.Bind(new UnixDomainSocketEndPoint(own));
            await supplicant._socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
            await supplicant.DoAsync("ATTACH", cancel);
            return supplicant;
        }
        catch (SocketException e)
        {
            supplicant.Dispose();
            throw AgentErrors.WirelessSilent(e);
        }
        catch
        {
            supplicant.Dispose();
            throw;
        }
    }

    /// <summary>Nothing of a request is in an error: there may be a key in it.</summary>
    /// <returns>The answer, without its last line break.</returns>
    /// <exception cref="UserErrorException"><c>wireless-silent</c></exception>
    public async Task<string> AskAsync(string request, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(s_patience);
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(request), patience.Token);
            while (true)
            {
                var text = await ReceiveAsync(patience.Token);
                if (!text.StartsWith('<'))
                {
                    return text.TrimEnd('\n');
                }

                _events.Enqueue(text);
            }
        }
        catch (SocketException e)
        {
            throw AgentErrors.WirelessSilent(e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw AgentErrors.WirelessSilent(e);
        }
    }

    /// <summary>A request that can only be granted.</summary>
    /// <exception cref="UserErrorException"><c>wireless-silent</c></exception>
    public async Task DoAsync(string request, CancellationToken cancel)
    {
        if (await AskAsync(request, cancel) != "OK")
        {
            throw AgentErrors.WirelessSilent(null);
        }
    }

    /// <summary>The next thing that happens, in order, or has happened since.</summary>
    /// <exception cref="UserErrorException"><c>wireless-silent</c></exception>
    public async Task<string> NextEventAsync(CancellationToken cancel)
    {
        try
        {
            return _events.TryDequeue(out var waiting) ? waiting : await ReceiveAsync(cancel);
        }
        catch (SocketException e)
        {
            throw AgentErrors.WirelessSilent(e);
        }
    }

    /// <summary>What has happened is of no interest any more.</summary>
    public void ForgetEvents() => _events.Clear();

    public void Dispose()
    {
        _socket.Dispose();
        File.Delete(_own);
    }

    private async Task<string> ReceiveAsync(CancellationToken cancel)
    {
        var answer = new byte[MaxAnswer];
        return Encoding.UTF8.GetString(answer, 0, await _socket.ReceiveAsync(answer, cancel));
    }
}
