using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using OsDeploy.Api;

namespace OsDeploy.Cli.Login;

/// <summary>Reads the key of a server nobody here knows yet, by a TLS handshake that sends nothing.</summary>
internal static class ServerProbe
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <exception cref="UserErrorException"><c>server-unreachable</c></exception>
    public static async Task<ServerKey> ReadKeyAsync(Uri server, TimeProvider clock, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(s_patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            return await HandshakeAsync(server, either.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException)
        {
            throw ServerErrors.ServerUnreachable(server.GetLeftPart(UriPartial.Authority), e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw ServerErrors.ServerUnreachable(server.GetLeftPart(UriPartial.Authority), e);
        }
    }

    private static async Task<ServerKey> HandshakeAsync(Uri server, CancellationToken cancel)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.IdnHost, server.Port, cancel);
        await using var stream = new SslStream(connection.GetStream());
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = server.IdnHost,

            // Looked at, not trusted: a person compares it with the appliance's console before anything is sent.
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        };
        await stream.AuthenticateAsClientAsync(options, cancel);
        return stream.RemoteCertificate is X509Certificate2 shown ? ServerKey.Of(shown) : throw new AuthenticationException("It shows no certificate.");
    }
}
