using System.Net.NetworkInformation;
using System.Net.Sockets;
using OsDeploy.Text;

namespace OsDeploy.SetUp;

/// <summary>A network card of the appliance, and what is known of its network.</summary>
/// <param name="Address">With the length of its network; null: it has none.</param>
/// <param name="Gateway">Null: none.</param>
/// <param name="Dns">As the system was told.</param>
/// <param name="IsUp">A cable is plugged in, and something is at its other end.</param>
public sealed record NetworkCard(string Name, string Mac, string? Address, string? Gateway, IReadOnlyList<string> Dns, bool IsUp)
{
    private const string Classes = "/sys/class/net";

    /// <summary>Real ones, those first that have a network.</summary>
    public static IReadOnlyList<NetworkCard> All()
    {
        var cards = NetworkInterface.GetAllNetworkInterfaces().Where(card => card.NetworkInterfaceType != NetworkInterfaceType.Loopback).ToList();
        var real = cards.Where(card => Directory.Exists($"{Classes}/{card.Name}/device")).ToList();
        return [.. (real.Count > 0 ? real : cards).Select(Of).OrderByDescending(card => card.Address is not null).ThenByDescending(card => card.IsUp).ThenBy(card => card.Name, StringComparer.Ordinal)];
    }

    private static NetworkCard Of(NetworkInterface card)
    {
        var properties = card.GetIPProperties();
        var address = properties.UnicastAddresses.FirstOrDefault(one => one.Address.AddressFamily == AddressFamily.InterNetwork);
        var gateway = properties.GatewayAddresses.FirstOrDefault(one => one.Address.AddressFamily == AddressFamily.InterNetwork);
        return new NetworkCard(
            card.Name,
            MacAddress.TryParse(card.GetPhysicalAddress().ToString(), out var mac) ? mac.ToString() : "",
            address is null ? null : $"{address.Address}/{address.PrefixLength}",
            address is null ? null : gateway?.Address.ToString(),
            [.. properties.DnsAddresses.Where(one => one.AddressFamily == AddressFamily.InterNetwork && one.GetAddressBytes()[0] != 127).Select(one => one.ToString()).Take(4)],
            card.OperationalStatus == OperationalStatus.Up);
    }
}
