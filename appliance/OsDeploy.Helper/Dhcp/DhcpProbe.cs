using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace OsDeploy.Helper.Dhcp;

/// <summary>
/// Asks a network who answers a PC that starts. An own packet instead of a tool: none that Debian has is smaller than a port scanner, and
/// a PC's question is one datagram.
/// </summary>
internal static class DhcpProbe
{
    private const int SocketLevel = 1; // SOL_SOCKET of x86 and ARM
    private const int BindToDevice = 25; // SO_BINDTODEVICE
    private const int ClientPort = 68;
    private const int ServerPort = 67;
    private const int MaxPacket = 1500;
    private const int MaxAnswers = 16;

    /// <summary>Servers look first whether an address is in use before they offer it.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(4);

    /// <returns>A line for each that answered, but for this computer itself.</returns>
    /// <exception cref="UserErrorException"><c>interface-missing</c>, <c>dhcp-probe-failed</c></exception>
    public static async Task<string> RunAsync(string interfaceName, TimeProvider time, CancellationToken cancel)
    {
        var card = NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(card => card.Name == interfaceName) ?? throw Errors.InterfaceMissing(interfaceName);
        var own = card.GetIPProperties().UnicastAddresses.Select(address => address.Address).ToHashSet();
        var mac = card.GetPhysicalAddress().GetAddressBytes();
        if (mac.Length != 6)
        {
            throw Errors.InterfaceMissing(interfaceName);
        }

        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = true };
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
            socket.SetRawSocketOption(SocketLevel, BindToDevice, Encoding.ASCII.GetBytes(interfaceName + "\0"));
            socket.Bind(new IPEndPoint(IPAddress.Any, ClientPort));
            var transaction = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
            await socket.SendToAsync(DhcpPacket.Discover(transaction, mac), new IPEndPoint(IPAddress.Broadcast, ServerPort), cancel);
            var heard = await HearAsync(socket, transaction, own, time, cancel);
            return string.Join('\n', heard);
        }
        catch (SocketException e)
        {
            throw Errors.ProbeFailed(interfaceName, e);
        }
    }

    private static async Task<IReadOnlyCollection<string>> HearAsync(Socket socket, uint transaction, HashSet<IPAddress> own, TimeProvider time, CancellationToken cancel)
    {
        var heard = new SortedSet<string>(StringComparer.Ordinal);
        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        var buffer = new byte[MaxPacket];
        try
        {
            while (heard.Count < MaxAnswers)
            {
                var from = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), either.Token);
                if (DhcpPacket.TryParseReply(buffer.AsSpan(0, from.ReceivedBytes), out var packet) && packet.Transaction == transaction && packet.Type == 2)
                {
                    var server = packet.Server ?? ((IPEndPoint)from.RemoteEndPoint).Address;
                    _ = !own.Contains(server) && heard.Add($"{server} {KindOf(packet)}");
                }
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Everybody has had time to answer.
        }

        return heard;
    }

    private static string KindOf(DhcpPacket packet) => packet.Offered.Equals(IPAddress.Any) ? "pxe" : "dhcp";
}
