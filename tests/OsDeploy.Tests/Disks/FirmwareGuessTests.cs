using OsDeploy.Disks;
using OsDeploy.Images;
using Xunit;

namespace OsDeploy.Tests.Disks;

public sealed class FirmwareGuessTests
{
    private const string Esp = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";
    private const string BiosBoot = "21686148-6449-6E6F-744E-656564454649";
    private const string Basic = "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7";
    private static readonly byte[] s_code = [0x33, 0xC0, 0x8E, 0xD0];

    [Theory]
    [InlineData("uefi", Esp, Basic)]
    [InlineData("bios", BiosBoot, Basic)]
    [InlineData("any", BiosBoot, Esp, Basic)]
    [InlineData("bios", Basic)]
    [InlineData("bios")]
    public void A_gpt_tells_by_the_partitions_made_for_each_firmware(string expected, params string[] types) =>
        Assert.Equal(expected, FirmwareGuess.Of("gpt", Partitions(types), [Mbr(s_code, active: true)])); // that MBR is only the protective one

    [Fact]
    public void An_mbr_with_an_EFI_system_partition_starts_by_BIOS_too_if_it_has_code_and_an_active_partition()
    {
        Assert.Equal("any", FirmwareGuess.Of("dos", Partitions("ef", "7"), [Mbr(s_code, active: true)]));
        Assert.Equal("uefi", FirmwareGuess.Of("dos", Partitions("ef", "7"), [Mbr(s_code, active: false)]));
        Assert.Equal("uefi", FirmwareGuess.Of("dos", Partitions("ef", "7"), [Mbr([], active: true)]));
        Assert.Equal("bios", FirmwareGuess.Of("dos", Partitions("7"), [Mbr(s_code, active: true)]));
        Assert.Equal("bios", FirmwareGuess.Of("dos", Partitions("83"), [Mbr(s_code, active: false)])); // GRUB asks for no active partition
    }

    [Fact]
    public void A_disk_without_a_table_is_left_to_BIOS() => Assert.Equal("bios", FirmwareGuess.Of("none", Partitions(""), []));

    private static List<PartitionLayout> Partitions(params string[] types) =>
        [.. types.Select((type, i) => new PartitionLayout(i + 1, (i + 1) << 20, 1 << 20, type, null, null, IsContainer: false, null, null, null, null))];

    private static TableSectors Mbr(byte[] code, bool active)
    {
        var sector = new byte[512];
        code.CopyTo(sector, 0);
        sector[446] = active ? (byte)0x80 : (byte)0;
        sector[450] = 0x07;
        (sector[510], sector[511]) = (0x55, 0xAA);
        return new(0, sector);
    }
}
