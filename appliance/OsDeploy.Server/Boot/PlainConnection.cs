using System.Diagnostics;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace OsDeploy.Server.Boot;

/// <summary>
/// A connection to the plain listener. GRUB's own HTTP client uses the same ports after every start of its PC and does not close its
/// connections: one that is still known here would swallow the first packet of the next start. So a connection of GRUB is waited for until
/// all has arrived, and then ended with a reset, which leaves nothing behind.
/// </summary>
internal sealed class PlainConnection
{
    private const int TcpInfo = 11; // of tcp(7)
    private const int AckedBytesAt = 120; // tcpi_bytes_acked of struct tcp_info, uapi/linux/tcp.h

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);

    private static int s_open;

    private PlainConnection()
    {
    }

    /// <summary>Connections at once; more are closed unheard.</summary>
    public const int Most = 1000;

    /// <summary>The other end is GRUB's own client.</summary>
    public bool IsGrub { get; set; }

    /// <summary>Marks what comes by this listener: nothing else of the appliance answers there.</summary>
    public static async Task RunAsync(ConnectionContext connection, ConnectionDelegate next, TimeProvider time)
    {
        try
        {
            if (Interlocked.Increment(ref s_open) <= Most)
            {
                await ServeAsync(connection, next, time);
            }
            else
            {
                connection.Abort();
            }
        }
        finally
        {
            Interlocked.Decrement(ref s_open);
        }
    }

    private static async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next, TimeProvider time)
    {
        var plain = new PlainConnection();
        connection.Features.Set(plain);
        var transport = connection.Transport;
        var output = new CountingWriter(transport.Output);
        connection.Transport = new Ends(transport.Input, output);
        try
        {
            await next(connection);
            if (plain.IsGrub && connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
            {
                await ArriveAsync(socket, output.Written, time, connection.ConnectionClosed);
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }
        }
        finally
        {
            connection.Transport = transport;
            output.LetEnd();
        }
    }

    private static async Task ArriveAsync(Socket socket, long bytes, TimeProvider time, CancellationToken closed)
    {
        var since = time.GetTimestamp();
        try
        {
            while (AckedBytes(socket) < bytes && time.GetElapsedTime(since) < s_patience)
            {
                await Task.Delay(s_look, time, closed);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is gone: nothing needs to arrive any more.
        }
    }

    private static long AckedBytes(Socket socket)
    {
        Span<byte> info = stackalloc byte[AckedBytesAt + sizeof(long)];
        var length = socket.GetRawSocketOption((int)SocketOptionLevel.Tcp, TcpInfo, info);
        return length >= info.Length ? BitConverter.ToInt64(info[AckedBytesAt..]) : throw new UnreachableException("Linux has told this since version 4.1.");
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
