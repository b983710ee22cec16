using OsDeploy.Disks;
using OsDeploy.Images;
using Xunit;

namespace OsDeploy.Tests.Disks;

/// <summary>What lsblk, blkid, ntfscluster, debugfs and the kernel print, as captured from them.</summary>
public sealed class ToolOutputTests
{
    private const string Ntfs = """
        Dump: /pagefile.sys
            0x10 - resident
            0x30 - resident
            0x80 - non-resident
                     VCN     LCN     Length
                       0     9707     5120
                    5120    18920     1280
        """;

    private const string Ext = """
        Level Entries       Logical        Physical Length Flags
         0/ 0   1/  3     0 -     3  16385 -  16388      4 
         0/ 0   2/  3     4 -  8191  16389 -  24576   8188 Uninit
         0/ 0   3/  3  8192 - 16383  32769 -  40960   8192 Uninit
        """;

    private const string Disks = """
        {"blockdevices": [
          {"name":"sda","path":"/dev/sda","type":"disk","size":1000,"log-sec":512,"model":"M","serial":"S","wwn":null,"tran":"usb","rm":false,"ro":false},
          {"name":"zram0","path":"/dev/zram0","type":"disk","size":5,"log-sec":4096,"model":null,"serial":null,"wwn":null,"tran":null,"rm":false,"ro":false},
          {"name":"loop0","path":"/dev/loop0","type":"loop","size":0,"log-sec":512,"model":null,"serial":null,"wwn":null,"tran":null,"rm":false,"ro":false},
          {"name":"mmcblk0boot0","path":"/dev/mmcblk0boot0","type":"disk","size":5,"log-sec":512,"model":null,"serial":null,"wwn":null,"tran":null,"rm":false,"ro":true},
          {"name":"sr0","path":"/dev/sr0","type":"rom","size":5,"log-sec":2048,"model":null,"serial":null,"wwn":null,"tran":"sata","rm":true,"ro":false}
        ]}
        """;

    [Fact]
    public void Run_lists_of_ntfs_files_become_bytes()
    {
        var runs = NtfsVolume.ParseRuns(Ntfs, 4096);
        Assert.Equal([new ByteRange(9707 * 4096L, 5120 * 4096L), new ByteRange(18920 * 4096L, 1280 * 4096L)], runs.Runs);
    }

    [Theory]
    [InlineData("       0     9707     5120", "       0       -1     5120")] // sparse or compressed
    [InlineData("    5120    18920     1280", "    5121    18920     1280")]
    [InlineData("    5120    18920     1280", "    5120    18920  9223372036854775807")]
    [InlineData("0x80 - non-resident", "0x90 - non-resident")]
    [InlineData("    5120    18920     1280", "    5120    18920     1280\n    0x80 - non-resident\n   VCN     LCN     Length\n    0   77   1")] // a named stream
    public void A_file_that_is_not_stored_plainly_has_no_runs(string good, string bad) =>
        Assert.Empty(NtfsVolume.ParseRuns(Ntfs.Replace(good, bad, StringComparison.Ordinal), 4096).Runs);

    [Fact]
    public void Damaged_run_lists_are_never_a_fault() => TextMutation.Fuzz(Ntfs, text => NtfsVolume.ParseRuns(text, 4096));

    [Fact]
    public void Extents_of_ext_files_become_bytes()
    {
        var runs = ExtVolume.ParseExtents(Ext, 1024);
        Assert.Equal([new(16385 * 1024L, 4 * 1024), new(16389 * 1024L, 8188 * 1024), new ByteRange(32769 * 1024L, 8192 * 1024)], runs.Runs);
        Assert.Empty(ExtVolume.ParseExtents(Ext.Replace("     4 -  8191", "     5 -  8191", StringComparison.Ordinal), 1024).Runs); // a hole
    }

    [Fact]
    public void Damaged_extents_are_never_a_fault() => TextMutation.Fuzz(Ext, text => ExtVolume.ParseExtents(text, 1024));

    [Fact]
    public void The_head_of_a_file_is_counted_in_the_order_of_the_file()
    {
        var runs = new FileRuns([new(1000, 10), new(0, 20), new(500, 5)]);
        Assert.Equal([new ByteRange(5, 15), new ByteRange(500, 5)], runs.From(15).Runs.ToArray());
        Assert.Equal(0, runs.From(35).TotalLength);
    }

    [Fact]
    public void Only_disks_count_as_disks()
    {
        var devices = Lsblk.Parse(Disks);
        Assert.Equal(["sda"], devices.Where(device => device.IsDisk).Select(device => device.Name));
        Assert.Equal((1000, 512, "usb"), (devices[0].Size, devices[0].SectorSize, devices[0].Tran));
        TextMutation.Fuzz(Disks, text => Lsblk.Parse(text));
    }

    [Fact]
    public void Labels_are_decoded_from_udevs_encoding()
    {
        const string output = "ID_FS_LABEL=x\nID_FS_LABEL_ENC=my\\x20lab\\x22\\xc3\\xa4\\x5c\nID_FS_TYPE=ext4\nID_FS_UUID_ENC=1-2\nID_FS_VERSION=1.0\n";
        Assert.Equal(new BlkidResult("ext4", "1.0", "1-2", "my lab\"ä\\"), Blkid.Parse(output));
        TextMutation.Fuzz(output, text => Blkid.Parse(text));
    }

    [Fact]
    public void Mounts_are_read_with_blanks_in_their_names()
    {
        const string mounts = "36 35 8:1 / /mnt/my\\040disk rw,noatime master:1 shared:2 - ext4 /dev/sda1 rw\n37 35 0:30 / /x rw - btrfs /dev/sdb1 rw\nrubbish\n";
        Assert.Equal([new("8:1", "/mnt/my disk", "/dev/sda1"), new MountEntry("0:30", "/x", "/dev/sdb1")], MountTable.Parse(mounts));
        TextMutation.Fuzz(mounts, text => MountTable.Parse(text));
    }
}
