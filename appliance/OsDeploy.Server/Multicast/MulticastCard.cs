using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using OsDeploy.Api.Carousels;

namespace OsDeploy.Server.Multicast;

/// <summary>The network card that a carousel sends from.</summary>
/// <param name="Broadcast">To all on its network.</param>
/// <param name="BytesPerSecond">Of its link; null: it does not say.</param>
internal sealed record MulticastCard(IPAddress Address, IPAddress Broadcast, double? BytesPerSecond)
{
    private const int BitsPerByte = 8;

    /// <param name="name">That an operator chose; null: the one that has <paramref name="local"/>.</param>
    /// <param name="local">Address at which a host reached the appliance.</param>
    /// <exception cref="SocketException">There is none.</exception>
    public static MulticastCard Find(string? name, IPAddress? local)
    {
        var wanted = local is null ? IPAddress.Loopback : local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local;
        foreach (var card in NetworkInterface.GetAllNetworkInterfaces().Where(card => name is null || card.Name == name))
        {
            var address = card.GetIPProperties().UnicastAddresses.FirstOrDefault(one => one.Address.AddressFamily == AddressFamily.InterNetwork && (name is not null || one.Address.Equals(wanted)));
            if (address is not null)
            {
                return new MulticastCard(address.Address, BroadcastOf(address), SpeedOf(card));
            }
        }

        throw new SocketException((int)SocketError.AddressNotAvailable);
    }

    /// <summary>Where a carousel sends to.</summary>
    /// <param name="place">Its number among those that run beside it.</param>
    public static IPEndPoint TargetOf(MulticastSettings settings, MulticastCard card, int place)
    {
        if (settings.Mode == MulticastMode.Broadcast)
        {
            return new IPEndPoint(card.Broadcast, settings.Port + place);
        }

        var group = IPAddress.Parse(settings.Group).GetAddressBytes();
        group[^1] += (byte)place;
        return new IPEndPoint(new IPAddress(group), settings.Port + place);
    }

    private static IPAddress BroadcastOf(UnicastIPAddressInformation address)
    {
        var (bytes, mask) = (address.Address.GetAddressBytes(), address.IPv4Mask.GetAddressBytes());
        return new IPAddress(bytes.Zip(mask, (own, fix) => (byte)(own | ~fix)).ToArray());
    }

    // Not NetworkInterface.Speed: it reports what it does not know as -1 or as 10 Mbit/s, by the driver.
    private static double? SpeedOf(NetworkInterface card)
    {
        try
        {
            return long.TryParse(File.ReadAllText($"/sys/class/net/{card.Name}/speed").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var megabits) && megabits > 0
                ? megabits * 1_000_000.0 / BitsPerByte
                : null;
        }
        catch (IOException)
        {
            return null; // a card that is down, or one of software
        }
    }
}
