using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OsDeploy.Tests.Agent.Network.Wireless;

/// <summary>A control socket that answers each request as a table says, events first.</summary>
internal sealed class ScriptedSupplicant : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _answering;

    /// <param name="answer">What is sent back for a request, in order.</param>
    public ScriptedSupplicant(string path, Func<string, IEnumerable<string>> answer)
    {
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        _answering = AnswerAsync(answer);
    }

    public List<string> Asked { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _answering.ContinueWith(_ => { }, TaskScheduler.Default);
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task AnswerAsync(Func<string, IEnumerable<string>> answer)
    {
        var request = new byte[4096];
        while (true)
        {
            var received = await _socket.ReceiveFromAsync(request, new UnixDomainSocketEndPoint("/nobody"), _stop.Token);
            var text = Encoding.UTF8.GetString(request, 0, received.ReceivedBytes);
            Asked.Add(text);
            foreach (var line in answer(text))
            {
                await _socket.SendToAsync(Encoding.UTF8.GetBytes(line), SocketFlags.None, (EndPoint)received.RemoteEndPoint, _stop.Token);
            }
        }
    }
}
