using OsDeploy.Disks;
using Xunit;

namespace OsDeploy.Tests.Disks;

public sealed class DiskNamesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("vda", "serial", "MASTER", "MASTER")]
    [InlineData("nvme0n1", "device/serial", "S64DNX0R            \n", "S64DNX0R")]
    [InlineData("sda", "device/vpd_pg80", "\0\u0080\0\u0014      WD-WCC4N1234567", "WD-WCC4N123456")]
    [InlineData("sda", "device/vpd_pg80", "\0\u0080\0\u007fshort", "short")]
    [InlineData("sda", "device/vpd_pg80", "\0\u0080\0", null)]
    [InlineData("sda", "device/vpd_pg80", "\0\u0080\0\u0004    ", null)]
    [InlineData("sda", "size", "100", null)]
    public void A_serial_number_is_found_where_the_kernel_has_it(string disk, string file, string content, string? serial)
    {
        Write(disk, file, content);
        Assert.Equal(serial, new DiskNames(_folder.Path).Serial(disk));
    }

    [Theory]
    [InlineData("sda", "device/wwid", "naa.5000c500a1b2c3d4\n", "0x5000c500a1b2c3d4")]
    [InlineData("nvme0n1", "wwid", "eui.0025385b01404e2f\n", "eui.0025385b01404e2f")]
    [InlineData("sda", "device/wwid", "t10.ATA     QEMU HARDDISK                           QM00001\n", null)]
    [InlineData("vda", "size", "100", null)]
    public void A_world_wide_name_is_written_as_udev_does(string disk, string file, string content, string? wwn)
    {
        Write(disk, file, content);
        Assert.Equal(wwn, new DiskNames(_folder.Path).Wwn(disk));
    }

    private void Write(string disk, string file, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[$"{disk}/{file}"])!);
        File.WriteAllBytes(_folder[$"{disk}/{file}"], System.Text.Encoding.Latin1.GetBytes(content));
    }
}
