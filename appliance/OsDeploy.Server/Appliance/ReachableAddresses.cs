using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace OsDeploy.Server.Appliance;

/// <summary>Where people reach what is served: an address that stands for every card is none that could be typed.</summary>
internal static class ReachableAddresses
{
    /// <summary>IPv4 addresses of this computer's cards as they are now, without its own to itself.</summary>
    public static IReadOnlyList<IPAddress> OfThisComputer() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(card => card.OperationalStatus == OperationalStatus.Up && card.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork),
    ];

    /// <param name="served">As the web server names them.</param>
    public static IReadOnlyList<string> Of(IEnumerable<string> served, IReadOnlyList<IPAddress> own) =>
        [.. served.SelectMany(address => new UriBuilder(address) is { Host: "0.0.0.0" } any && own.Count > 0 ? own.Select(one => $"{any.Scheme}://{one}:{any.Port}") : [address])];
}
