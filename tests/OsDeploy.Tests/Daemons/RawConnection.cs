using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OsDeploy.Api;
using Xunit;

namespace OsDeploy.Tests.Daemons;

/// <summary>A TLS connection on which bytes are sent that no well-behaved program would send.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private readonly TcpClient _client;
    private readonly SslStream _stream;

    private RawConnection(TcpClient client, SslStream stream) => (_client, _stream) = (client, stream);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RawConnection> OpenAsync(TestDaemon daemon)
    {
        var client = new TcpClient();
        await client.ConnectAsync(daemon.Url.Host, daemon.Url.Port, Cancel);
        var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate is X509Certificate2 own && ServerKey.Of(own) == daemon.Key);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "osdeploy" }, Cancel);
        return new RawConnection(client, stream);
    }

    /// <summary>Sends and hears the beginning of the answer; empty if the connection was closed instead.</summary>
    public static async Task<string> TalkAsync(TestDaemon daemon, string request)
    {
        await using var connection = await OpenAsync(daemon);
        try
        {
            await connection.SendAsync(request);
            return await connection.HearAsync();
        }
        catch (IOException)
        {
            return "";
        }
    }

    public async Task SendAsync(string text)
    {
        await _stream.WriteAsync(Encoding.Latin1.GetBytes(text), Cancel);
        await _stream.FlushAsync(Cancel);
    }

    public async Task<string> HearAsync()
    {
        var answer = new byte[4096];
        return Encoding.Latin1.GetString(answer, 0, await _stream.ReadAsync(answer, Cancel));
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _client.Dispose();
    }
}
