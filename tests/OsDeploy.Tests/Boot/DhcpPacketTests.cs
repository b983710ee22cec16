using System.Net;
using OsDeploy.Helper.Dhcp;
using Xunit;

namespace OsDeploy.Tests.Boot;

public sealed class DhcpPacketTests
{
    private static readonly byte[] s_mac = [2, 0, 0, 0, 0, 1];

    [Fact]
    public void An_offer_is_read()
    {
        var offer = Reply(7, [53, 1, 2, 0, 54, 4, 10, 0, 0, 9, 60, 9, .. "PXEClient"u8, 255, 1, 2, 3]);
        offer[19] = 77;

        Assert.True(DhcpPacket.TryParseReply(offer, out var packet));
        Assert.Equal(new DhcpPacket(7, 2, IPAddress.Parse("0.0.0.77"), IPAddress.Parse("10.0.0.9"), "PXEClient"), packet);
    }

    [Fact]
    public void A_question_is_no_answer_and_has_the_length_that_relays_want()
    {
        var discover = DhcpPacket.Discover(7, s_mac);

        Assert.False(DhcpPacket.TryParseReply(discover, out _));
        Assert.True(discover.Length >= 300);
        Assert.Equal(s_mac, discover[28..34]);
    }

    [Theory]
    [InlineData(new byte[] { 53 })]
    [InlineData(new byte[] { 53, 2, 1 })]
    [InlineData(new byte[] { 54, 255, 1, 2, 3 })]
    public void An_option_that_is_longer_than_its_packet_is_refused(byte[] options) => Assert.False(DhcpPacket.TryParseReply(Reply(1, options), out _));

    [Fact]
    public void Whatever_arrives_is_read_or_refused() => Seeded.Cases(5000, random =>
    {
        var packet = Reply(7, [53, 1, 2, 54, 4, 10, 0, 0, 9, 60, 9, .. "PXEClient"u8, 255])[..random.Next(260)];
        for (var change = random.Next(6); change > 0 && packet.Length > 0; change--)
        {
            packet[random.Next(packet.Length)] = (byte)random.Next(256);
        }

        _ = DhcpPacket.TryParseReply(packet, out _);
    });

    private static byte[] Reply(uint transaction, byte[] options)
    {
        var packet = DhcpPacket.Discover(transaction, s_mac)[..(240 + options.Length)];
        packet[0] = 2;
        options.CopyTo(packet, 240);
        return packet;
    }
}
