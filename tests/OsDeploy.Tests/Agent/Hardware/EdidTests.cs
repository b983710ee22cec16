using System.Text;
using OsDeploy.Agent.Hardware;
using Xunit;

namespace OsDeploy.Tests.Agent.Hardware;

public sealed class EdidTests
{
    [Fact]
    public void A_monitor_says_what_it_is() => Assert.Equal("DEL DELL U2415 1920x1200 serial XKV01 2016", Edid.Describe(Monitor()));

    [Fact]
    public void A_monitor_without_a_name_has_the_number_of_its_product()
    {
        var monitor = Monitor();
        monitor[54] = monitor[55] = 0;
        monitor[75] = monitor[93] = 0x10;
        monitor[17] = 0;
        Assert.Equal("DEL A0BE", Edid.Describe(monitor));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(8)]
    public void What_is_cut_short_is_no_monitor(int length) => Assert.Null(Edid.Describe(Monitor().AsSpan(0, length)));

    [Fact]
    public void Any_bytes_are_read_without_a_fault_and_cannot_move_a_cursor() => Seeded.Cases(5000, random =>
    {
        var text = Edid.Describe(Mutation.Of(Monitor(), random));
        Assert.True(text is null || (text.Length is > 0 and < 80 && !text.Any(char.IsControl)), text);
    });

    /// <summary>A block of 128 bytes as Dell's monitors have it.</summary>
    internal static byte[] Monitor()
    {
        var block = new byte[128];
        byte[] head = [0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x10, 0xAC, 0xBE, 0xA0, 0x4C, 0x34, 0x30, 0x30, 0x14, 26];
        head.CopyTo(block, 0);
        byte[] timing = [0x28, 0x3C, 0x80, 0xA0, 0x70, 0xB0, 0x23, 0x40];
        timing.CopyTo(block, 54);
        Descriptor(0xFF, "XKV01\n").CopyTo(block, 72);
        Descriptor(0xFC, "DELL U2415\n  ").CopyTo(block, 90);
        return block;
    }

    private static byte[] Descriptor(byte tag, string text) => [0, 0, 0, tag, 0, .. Encoding.ASCII.GetBytes(text.PadRight(13)[..13])];
}
