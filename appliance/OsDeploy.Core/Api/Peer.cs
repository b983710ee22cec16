using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace OsDeploy.Api;

/// <summary>Who is at the other end of a Unix socket, as the kernel saw it when the connection was made (unix(7), SO_PEERCRED).</summary>
/// <param name="User">Effective user id.</param>
public readonly record struct Peer(int Process, uint User)
{
    private const int SocketLevel = 1; // SOL_SOCKET of x86 and ARM
    private const int PeerCredentials = 17; // SO_PEERCRED of x86 and ARM

    /// <exception cref="SocketException">The kernel does not say.</exception>
    public static Peer Of(Socket connection)
    {
        // struct ucred: pid, uid, gid, each of 32 bits.
        Span<int> credentials = stackalloc int[3];
        var length = connection.GetRawSocketOption(SocketLevel, PeerCredentials, MemoryMarshal.AsBytes(credentials));
        return length == sizeof(int) * credentials.Length
            ? new Peer(credentials[0], (uint)credentials[1])
            : throw new SocketException((int)SocketError.ProtocolOption);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"user {User}, process {Process}");
}
