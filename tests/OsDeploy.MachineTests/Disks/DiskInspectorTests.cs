using OsDeploy.Disks;

namespace OsDeploy.MachineTests.Disks;

public sealed class DiskInspectorTests
{
    private const long Mib = 1 << 20;

    private const string Windows = """
        label: gpt
        start=2048, size=100MiB, type=U, name="EFI system partition"
        size=16MiB, type=E3C9E316-0B5C-4DB8-817D-F92DF00215AE, attrs="GUID:63"
        size=200MiB, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7, name="Basic data partition"
        size=50MiB, type=DE94BBA4-06D1-4D40-A16A-BFD50179D6AC, attrs="RequiredPartition,GUID:63"
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public DiskInspectorTests() => Root.OrSkip();

    [Fact]
    public async Task A_gpt_disk_is_read_whole()
    {
        await using var disk = await TestDisk.CreateAsync(512 * Mib, Windows);
        await disk.FormatAsync(1, "fat32", "-n", "ESP");
        await disk.FormatAsync(3, "ntfs", "-L", "Mein \"Labor\" ä");
        var layout = await disk.InspectAsync();
        Assert.Equal("gpt", layout.Label);
        Assert.Equal("uefi", layout.Firmware);
        Assert.Equal(Mib, layout.HeadLength);
        Assert.Equal(["vfat", null, "ntfs", null], layout.Partitions.Select(partition => partition.FileSystem));
        Assert.Equal("Mein \"Labor\" ä", layout.Partitions[2].FileSystemLabel);
        Assert.Equal((Mib, 100 * Mib), (layout.Partitions[0].Offset, layout.Partitions[0].Length));
        Assert.Equal("FAT32", layout.Partitions[0].FileSystemVersion);
        Assert.Equal(layout.Table.OrderByDescending(piece => piece.Offset), layout.Table);
        Assert.Equal([(512 * Mib) - 512, (512 * Mib) - (33 * 512), 1024, 512, 0], layout.Table.Select(piece => piece.Offset));
        Assert.Equal([512, 32 * 512, 32 * 512, 512, 512], layout.Table.Select(piece => piece.Bytes.Length));
        Assert.Empty(layout.Disk.InUse);
    }

    [Fact]
    public async Task A_disk_with_4096_byte_sectors_is_read_in_its_own_sectors()
    {
        await using var disk = await TestDisk.CreateAsync(512 * Mib, Windows.Replace("start=2048", "start=256", StringComparison.Ordinal), 4096);
        var layout = await disk.InspectAsync();
        Assert.Equal(4096, layout.Disk.SectorSize);
        Assert.Equal((Mib, 100 * Mib), (layout.Partitions[0].Offset, layout.Partitions[0].Length));
        Assert.Equal([(512 * Mib) - 4096, (512 * Mib) - (5 * 4096), 2 * 4096, 4096, 0], layout.Table.Select(piece => piece.Offset));
    }

    [Fact]
    public async Task Every_logical_partition_of_an_mbr_has_its_ebr_in_the_table()
    {
        await using var disk = await TestDisk.CreateAsync(512 * Mib, """
            label: dos
            start=2048, size=50MiB, type=7, bootable
            size=300MiB, type=5
            start=110592, size=100MiB, type=83
            start=319488, size=100MiB, type=82
            """);
        await disk.FormatAsync(6, "swap", "-L", "tausch");
        var layout = await disk.InspectAsync();
        Assert.Equal("dos", layout.Label);
        Assert.Equal("bios", layout.Firmware);
        Assert.Equal([1, 2, 5, 6], layout.Partitions.Select(partition => partition.Number));
        Assert.Equal([false, true, false, false], layout.Partitions.Select(partition => partition.IsContainer));
        Assert.Equal(3, layout.Table.Count);
        Assert.Equal("swap", layout.Partitions[3].FileSystem);
        Assert.All(layout.Table, piece => Assert.Equal((0x55, 0xAA), (piece.Bytes[510], piece.Bytes[511])));
    }

    [Theory]
    [InlineData("ntfs", "ntfs")]
    [InlineData("fat32", "vfat")]
    [InlineData("ext4", "ext4")]
    [InlineData("xfs", "xfs")]
    public async Task A_file_system_on_a_whole_disk_is_one_partition_without_a_table(string made, string found)
    {
        await using var disk = await TestDisk.CreateAsync(400 * Mib);
        await disk.FormatAsync(1, made);
        var layout = await disk.InspectAsync();
        Assert.Equal(("none", 0L, 0), (layout.Label, layout.HeadLength, layout.Table.Count));
        var only = Assert.Single(layout.Partitions);
        Assert.Equal((1, 0L, 400 * Mib, found), (only.Number, only.Offset, only.Length, only.FileSystem));
    }

    [Fact]
    public async Task A_blank_disk_has_no_table_and_no_partition()
    {
        await using var disk = await TestDisk.CreateAsync(10 * Mib);
        var layout = await disk.InspectAsync();
        Assert.Equal("none", layout.Label);
        Assert.Empty(layout.Partitions);
    }

    [Fact]
    public async Task A_table_made_for_a_larger_disk_is_an_error_that_says_so()
    {
        await using var disk = await TestDisk.CreateAsync(512 * Mib, Windows);
        await TestDisk.RunAsync("truncate", "-s", "128M", disk.ImageFile);
        var error = await Assert.ThrowsAsync<UserErrorException>(disk.InspectAsync);
        Assert.Equal("disk-table-damaged", error.Code);
    }

    [Fact]
    public async Task A_RAID_member_stays_in_use_behind_a_table_made_for_a_larger_disk()
    {
        const long superblock = (128 * Mib) - 8192; // version 1.0: at the end of the disk, where it leaves room for a table
        await using var disk = await TestDisk.CreateAsync(512 * Mib, Windows);
        await TestDisk.RunAsync("truncate", "-s", "128M", disk.ImageFile);
        using (var file = DiskFile.OpenWrite(await disk.IdentifyAsync()))
        {
            file.Write(superblock, RaidSuperblock.At(superblock));
        }

        await Assert.ThrowsAsync<UserErrorException>(disk.InspectAsync);
        var use = Assert.Single((await disk.IdentifyAsync()).InUse);
        Assert.Contains("member of a RAID (linux_raid_member)", use, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mount_of_a_partition_makes_an_image_file_in_use_and_its_end_makes_it_free()
    {
        await using var disk = await TestDisk.CreateAsync(512 * Mib, Windows);
        await disk.FormatAsync(3, "ext4");
        await using (var mount = await disk.MountAsync(3))
        {
            var use = Assert.Single((await disk.IdentifyAsync()).InUse);
            Assert.Contains("mounted at " + mount.Folder, use, StringComparison.Ordinal);
        }

        Assert.Empty((await disk.IdentifyAsync()).InUse);
    }

    [Fact]
    public async Task A_mounted_block_device_is_in_use_and_cannot_be_opened_for_writing()
    {
        await using var disk = await TestDisk.CreateAsync(512 * Mib, sectorSize: 4096);
        await disk.FormatAsync(1, "ext4");
        var free = await disk.IdentifyAsync();
        Assert.True(free.IsBlockDevice);
        Assert.Empty(free.InUse);
        var folder = Directory.CreateTempSubdirectory("osdeploy-mount-").FullName;
        await TestDisk.RunAsync("mount", disk.Path, folder);
        try
        {
            Assert.NotEmpty((await disk.IdentifyAsync()).InUse);
            var error = Assert.Throws<UserErrorException>(() => DiskFile.OpenWrite(free));
            Assert.Equal("disk-in-use", error.Code);
        }
        finally
        {
            await TestDisk.RunAsync("umount", folder);
            Directory.Delete(folder);
        }

        using var writable = DiskFile.OpenWrite(free);
        Assert.Throws<UserErrorException>(() => DiskFile.OpenWrite(free));
    }

    [Fact]
    public async Task An_image_file_that_is_captured_can_be_captured_twice_and_not_written()
    {
        await using var disk = await TestDisk.CreateAsync(8 * Mib);
        var identity = await disk.IdentifyAsync();
        using (DiskFile.OpenForCapture(identity))
        using (DiskFile.OpenForCapture(identity))
        {
            Assert.Equal("disk-in-use", Assert.Throws<UserErrorException>(() => DiskFile.OpenWrite(identity)).Code);
            await using var device = await LoopDevice.AttachAsync(identity, Mib, Mib, isReadOnly: true, Cancel);
        }

        using (DiskFile.OpenWrite(identity))
        {
            Assert.Equal("disk-in-use", Assert.Throws<UserErrorException>(() => DiskFile.OpenForCapture(identity)).Code);
        }
    }

    [Fact]
    public async Task A_block_device_that_is_captured_can_be_neither_mounted_nor_written()
    {
        await using var disk = await TestDisk.CreateAsync(64 * Mib, sectorSize: 4096);
        await disk.FormatAsync(1, "ext4");
        var identity = await disk.IdentifyAsync();
        var folder = Directory.CreateTempSubdirectory("osdeploy-mount-").FullName;
        using (DiskFile.OpenForCapture(identity))
        {
            Assert.Equal("disk-in-use", Assert.Throws<UserErrorException>(() => DiskFile.OpenWrite(identity)).Code);
            await Assert.ThrowsAsync<UserErrorException>(() => TestDisk.RunAsync("mount", disk.Path, folder));
            await using var device = await LoopDevice.AttachAsync(identity, 0, 64 * Mib, isReadOnly: true, Cancel);
            await TestDisk.RunAsync("e2fsck", "-f", "-n", device.Path);
        }

        await TestDisk.RunAsync("mount", disk.Path, folder);
        Assert.Throws<UserErrorException>(() => DiskFile.OpenForCapture(identity));
        await TestDisk.RunAsync("umount", folder);
        Directory.Delete(folder);
    }

    [Fact]
    public async Task Lists_loop_devices_over_files_and_no_memory()
    {
        await using var disk = await TestDisk.CreateAsync(64 * Mib, sectorSize: 4096);
        var disks = await DiskInspector.ListAsync(Cancel);
        Assert.Contains(disks, found => found.Path == disk.Path && found.Size == 64 * Mib && found.SectorSize == 4096);
        Assert.DoesNotContain(disks, found => found.Path.StartsWith("/dev/zram", StringComparison.Ordinal) || found.Size == 0);
    }

    [Theory]
    [InlineData("/dev/does-not-exist", "disk-not-found")]
    [InlineData("/tmp", "disk-not-a-disk")]
    [InlineData("/dev/null", "disk-not-a-disk")]
    public async Task What_is_no_disk_is_refused_by_name(string path, string code)
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() => DiskInspector.IdentifyAsync(path, Cancel));
        Assert.Equal(code, error.Code);
    }
}
