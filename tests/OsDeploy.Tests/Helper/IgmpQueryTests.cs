using System.Net;
using OsDeploy.Helper.Igmp;
using Xunit;

namespace OsDeploy.Tests.Helper;

public sealed class IgmpQueryTests
{
    // By hand: IP header of 6 words (TOS c0, 32 bytes, TTL 1, protocol 2, 10.77.0.1 to 224.0.0.1), Router Alert, then the query for all groups.
    private const string Packet = "46C0002000000000" + "0102" + "39C9" + "0A4D0001" + "E0000001" + "94040000" + "1164EE9B00000000";

    [Fact]
    public void A_query_is_these_bytes() => Assert.Equal(Packet, Convert.ToHexString(IgmpQuery.PacketFrom(IPAddress.Parse("10.77.0.1"))));

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("192.168.255.254")]
    [InlineData("255.255.255.255")]
    public void Header_and_message_hold_their_checksums(string source)
    {
        var packet = IgmpQuery.PacketFrom(IPAddress.Parse(source));

        Assert.Equal(0, IgmpQuery.ChecksumOf(packet.AsSpan(0, 24)));
        Assert.Equal(0, IgmpQuery.ChecksumOf(packet.AsSpan(24)));
    }

    // RFC 1071, section 3, the example of its numbers.
    [Fact]
    public void The_checksum_is_that_of_the_Internet() => Assert.Equal(0xddf2, (ushort)~IgmpQuery.ChecksumOf([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]));
}
