using OsDeploy.Server.Jobs;
using OsDeploy.Text;
using Xunit;

namespace OsDeploy.Tests.Jobs;

public sealed class WakeOnLanTests
{
    [Fact]
    public void A_packet_is_six_ones_and_the_address_sixteen_times()
    {
        Assert.True(MacAddress.TryParse("00-11-22-aa-bb-cc", out var mac));
        var packet = WakeOnLan.PacketFor(mac);
        Assert.Equal(102, packet.Length);
        Assert.All(packet[..6], one => Assert.Equal(0xff, one));
        Assert.All(packet[6..].Chunk(6), address => Assert.Equal([0x00, 0x11, 0x22, 0xaa, 0xbb, 0xcc], address));
    }
}
