using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace OsDeploy.Multicast;

/// <summary>
/// Hears a group. The kernel hands over datagrams that came close behind each other in one piece (UDP_GRO, linux/udp.h), which .NET cannot ask
/// the border of: hence a call of our own.
/// </summary>
public sealed unsafe partial class GroupSocket : IDisposable
{
    /// <summary>Room that <see cref="Receive"/> needs.</summary>
    public const int BufferSize = 64 << 10;

    private const int SocketLevel = 1;
    private const int ReceiveBufferForce = 33;
    private const int UdpLevel = 17;
    private const int UdpGro = 104;
    private const int IpLevel = 0;
    private const int MulticastAll = 49;
    private const int DontWait = 0x40;
    private const int TryAgain = 11;
    private const int Interrupted = 4;
    private const int QueueBytes = 32 << 20;
    private const int ControlSize = 64;
    private const int ControlHeader = 16; // length, level and type; the value is behind it

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly MulticastOption? _membership;

    /// <param name="group">A multicast group, or a broadcast address.</param>
    /// <param name="local">Address of the card on which it is heard.</param>
    /// <exception cref="SocketException"/>
    public GroupSocket(IPAddress group, int port, IPAddress local)
    {
        try
        {
            _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            EnlargeQueue();
            _socket.SetRawSocketOption(UdpLevel, UdpGro, BitConverter.GetBytes(1));
            if (IsMulticast(group))
            {
                _membership = new MulticastOption(group, local);
                _socket.SetRawSocketOption(IpLevel, MulticastAll, BitConverter.GetBytes(0));
                _socket.Bind(new IPEndPoint(group, port));
                _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, _membership);
            }
            else
            {
                _socket.Bind(new IPEndPoint(IPAddress.Any, port));
            }
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>Says again that this computer wants the group: a switch may have forgotten.</summary>
    public void JoinAgain()
    {
        if (_membership is not null)
        {
            _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.DropMembership, _membership);
            _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, _membership);
        }
    }

    /// <param name="size">Bytes of each datagram; the last may be shorter.</param>
    /// <returns>Bytes in all; 0: nothing came in that time.</returns>
    public int Receive(Span<byte> buffer, TimeSpan patience, out int size)
    {
        size = 0;
        var control = stackalloc byte[ControlSize];
        fixed (byte* data = buffer)
        {
            var piece = new IoVector { Base = data, Length = (nuint)buffer.Length };
            for (var isAgain = false; ; isAgain = true)
            {
                var message = new MessageHeader { Pieces = &piece, PieceCount = 1, Control = control, ControlLength = ControlSize };
                var received = recvmsg(_socket.SafeHandle, ref message, DontWait);
                if (received > 0)
                {
                    size = SizeOf(message, control) ?? (int)received;
                    return (int)received;
                }

                var error = received == 0 ? 0 : Marshal.GetLastPInvokeError();
                if (error is not (0 or TryAgain or Interrupted))
                {
                    throw new SocketException(error);
                }

                if (isAgain || !_socket.Poll(patience, SelectMode.SelectRead))
                {
                    return 0;
                }
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsMulticast(IPAddress address) => address.GetAddressBytes()[0] is >= 224 and < 240;

    private static int? SizeOf(in MessageHeader message, byte* control)
    {
        for (var at = 0; at + ControlHeader + sizeof(int) <= (int)message.ControlLength;)
        {
            var length = (int)*(nuint*)(control + at);
            var (level, type) = (*(int*)(control + at + sizeof(nuint)), *(int*)(control + at + sizeof(nuint) + sizeof(int)));
            if (level == UdpLevel && type == UdpGro)
            {
                return *(int*)(control + at + ControlHeader);
            }

            at += Math.Max(ControlHeader, (length + sizeof(nuint) - 1) / sizeof(nuint) * sizeof(nuint));
        }

        return null;
    }

    // What the system allows, unless this process may ask for more.
    private void EnlargeQueue()
    {
        try
        {
            _socket.SetRawSocketOption(SocketLevel, ReceiveBufferForce, BitConverter.GetBytes(QueueBytes));
        }
        catch (SocketException)
        {
            _socket.ReceiveBufferSize = QueueBytes;
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recvmsg(SafeSocketHandle socket, ref MessageHeader message, int flags);

    [StructLayout(LayoutKind.Sequential)]
    private struct IoVector
    {
        public byte* Base;
        public nuint Length;
    }

    // struct msghdr of 64-bit Linux
    [StructLayout(LayoutKind.Sequential)]
    private struct MessageHeader
    {
        public void* Name;
        public uint NameLength;
        public IoVector* Pieces;
        public nuint PieceCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
    }
}
