using System.Net;
using System.Net.Sockets;

namespace OsDeploy.Cli.Machine;

/// <summary>
/// Where a computer that does not exist may be shown: on servers nobody else uses. Names are not resolved: what they mean is not decided here.
/// </summary>
internal static class LabRule
{
    private static readonly IPNetwork[] s_private =
    [
        new(new IPAddress([10, 0, 0, 0]), 8),
        new(new IPAddress([172, 16, 0, 0]), 12),
        new(new IPAddress([192, 168, 0, 0]), 16),
        new(IPAddress.Parse("fc00::"), 7),
    ];

    /// <param name="isOwnNamespace">This program sees another network than the rest of the computer.</param>
    public static bool Allows(string server, bool isOwnNamespace)
    {
        if (server.StartsWith("unix:/", StringComparison.Ordinal))
        {
            return true;
        }

        return Uri.TryCreate(server, UriKind.Absolute, out var url)
            && (url.IsLoopback || (isOwnNamespace && IPAddress.TryParse(url.DnsSafeHost, out var address) && IsPrivate(address)));
    }

    /// <summary>Compares with the first process; one whose namespace cannot be seen counts as the same.</summary>
    public static bool IsOwnNamespace()
    {
        try
        {
            return new FileInfo("/proc/1/ns/net").LinkTarget is { } first && new FileInfo("/proc/self/ns/net").LinkTarget != first;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsPrivate(IPAddress address) => s_private.Any(network =>
        (address.AddressFamily == AddressFamily.InterNetworkV6) == (network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6) && network.Contains(address));
}
