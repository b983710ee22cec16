using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace OsDeploy.Server.Hosting;

/// <summary>How a daemon is started.</summary>
/// <param name="Data">Folder of everything it keeps.</param>
/// <param name="Listen">Where HTTPS is served.</param>
/// <param name="Socket">Path of the Unix socket; null: in the data folder.</param>
/// <param name="Name">As shown to people.</param>
/// <param name="HelperSocket">Where the program that may do what needs root listens.</param>
/// <param name="BootListen">Where boot files are served by plain HTTP; null: nowhere.</param>
/// <param name="ClientImage">Folder of a client build that is taken in at the start; null: none.</param>
/// <param name="BootFolder">Of what PCs load by TFTP: the helper makes it, and everybody may read it.</param>
/// <param name="MirrorsOperators">Have the helper make users of the system of operators, and vouch for them over the socket: for SSH, on an appliance that is nothing else.</param>
/// <param name="AllowLab">Take computers made of files from other machines too: for tests in network namespaces.</param>
internal sealed record DaemonOptions(string Data, IReadOnlyList<IPEndPoint> Listen, string? Socket, string Name, string HelperSocket = DaemonOptions.UsualHelperSocket, bool AllowLab = false,
    IReadOnlyList<IPEndPoint>? BootListen = null, string? ClientImage = null, string BootFolder = DaemonOptions.UsualBootFolder, bool MirrorsOperators = false)
{
    public const int DefaultPort = 7443;
    public const string UsualHelperSocket = "/run/osdeploy/helper.sock";

    /// <summary>As the helper's own default.</summary>
    public const string UsualBootFolder = "/var/lib/osdeploy-boot";

    private const int HttpPort = 80;

    public IReadOnlyList<IPEndPoint> Boot => BootListen ?? [];

    public string SocketPath => Socket ?? Path.Combine(Data, "osdeployd.sock");

    /// <exception cref="UserErrorException"><c>usage-listen</c></exception>
    public static IPEndPoint ParseAddress(string text) =>
        IPEndPoint.TryParse(text, out var address) && (address.Port > 0 || text.EndsWith(":0", StringComparison.Ordinal))
            ? address
            : throw HostingErrors.AddressMalformed(text);

    /// <summary>As <see cref="ParseAddress"/>; without a port it is 80.</summary>
    /// <exception cref="UserErrorException"><c>usage-listen</c></exception>
    public static IPEndPoint ParseBootAddress(string text) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork ? new IPEndPoint(address, HttpPort) : ParseAddress(text);

    /// <summary>Every IPv4 address of a network interface, at the usual port.</summary>
    /// <exception cref="UserErrorException"><c>usage-interface</c></exception>
    public static IEnumerable<IPEndPoint> AddressesOf(string interfaceName)
    {
        var cards = NetworkInterface.GetAllNetworkInterfaces();
        var addresses = cards.Where(card => card.Name == interfaceName)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Where(address => address.Address.AddressFamily == AddressFamily.InterNetwork)
            .Select(address => new IPEndPoint(address.Address, DefaultPort))
            .ToList();
        return addresses.Count > 0 ? addresses : throw HostingErrors.InterfaceUnknown(interfaceName, cards.Select(card => card.Name));
    }
}
