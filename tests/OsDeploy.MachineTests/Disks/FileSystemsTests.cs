using OsDeploy.Disks;

namespace OsDeploy.MachineTests.Disks;

public sealed class FileSystemsTests : IDisposable
{
    private const long Mib = 1 << 20;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("osdeploy-files-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public FileSystemsTests() => Root.OrSkip();

    public void Dispose() => _files.Delete(recursive: true);

    [Theory]
    [InlineData("ntfs")]
    [InlineData("ext2")]
    [InlineData("ext3")]
    [InlineData("ext4")]
    [InlineData("btrfs")]
    [InlineData("xfs")]
    public async Task Grows_to_the_size_of_its_partition_and_keeps_its_files(string fileSystem)
    {
        await using var disk = await TestDisk.CreateAsync(700 * Mib, "label: gpt\nstart=2048, size=310MiB");
        await disk.FormatAsync(1, fileSystem);
        await File.WriteAllTextAsync(Path.Combine(_files.FullName, "file"), new string('x', 300_000), Cancel);
        await disk.CopyInAsync(1, _files.FullName);
        await new Command("sfdisk", "--quiet", "--no-reread", "--no-tell-kernel", "-N", "1", disk.Path).WithInput("size=600MiB").RunAsync(Cancel);
        Assert.True(FileSystems.CanGrow(fileSystem));
        await using (var device = await disk.AttachAsync(1))
        {
            await FileSystems.GrowAsync(fileSystem, device, Cancel);
        }

        if (fileSystem != "ntfs")
        {
            await FileSystemCheck.RunAsync(disk, 1); // ntfsresize leaves a volume flagged for one check by Windows
        }

        await FileSystemCheck.AssertFilesAsync(disk, 1, _files.FullName);
        await using var mount = await disk.MountAsync(1, isReadOnly: true);
        Assert.InRange(new DriveInfo(mount.Folder).TotalSize, 500 * Mib, 600 * Mib);
    }

    [Theory]
    [InlineData("fat16", "AB12-CD34", "DATEN", "vfat", "AB12-CD34")]
    [InlineData("fat32", "AB12-CD34", "DATEN", "vfat", "AB12-CD34")]
    [InlineData("ntfs", "1234567890ABCDEF", "Daten ä", "ntfs", "1234567890ABCDEF")]
    [InlineData("ext2", "3f1c3e0a-2f0e-4f56-8a56-0a1b2c3d4e5f", "daten", "ext2", "3f1c3e0a-2f0e-4f56-8a56-0a1b2c3d4e5f")]
    [InlineData("ext3", "3f1c3e0a-2f0e-4f56-8a56-0a1b2c3d4e5f", "daten", "ext3", "3f1c3e0a-2f0e-4f56-8a56-0a1b2c3d4e5f")]
    [InlineData("ext4", "3f1c3e0a-2f0e-4f56-8a56-0a1b2c3d4e5f", "daten", "ext4", "3f1c3e0a-2f0e-4f56-8a56-0a1b2c3d4e5f")]
    [InlineData("btrfs", "3f1c3e0a-2f0e-4f56-8a56-0a1b2c3d4e5f", "daten", "btrfs", "3f1c3e0a-2f0e-4f56-8a56-0a1b2c3d4e5f")]
    [InlineData("xfs", "3f1c3e0a-2f0e-4f56-8a56-0a1b2c3d4e5f", "daten", "xfs", "3f1c3e0a-2f0e-4f56-8a56-0a1b2c3d4e5f")]
    [InlineData("swap", "3f1c3e0a-2f0e-4f56-8a56-0a1b2c3d4e5f", "tausch", "swap", "3f1c3e0a-2f0e-4f56-8a56-0a1b2c3d4e5f")]
    public async Task Makes_a_file_system_with_its_uuid_and_label_over_anything(string made, string uuid, string label, string found, string foundUuid)
    {
        await using var disk = await TestDisk.CreateAsync(320 * Mib, "label: gpt\nstart=6144, size=310MiB");
        await disk.FormatAsync(1, made == "ext4" ? "xfs" : "ext4"); // something else was here before
        await using (var device = await disk.AttachAsync(1))
        {
            await FileSystems.MakeAsync(made, device, uuid, label, Cancel);
        }

        var partition = await disk.PartitionAsync(1);
        Assert.Equal((found, foundUuid, label), (partition.FileSystem, partition.FileSystemUuid, partition.FileSystemLabel));
        if (found is "ntfs" or "vfat")
        {
            Assert.Equal(6144u, await HiddenSectorsAsync(disk));
        }

        if (found != "swap")
        {
            await FileSystemCheck.RunAsync(disk, 1);
        }
    }

    [Fact]
    public async Task Takes_a_file_system_without_uuid_and_label()
    {
        await using var disk = await TestDisk.CreateAsync(320 * Mib, "label: gpt\nstart=2048, size=310MiB");
        await using var device = await disk.AttachAsync(1);
        foreach (var fileSystem in new[] { "fat32", "ntfs", "ext4", "btrfs", "xfs", "swap" })
        {
            await FileSystems.MakeAsync(fileSystem, device, null, null, Cancel);
        }

        var error = await Assert.ThrowsAsync<UserErrorException>(() => FileSystems.MakeAsync("zfs", device, null, null, Cancel));
        Assert.Equal("volume-format", error.Code);
    }

    [Theory]
    [InlineData("fat16", "FAT16")]
    [InlineData("fat32", "FAT32")]
    [InlineData("ntfs", "ntfs")]
    [InlineData("ext2", "ext2")]
    [InlineData("ext3", "ext3")]
    [InlineData("ext4", "ext4")]
    [InlineData("btrfs", "btrfs")]
    [InlineData("xfs", "xfs")]
    [InlineData("swap", "swap")]
    public async Task Makes_every_size_it_does_not_refuse_and_every_label(string fileSystem, string expected)
    {
        foreach (var sectorSize in new[] { 512, 4096 })
        {
            var limits = FormatSize.Of(fileSystem, sectorSize)!.Value;
            foreach (var length in new[] { limits.Min, Math.Min(limits.Max, 3 * 1024 * Mib) })
            {
                Assert.Null(FileSystems.WhyNotMade(fileSystem, length, null, sectorSize));
                await using var disk = await TestDisk.CreateAsync(length + Mib, sectorSize: sectorSize);
                await using var device = await LoopDevice.AttachAsync(await disk.IdentifyAsync(), Mib, length, isReadOnly: false, Cancel);
                var label = " Bürö 1: *?<>\n😀" + new string('x', 300);
                await FileSystems.MakeAsync(fileSystem, device, null, label, Cancel);
                var found = await Blkid.ProbeAsync(device.Path, 0, length, Cancel);
                Assert.Equal(expected, found.Type == "vfat" ? found.Version : found.Type);
                Assert.StartsWith(found.Label!, FileSystems.FitLabel(fileSystem, label), StringComparison.Ordinal); // blkid cuts the longest
            }
        }
    }

    [Fact]
    public void Sizes_no_file_system_of_the_kind_can_have_are_refused_before_anything_is_written()
    {
        foreach (var fileSystem in new[] { "fat16", "fat32", "ntfs", "ext2", "ext3", "ext4", "btrfs", "xfs", "swap" })
        {
            Assert.Equal("volume-size", FileSystems.WhyNotMade(fileSystem, 32 << 10, null)?.Code);
        }

        var error = FileSystems.WhyNotMade("fat16", 2048 * Mib, "DATEN");
        Assert.Equal("volume-size", error?.Code);
        Assert.Contains("\"DATEN\" of 2.00 GiB (2147483648 bytes) cannot become fat16", error?.Message, StringComparison.Ordinal);
        Assert.Equal("volume-format", FileSystems.WhyNotMade("zfs", 2048 * Mib, null)?.Code);
    }

    [Theory]
    [InlineData("ntfs")]
    [InlineData("ext2")]
    [InlineData("ext3")]
    [InlineData("ext4")]
    [InlineData("btrfs")]
    [InlineData("xfs")]
    public void Everything_that_can_grow_has_its_tools_here(string fileSystem) => Assert.Null(FileSystems.WhyNotGrown(fileSystem));

    [Fact]
    public async Task A_tool_that_has_begun_is_not_stopped_by_cancel()
    {
        var (started, go) = (Path.Combine(_files.FullName, "started"), Path.Combine(_files.FullName, "go"));
        await TestDisk.RunAsync("mkfifo", started, go);
        await using var disk = await TestDisk.CreateAsync(8 * Mib);
        await using var device = await disk.AttachAsync(1);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task making;
        using (new ProgramOnPath("mkswap", $"echo >'{started}'; read line <'{go}'; echo done >'{_files.FullName}/done'"))
        {
            making = FileSystems.MakeAsync("swap", device, null, null, cancel.Token);
            await new Command("cat", started).WithDeadline(s_patience).RunAsync(Cancel);
        }

        await cancel.CancelAsync();
        await new Command("tee", go).WithInput("go\n").WithDeadline(s_patience).RunAsync(Cancel);
        await making;
        Assert.True(File.Exists(Path.Combine(_files.FullName, "done")));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FileSystems.MakeAsync("swap", device, null, null, cancel.Token));
    }

    [Fact]
    public async Task Knows_a_swap_area_that_need_not_be_made_again()
    {
        const string uuid = "3f1c3e0a-2f0e-4f56-8a56-0a1b2c3d4e5f";
        await using var disk = await TestDisk.CreateAsync(64 * Mib, "label: gpt\nstart=2048, size=60MiB");
        await using var device = await disk.AttachAsync(1);
        Assert.False(await FileSystems.IsSwapAsync(device, uuid, "tausch", Cancel));
        await FileSystems.MakeAsync("swap", device, uuid, "tausch", Cancel);
        Assert.True(await FileSystems.IsSwapAsync(device, uuid, "tausch", Cancel));
        Assert.False(await FileSystems.IsSwapAsync(device, uuid, null, Cancel));
        Assert.False(await FileSystems.IsSwapAsync(device, "00000000-2f0e-4f56-8a56-0a1b2c3d4e5f", "tausch", Cancel));
    }

    private static async Task<uint> HiddenSectorsAsync(TestDisk disk)
    {
        var layout = await disk.InspectAsync();
        using var file = DiskFile.OpenRead(layout.Disk);
        var boot = new byte[512];
        file.Read(layout.Partitions[0].Offset, boot);
        return BitConverter.ToUInt32(boot, 0x1C);
    }
}
