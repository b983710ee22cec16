using System.Net.Sockets;
using OsDeploy.Api.Helper;

namespace OsDeploy.Tests.Boot;

/// <summary>A helper that does nothing, remembers what it was asked, and answers as a test says.</summary>
internal sealed class StubHelper : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _door = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly List<HelperRequest> _requests = [];
    private readonly Task _serving;

    public StubHelper(string socket)
    {
        _door.Bind(new UnixDomainSocketEndPoint(socket));
        _door.Listen();
        _serving = ServeAsync();
    }

    /// <summary>What a probe of the wire is answered.</summary>
    public string Neighbours { get; set; } = "";

    /// <summary>Answers instead of the usual ones; null from it: the usual one.</summary>
    public Func<HelperRequest, HelperAnswer?> Answer { get; set; } = _ => null;

    public IReadOnlyList<HelperRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _door.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var connection = await _door.AcceptAsync(_stop.Token);
                await using var stream = new NetworkStream(connection);
                var request = HelperProtocol.ParseRequest(await HelperProtocol.ReadLineAsync(stream, _stop.Token));
                lock (_requests)
                {
                    _requests.Add(request);
                }

                await stream.WriteAsync(HelperProtocol.LineOf(Answer(request) ?? new HelperAnswer(true, Data: request is DhcpProbeRequest ? Neighbours : "up")), _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
