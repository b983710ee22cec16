using System.Text;
using OsDeploy.Agent.Firmware;
using Xunit;

namespace OsDeploy.Tests.Agent.Firmware;

public sealed class BootEntriesTests
{
    [Theory]
    [InlineData(FirmwareSamples.Version17)]
    [InlineData(FirmwareSamples.Version18)]
    public void Both_versions_of_efibootmgr_are_read_alike(string output)
    {
        var read = BootEntries.Parse(output);

        Assert.Equal("0003", read.Current);
        Assert.Equal(["0001", "0000", "0003", "0004", "000A"], read.Order);
        Assert.Equal(["0000", "0001", "0003", "0004", "0005", "000A"], read.Entries.Select(entry => entry.Number));
        Assert.Equal(["UiApp", "Windows Boot Manager", "UEFI PXEv4 (MAC:525400123456)", "UEFI HTTPv4 (MAC:525400123456)", "USB \tTab", "osdeploy LAB-1: debian"], read.Entries.Select(entry => entry.Label));
        Assert.Equal(["0000", "0001", "0003", "0004", "0005"], read.Entries.Where(entry => entry.IsActive).Select(entry => entry.Number));
        Assert.Equal("PciRoot(0x0)/Pci(0x14,0x0)/USB(1,0)", read.Find("0005")!.Path);
        Assert.Equal(@"HD(2,GPT,11111111-2222-3333-4444-555555555555,0x800,0x32000)/File(\EFI\debian\shimx64.efi)", read.Find("000A")!.Path);
        Assert.Null(read.Find("0002"));
        Assert.Null(read.Find(null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("No BootOrder is set; firmware will attempt recovery\n")]
    [InlineData("EFI variables are not supported on this system.\n")]
    [InlineData("BootOrder: \nBootCurrent: 12\nBoot12* short\nBootNext: 0001\nMirroredPercentageAbove4G: 0.00\n")]
    public void A_firmware_that_says_little_has_nothing(string output)
    {
        var read = BootEntries.Parse(output);
        Assert.Null(read.Current);
        Assert.Empty(read.Order);
        Assert.Empty(read.Entries);
    }

    [Fact]
    public void Any_output_is_read_without_a_fault() => Seeded.Cases(2000, random =>
    {
        var sample = Encoding.UTF8.GetBytes(random.Next(2) == 0 ? FirmwareSamples.Version17 : FirmwareSamples.Version18);
        var read = BootEntries.Parse(Encoding.UTF8.GetString(Mutation.Of(sample, random)));

        Assert.All(read.Order.Concat(read.Entries.Select(entry => entry.Number)), number => Assert.Matches("^[0-9A-F]{4}$", number));
        Assert.Equal(read.Order.Distinct(), read.Order);
        Assert.Equal(read.Entries.Select(entry => entry.Number).Distinct(), read.Entries.Select(entry => entry.Number));
    });
}
