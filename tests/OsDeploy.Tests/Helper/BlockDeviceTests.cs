using OsDeploy.Helper.Storage;
using OsDeploy.SetUp;
using OsDeploy.Tests.Disks;
using Xunit;

namespace OsDeploy.Tests.Helper;

public sealed class BlockDeviceTests
{
    private const string OneDisk = """{"blockdevices":[{"name":"sda","path":"/dev/sda","type":"disk","size":5,"ro":false,"rm":false,"mountpoints":[null]}]}""";

    [Fact]
    public void Disks_are_told_from_drives_without_them_and_from_memory() =>
        Assert.Equal(["sda", "nvme0n1", "sdb"], BlockDevice.Parse(LsblkSamples.Server).Where(device => device.IsDisk).Select(device => device.Name));

    [Fact]
    public void A_disk_below_a_volume_group_or_with_something_mounted_is_in_use() =>
        Assert.Equal(["sda", "sdb", "zram0"], BlockDevice.Parse(LsblkSamples.Server).Where(device => device.IsInUse).Select(device => device.Name));

    [Fact]
    public void The_family_of_a_disk_is_everything_on_it()
    {
        var disk = BlockDevice.Parse(LsblkSamples.Server)[0];

        Assert.Equal(["sda", "sda1", "sda2", "vg-root"], disk.Family.Select(device => device.Name));
        Assert.Equal(["sda1", "sda2"], disk.Partitions.Select(device => device.Name));
        Assert.Equal(("WDC WD10EZEX-08W", "WD-WCC6Y0AAAAAA", 1_000_204_886_016), (disk.Model, disk.Serial, disk.Size));
    }

    [Theory]
    [InlineData("/dev/sda", "/dev/sda1")]
    [InlineData("/dev/vdb", "/dev/vdb1")]
    [InlineData("/dev/nvme0n1", "/dev/nvme0n1p1")]
    [InlineData("/dev/mmcblk0", "/dev/mmcblk0p1")]
    [InlineData("/dev/loop12", "/dev/loop12p1")]
    public void A_partition_has_the_name_that_the_kernel_gives_it(string disk, string partition) =>
        Assert.Equal(partition, (BlockDevice.Parse(OneDisk)[0] with { Path = disk }).PartitionPath(1));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"blockdevices":null}""")]
    [InlineData("""{"blockdevices":[null]}""")]
    [InlineData("""{"blockdevices":[{}]}""")]
    [InlineData("""{"blockdevices":[{"name":"sda","path":"/dev/sda","type":"disk","size":"5","ro":false,"rm":false,"mountpoints":[null]}]}""")]
    [InlineData("""{"blockdevices":[{"name":"sda","path":"/dev/sda","type":"disk","size":-5,"ro":false,"rm":false,"mountpoints":[null]}]}""")]
    [InlineData("""{"blockdevices":[{"name":"sda","path":"","type":"disk","size":5,"ro":false,"rm":false,"mountpoints":[null]}]}""")]
    [InlineData("""{"blockdevices":[{"name":"sda","path":"/dev/sda","type":"disk","size":5,"ro":"no","rm":false,"mountpoints":[null]}]}""")]
    [InlineData("""{"blockdevices":[{"name":"sda","path":"/dev/sda","type":"disk","size":5,"ro":false,"rm":false}]}""")]
    [InlineData("""{"blockdevices":[{"name":"sda","path":"/dev/sda","type":"disk","size":5,"ro":false,"rm":false,"mountpoints":[null],"pkname":"x"}]}""")]
    public void A_list_of_another_shape_is_refused(string json) => Assert.Throws<FormatException>(() => BlockDevice.Parse(json));

    [Fact]
    public void Damaged_lists_are_lists_or_refused() => TextMutation.Fuzz(LsblkSamples.Server, text => _ = BlockDevice.Parse(text).SelectMany(device => device.Family).Count(device => device.IsInUse));

    [Theory]
    [InlineData("ID_FS_LABEL=osdeploy-data\nID_FS_LABEL_ENC=osdeploy-data\nID_FS_TYPE=ext4\nID_FS_USAGE=filesystem\n", true)]
    [InlineData("ID_FS_LABEL_ENC=osdeploy-data\nID_FS_TYPE=ext3\n", false)]
    [InlineData("ID_FS_LABEL_ENC=osdeploy-data2\nID_FS_TYPE=ext4\n", false)]
    [InlineData("ID_FS_LABEL=osdeploy-data\nID_FS_TYPE=ext4\n", false)]
    [InlineData("ID_PART_TABLE_TYPE=gpt\nID_FS_TYPE=\n", false)]
    [InlineData("", false)]
    public void A_volume_is_the_appliances_by_its_label_alone(string output, bool isOurs) => Assert.Equal(isOurs, Content.Parse(output).IsOurs);

    [Fact]
    public void What_blkid_says_is_taken_apart()
    {
        Assert.Equal(new Content("ntfs", @"Windows\x20C", null), Content.Parse("ID_FS_LABEL=Windows_C\nID_FS_LABEL_ENC=Windows\\x20C\nID_FS_TYPE=ntfs\n"));
        Assert.Equal(new Content(null, null, "gpt"), Content.Parse("ID_PART_TABLE_UUID=1\nID_PART_TABLE_TYPE=gpt\nnonsense\n"));
        Assert.True(Content.Parse("").IsNothing);
    }

    [Fact]
    public void The_label_is_one_that_ext4_holds_and_blkid_writes_as_it_is()
    {
        Assert.InRange(DataVolume.Label.Length, 1, 16);
        Assert.Matches("^[a-z-]+$", DataVolume.Label);
    }
}
