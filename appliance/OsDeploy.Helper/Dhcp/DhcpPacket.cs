using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace OsDeploy.Helper.Dhcp;

/// <summary>What a DHCP packet says, as far as it tells who answers PCs (RFC 2131, RFC 2132, RFC 4578).</summary>
/// <param name="Type">Option 53: 1 discover, 2 offer.</param>
/// <param name="Offered">Address for the client; zeros: none.</param>
/// <param name="Server">Option 54; null: the packet does not say.</param>
/// <param name="VendorClass">Option 60.</param>
internal sealed record DhcpPacket(uint Transaction, byte Type, IPAddress Offered, IPAddress? Server, string VendorClass)
{
    private const int OptionsAt = 240;
    private const int MinLength = 300; // RFC 1542 section 2.1
    private const uint Cookie = 0x63825363;
    private const int HardwareLength = 6;

    /// <summary>A discover as a PC with 64-bit UEFI sends it, that wants its answer broadcast.</summary>
    /// <param name="mac">6 bytes.</param>
    public static byte[] Discover(uint transaction, ReadOnlySpan<byte> mac)
    {
        var packet = new byte[MinLength + 60];
        (packet[0], packet[1], packet[2]) = (1, 1, HardwareLength);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), transaction);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), 0x8000);
        mac[..HardwareLength].CopyTo(packet.AsSpan(28));
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(236), Cookie);
        var at = OptionsAt;
        Put(packet, ref at, 53, [1]);
        Put(packet, ref at, 55, [1, 3, 6, 54, 60, 66, 67]);
        Put(packet, ref at, 60, "PXEClient:Arch:00007:UNDI:003016"u8);
        Put(packet, ref at, 93, [0, 7]);
        Put(packet, ref at, 94, [1, 3, 16]);
        Put(packet, ref at, 97, [0, .. mac[..HardwareLength], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        packet[at] = 255;
        return packet;
    }

    /// <summary>Reads an answer of a server. Whatever arrives: nothing in it is trusted, least of all its lengths.</summary>
    public static bool TryParseReply(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DhcpPacket? packet)
    {
        packet = null;
        if (bytes.Length < OptionsAt || bytes[0] != 2 || BinaryPrimitives.ReadUInt32BigEndian(bytes[236..]) != Cookie)
        {
            return false;
        }

        var (type, server, vendor) = ((byte)0, (IPAddress?)null, "");
        var options = bytes[OptionsAt..];
        while (options.Length > 0 && options[0] != 255)
        {
            if (options[0] == 0)
            {
                options = options[1..];
                continue;
            }

            if (options.Length < 2 || options.Length < 2 + options[1])
            {
                return false;
            }

            var value = options.Slice(2, options[1]);
            switch (options[0])
            {
                case 53 when value.Length == 1:
                    type = value[0];
                    break;
                case 54 when value.Length == 4:
                    server = new IPAddress(value);
                    break;
                case 60:
                    vendor = Encoding.ASCII.GetString(value);
                    break;
                default:
                    break;
            }

            options = options[(2 + value.Length)..];
        }

        packet = new DhcpPacket(BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]), type, new IPAddress(bytes.Slice(16, 4)), server, vendor);
        return true;
    }

    private static void Put(byte[] packet, ref int at, byte code, ReadOnlySpan<byte> value)
    {
        (packet[at], packet[at + 1]) = (code, (byte)value.Length);
        value.CopyTo(packet.AsSpan(at + 2));
        at += 2 + value.Length;
    }
}
