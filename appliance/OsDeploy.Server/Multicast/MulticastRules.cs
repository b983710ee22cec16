using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using OsDeploy.Api.Carousels;
using OsDeploy.Server.Boot;

namespace OsDeploy.Server.Multicast;

/// <summary>What the settings of carousels may be.</summary>
internal static class MulticastRules
{
    private const int LeastPort = 1024;
    private const int MostPort = 65_535 - (MulticastSettings.MostCarousels - 1);
    private const int MostLastByte = 255 - (MulticastSettings.MostCarousels - 1);
    private const int MostTtl = 32;
    private const long LeastRate = 1_000_000;
    private const long MostRate = 100_000_000_000;

    // 224.0.0.0/24 is for the protocols of routers and never passes one (RFC 5771, section 4).
    private static readonly uint s_firstGroup = NumberOf(IPAddress.Parse("224.0.1.0"));
    private static readonly uint s_lastGroup = NumberOf(IPAddress.Parse("239.255.255.255"));

    /// <exception cref="UserErrorException"><c>multicast-settings-invalid</c></exception>
    public static MulticastSettings Checked(MulticastSettings settings)
    {
        var name = string.IsNullOrEmpty(settings.Interface) ? null : settings.Interface;
        if (!Enum.IsDefined(settings.Mode))
        {
            throw MulticastErrors.Invalid("The mode", settings.Mode.ToString(), "multicast, broadcast or off");
        }

        if (name is not null && !BootRules.IsInterface(name))
        {
            throw MulticastErrors.Invalid("The network card", name, "the name of one, as `ip -brief link` shows it, or none at all");
        }

        RequireGroup(settings.Group);
        RequireBetween("The port", settings.Port, LeastPort, MostPort);
        RequireBetween("The TTL", settings.Ttl, 1, MostTtl);
        if (settings.MostBytesPerSecond is not 0 and (< LeastRate or > MostRate))
        {
            throw MulticastErrors.Invalid("The limit", Text.ByteRate.WordOf(settings.MostBytesPerSecond), "0 (as much as the median host takes) or 1MB to 100GB a second");
        }

        return settings with { Interface = name };
    }

    private static void RequireGroup(string group)
    {
        if (!BootRules.TryAddress(group, out var address) || NumberOf(address) < s_firstGroup || NumberOf(address) > s_lastGroup || address.GetAddressBytes()[3] > MostLastByte)
        {
            throw MulticastErrors.Invalid("The group", group, string.Create(CultureInfo.InvariantCulture, $"an address from 224.0.1.0 to 239.255.255.255 whose last number is at most {MostLastByte}"));
        }
    }

    private static void RequireBetween(string what, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw MulticastErrors.Invalid(what, value.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));
        }
    }

    private static uint NumberOf(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());
}
