using System.Net;
using System.Net.Sockets;
using OsDeploy.Api.Carousels;

namespace OsDeploy.Server.Multicast;

/// <summary>Sends datagrams to a group. Many of one size leave in one call, cut apart by the kernel or the card (UDP_SEGMENT, linux/udp.h).</summary>
internal sealed class DatagramSocket : IDisposable
{
    /// <summary>Bytes of one call: the largest UDP payload there is, in whole Ethernet frames.</summary>
    public const int MaxBurst = 44 * 1472;

    private const int Eio = 5;
    private const int UdpLevel = 17;
    private const int UdpSegment = 103;
    private const int BufferBytes = 1 << 20;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[] _size = new byte[sizeof(int)];
    private int _segment;
    private bool _isCut = true;

    /// <param name="local">Address of the card to send from.</param>
    public DatagramSocket(IPAddress local, IPEndPoint target, MulticastSettings settings)
    {
        try
        {
            _socket.SendBufferSize = BufferBytes;
            if (settings.Mode == MulticastMode.Broadcast)
            {
                _socket.EnableBroadcast = true;
            }
            else
            {
                _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, local.GetAddressBytes());
                _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, settings.Ttl);
            }

            _socket.Bind(new IPEndPoint(local, 0));
            _socket.Connect(target);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>Blocks while the card is busy: that is what keeps a rate above its own from being lost.</summary>
    /// <param name="datagrams">Datagrams of <paramref name="size"/> bytes each; the last may be shorter.</param>
    /// <exception cref="SocketException">The card is gone, or has no way to the target.</exception>
    public void Send(ReadOnlySpan<byte> datagrams, int size)
    {
        if (_isCut && TrySendCut(datagrams, size))
        {
            return;
        }

        for (var sent = 0; sent < datagrams.Length; sent += size)
        {
            _socket.Send(datagrams.Slice(sent, Math.Min(size, datagrams.Length - sent)));
        }
    }

    public void Dispose() => _socket.Dispose();

    // Also for one alone: a size that was set for others would cut it apart.
    private bool TrySendCut(ReadOnlySpan<byte> datagrams, int size)
    {
        try
        {
            CutInto(size);
            _socket.Send(datagrams);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.InvalidArgument or SocketError.OperationNotSupported or SocketError.ProtocolOption || e.NativeErrorCode == Eio)
        {
            _isCut = false; // a card without checksum offload, or a kernel before 4.18
            CutInto(0);
            return false;
        }
    }

    private void CutInto(int size)
    {
        if (_segment != size)
        {
            BitConverter.TryWriteBytes(_size, size);
            _socket.SetRawSocketOption(UdpLevel, UdpSegment, _size);
            _segment = size;
        }
    }
}
