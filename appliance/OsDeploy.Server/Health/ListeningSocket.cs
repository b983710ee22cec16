using System.Globalization;
using System.Net;

namespace OsDeploy.Server.Health;

/// <summary>A socket that waits for whoever comes.</summary>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="User">Whose it is.</param>
internal sealed record ListeningSocket(string Protocol, IPAddress Address, int Port, int User)
{
    // include/net/tcp_states.h; UDP uses the number of a closed one for a socket that is connected to nobody.
    private const string Listens = "0A";
    private const string Unconnected = "07";

    public bool IsInside => IPAddress.IsLoopback(Address.IsIPv4MappedToIPv6 ? Address.MapToIPv4() : Address);

    /// <summary>A line of <c>/proc/net/tcp</c> and its like, proc(5).</summary>
    /// <returns>Null: not a socket that waits.</returns>
    public static ListeningSocket? Parse(string protocol, string line) =>
        line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [_, var local, _, var state, _, _, _, var user, ..]
        && state == (protocol == "tcp" ? Listens : Unconnected)
        && local.Split(':') is [var address, var port]
        && AddressOf(address) is { } ip
        && int.TryParse(port, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
        && int.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out var owner)
            ? new ListeningSocket(protocol, ip, number, owner)
            : null;

    // Words of four bytes, each as this computer keeps it: the lowest byte first.
    private static IPAddress? AddressOf(string text)
    {
        if (text.Length is not (8 or 32) || text.Any(letter => !char.IsAsciiHexDigit(letter)))
        {
            return null;
        }

        var bytes = Convert.FromHexString(text);
        for (var i = 0; i < bytes.Length; i += 4)
        {
            bytes.AsSpan(i, 4).Reverse();
        }

        return new IPAddress(bytes);
    }
}

/// <summary>A line of the list of what may listen.</summary>
/// <param name="IsInside">By the appliance alone.</param>
internal sealed record ListedSocket(bool IsInside, string Protocol, int Port)
{
    /// <returns>Null: a remark.</returns>
    public static ListedSocket? Parse(string line) =>
        line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is ["card" or "inside", "tcp" or "udp", var port, ..] and [var where, var protocol, ..]
        && int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ListedSocket(where == "inside", protocol, number)
            : null;
}
