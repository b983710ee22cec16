using System.Net;
using System.Net.Sockets;
using Mono.Unix.Native;

namespace OsDeploy.Cli.Machine;

/// <summary>
/// Where a computer that does not exist may be shown: on servers nobody else uses. Names are not resolved: what they mean is not decided here.
/// </summary>
internal static class LabRule
{
    private const string NamedFolder = "/run/netns";

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

    /// <summary>It has a name (ip-netns(8)), or is not that of the first process; one that cannot be compared counts as the same.</summary>
    public static bool IsOwnNamespace()
    {
        try
        {
            return new FileInfo("/proc/self/ns/net").LinkTarget is { } own
                && (IsNamed(own) || (new FileInfo("/proc/1/ns/net").LinkTarget is { } first && own != first));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // "net:[4026532177]": the number is that of the file that names it.
    private static bool IsNamed(string link) =>
        Directory.Exists(NamedFolder) && Directory.GetFiles(NamedFolder).Any(file => Syscall.stat(file, out var found) == 0 && link == $"net:[{found.st_ino}]");

    private static bool IsPrivate(IPAddress address) => s_private.Any(network =>
        (address.AddressFamily == AddressFamily.InterNetworkV6) == (network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6) && network.Contains(address));
}
