using System.Buffers.Binary;
using System.Net;

namespace OsDeploy.Helper.Igmp;

/// <summary>The question who wants which group (IGMP version 2, RFC 2236), with the IP header that it needs: TTL 1 and Router Alert (RFC 2113).</summary>
internal static class IgmpQuery
{
    public static readonly IPAddress AllSystems = new([224, 0, 0, 1]);

    private const int HeaderLength = 24;
    private const int Length = HeaderLength + 8;
    private const byte MembershipQuery = 0x11;
    private const byte MaxResponseTenths = 100;

    /// <param name="source">IPv4 address of the card.</param>
    public static byte[] PacketFrom(IPAddress source)
    {
        var packet = new byte[Length];
        packet[0] = (4 << 4) | (HeaderLength / 4);
        packet[1] = 0xc0; // internetwork control, as RFC 3376 section 4 has it
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), Length);
        packet[8] = 1; // TTL
        packet[9] = 2; // IGMP
        source.GetAddressBytes().CopyTo(packet, 12);
        AllSystems.GetAddressBytes().CopyTo(packet, 16);
        packet[20] = 0x94; // Router Alert: copied, control, number 20
        packet[21] = 4;
        packet[HeaderLength] = MembershipQuery;
        packet[HeaderLength + 1] = MaxResponseTenths;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), ChecksumOf(packet.AsSpan(0, HeaderLength)));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(HeaderLength + 2), ChecksumOf(packet.AsSpan(HeaderLength)));
        return packet;
    }

    /// <summary>Of the Internet (RFC 1071). Over bytes that hold their own checksum it is 0.</summary>
    public static ushort ChecksumOf(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        }

        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
