using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OsDeploy.Agent.Network;

/// <summary>What a DHCP server gave to a card.</summary>
/// <param name="Router">Null: none.</param>
/// <param name="Dns">Servers that turn names into addresses.</param>
/// <param name="Domain">What short names end in; null: not said.</param>
/// <param name="Servers">The DHCP server, and the one it names for starting PCs.</param>
internal sealed record Lease(
    IPAddress Address, int Prefix, IPAddress? Router, IReadOnlyList<IPAddress> Dns, string? Domain = null, IReadOnlyList<IPAddress>? Servers = null)
{
    private const int MaxDomain = 253;
    private const int MostDns = 3;
    private const int MaxText = 4096;

    /// <summary>Reads what the script of udhcpc has written: foreign text, a name and a value per line.</summary>
    /// <returns>Null: it says no usable address.</returns>
    public static Lease? TryParse(string text)
    {
        var values = (text.Length > MaxText ? "" : text).Split('\n')
            .Select(line => line.Split('=', 2))
            .Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0].Trim())
            .ToDictionary(group => group.Key, group => group.Last()[1].Trim());
        if (AddressOf(values.GetValueOrDefault("address")) is not { } address || PrefixOf(values.GetValueOrDefault("prefix")) is not { } prefix)
        {
            return null;
        }

        IEnumerable<IPAddress> All(string name) => values.GetValueOrDefault(name, "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(AddressOf).OfType<IPAddress>();
        return new Lease(address, prefix, AddressOf(values.GetValueOrDefault("router")), [.. All("dns").Take(MostDns)], DomainOf(values.GetValueOrDefault("domain")), [.. All("servers").Distinct().Take(MostDns)]);
    }

    private static string? DomainOf(string? text) =>
        text is { Length: > 0 and <= MaxDomain } && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.') ? text : null;

    /// <summary>The computer can send to it without a router.</summary>
    public bool Reaches(IPAddress other) => other.AddressFamily == AddressFamily.InterNetwork && (Number(other) & Mask) == (Number(Address) & Mask);

    private uint Mask => Prefix == 0 ? 0 : uint.MaxValue << (32 - Prefix);

    private static uint Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        return address.TryWriteBytes(bytes, out _) ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes) : 0;
    }

    private static IPAddress? AddressOf(string? text) =>
        text?.Count(letter => letter == '.') == 3 && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork && !address.Equals(IPAddress.Any) ? address : null;

    // Of a mask in dots only what is a prefix.
    private static int? PrefixOf(string? text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number is >= 1 and <= 32 ? number : null;
        }

        if (AddressOf(text) is not { } mask)
        {
            return null;
        }

        var ones = System.Numerics.BitOperations.LeadingZeroCount(~Number(mask));
        return Number(mask) == uint.MaxValue << (32 - ones) ? ones : null;
    }
}
