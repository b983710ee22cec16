using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OsDeploy.SetUp;

/// <summary>How the appliance itself is in its network. IPv4, as all addresses here.</summary>
/// <param name="Interface">Name of the card, as the kernel has it.</param>
/// <param name="Address">With the length of its network, <c>10.0.0.1/24</c>; null: by DHCP.</param>
/// <param name="Gateway">Null: none. Only with an address.</param>
/// <param name="Dns">Four at most. Only with an address.</param>
public sealed record NetworkSettings(string Interface, string? Address = null, string? Gateway = null, IReadOnlyList<string>? Dns = null)
{
    private const int MaxInterface = 15; // IFNAMSIZ without its zero
    private const int MaxDns = 4;

    // A network that has room for the appliance and one PC.
    private const int LongestPrefix = 30;

    /// <returns>These settings, which may stand in a configuration.</returns>
    /// <exception cref="UserErrorException"><c>network-interface</c>, <c>network-address</c>, <c>network-gateway</c>, <c>network-dns</c></exception>
    public NetworkSettings Checked()
    {
        if (!IsInterface(Interface))
        {
            throw SetUpErrors.Interface(Interface);
        }

        if (Address is not null && !IsAddress(Address))
        {
            throw SetUpErrors.Address(Address);
        }

        if (Gateway is { } gateway && !(Address is { } own && IsGateway(gateway, own)))
        {
            throw SetUpErrors.Gateway(gateway);
        }

        return Dns is { } dns && (dns.Count > MaxDns || (dns.Count > 0 && Address is null) || !dns.All(IsPlainAddress))
            ? throw SetUpErrors.Dns(string.Join(' ', dns))
            : this;
    }

    /// <summary>By what is in it: a list of its own makes no other network.</summary>
    public bool IsSameAs(NetworkSettings other) =>
        (Interface, Address, Gateway) == (other.Interface, other.Address, other.Gateway) && (Dns ?? []).SequenceEqual(other.Dns ?? []);

    public static bool IsInterface(string name) =>
        name.Length is > 0 and <= MaxInterface && char.IsAsciiLetterOrDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    /// <summary>An address that one computer can have, and the length of its network.</summary>
    public static bool IsAddress(string text) => TryParse(text, out var address, out var length)
        && !IsOfMany(address) && (Number(address) & ~Mask(length)) is var host && host != 0 && host != ~Mask(length);

    /// <summary>Whether it is another computer of the same network.</summary>
    /// <param name="own">As <see cref="Address"/>.</param>
    public static bool IsGateway(string gateway, string own) => IsPlainAddress(gateway) && TryParse(own, out var address, out var length)
        && IsAddress(string.Create(CultureInfo.InvariantCulture, $"{gateway}/{length}"))
        && IPAddress.Parse(gateway) is var other && !other.Equals(address) && ((Number(other) ^ Number(address)) & Mask(length)) == 0;

    /// <summary>Only the one way to write an IPv4 address: others read 010 as 8.</summary>
    public static bool IsPlainAddress(string? text) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork && address.ToString() == text;

    private static bool TryParse(string text, out IPAddress address, out int length)
    {
        var parts = text.Split('/');
        (address, length) = (IPAddress.None, 0);

        // .NET's parser also takes zero bytes behind a number.
        if (parts is not [var front, { Length: > 0 } end] || !IsPlainAddress(front) || end[0] == '0' || !end.All(char.IsAsciiDigit) || !int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out length))
        {
            return false;
        }

        address = IPAddress.Parse(front);
        return length is > 0 and <= LongestPrefix;
    }

    // 0.0.0.0/8, loopback, and everything from multicast on (RFC 6890, RFC 5771).
    private static bool IsOfMany(IPAddress address) => address.GetAddressBytes()[0] is 0 or 127 or >= 224;

    private static uint Number(IPAddress address) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static uint Mask(int length) => uint.MaxValue << (32 - length);
}
