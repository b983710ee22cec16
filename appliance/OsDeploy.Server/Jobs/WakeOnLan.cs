using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using OsDeploy.Api.Hosts;
using OsDeploy.Server.Hosts;
using OsDeploy.Text;

namespace OsDeploy.Server.Jobs;

/// <summary>Switches hosts on (AMD, "Magic Packet Technology", 1995) and remembers who was not seen afterwards.</summary>
internal sealed class WakeOnLan(HostRegistry hosts, TimeProvider time)
{
    private const int Port = 9;
    private const int Repeats = 16;
    private const int MaxBatches = 200;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Called> _called = new();

    /// <summary>The packet that wakes a card: six bytes of ones, then its address 16 times.</summary>
    public static byte[] PacketFor(MacAddress mac) =>
        [.. Enumerable.Repeat((byte)0xff, 6), .. Enumerable.Repeat(mac.Bytes, Repeats).SelectMany(bytes => bytes)];

    /// <summary>Sends to every card of every host, and begins to wait for them.</summary>
    public void Begin(string batch, IEnumerable<Host> sleeping)
    {
        var names = new List<Host>();
        foreach (var host in sleeping)
        {
            names.Add(host);
            Send(host.Identity.Macs);
        }

        _called[batch] = new Called(time.GetTimestamp(), time.GetUtcNow(), names);
        foreach (var old in _called.OrderByDescending(pair => pair.Value.Since).Skip(MaxBatches))
        {
            _called.TryRemove(old.Key, out _);
        }
    }

    /// <summary>Names of hosts that were to be woken for a batch and were not seen in five minutes.</summary>
    public IReadOnlyList<string> NotSeen(string batch) =>
        _called.TryGetValue(batch, out var called) && time.GetElapsedTime(called.Since) >= s_patience
            ? [.. called.Hosts.Where(host => !(hosts.LastHeard(host.Id)?.At >= called.At)).Select(host => host.Name.ToString())]
            : [];

    private static void Send(IReadOnlyList<MacAddress> macs)
    {
        foreach (var (from, broadcast) in Interfaces())
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = true };
            try
            {
                socket.Bind(new IPEndPoint(from, 0));
                foreach (var mac in macs)
                {
                    socket.SendTo(PacketFor(mac), new IPEndPoint(broadcast, Port));
                }
            }
            catch (SocketException)
            {
                // An interface that is just going down wakes nobody; NotSeen names the hosts that stayed asleep.
            }
        }
    }

    private static IEnumerable<(IPAddress From, IPAddress Broadcast)> Interfaces() =>
        from card in NetworkInterface.GetAllNetworkInterfaces()
        where card.OperationalStatus == OperationalStatus.Up && card.NetworkInterfaceType != NetworkInterfaceType.Loopback
        from address in card.GetIPProperties().UnicastAddresses
        where address.Address.AddressFamily == AddressFamily.InterNetwork
        select (address.Address, BroadcastOf(address.Address, address.PrefixLength));

    private static IPAddress BroadcastOf(IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        var hosts = prefix >= 32 ? 0 : uint.MaxValue >> prefix;
        BinaryPrimitives.WriteUInt32BigEndian(bytes, BinaryPrimitives.ReadUInt32BigEndian(bytes) | hosts);
        return new IPAddress(bytes);
    }

    private sealed record Called(long Since, DateTimeOffset At, IReadOnlyList<Host> Hosts);
}
