using OsDeploy.MachineTests.Disks;

namespace OsDeploy.MachineTests.Imaging;

/// <summary>Each file system, captured once and restored onto disks in every state a school has.</summary>
public sealed class EveryFileSystemTests
{
    private const long Mebibyte = 1 << 20;
    private const int Number = 1;

    public EveryFileSystemTests() => Root.OrSkip();

    public static TheoryData<string> FileSystemNames => ["ntfs", "ext2", "ext3", "ext4", "fat12", "fat16", "fat32", "exfat", "btrfs", "xfs", "f2fs"];

    [Theory]
    [MemberData(nameof(FileSystemNames))]
    public async Task Comes_back_file_for_file_whatever_the_target_held(string fileSystem)
    {
        await using var lab = new ImagingLab();
        var size = SizeOf(fileSystem);
        await using var master = await MasterAsync(lab, fileSystem, size);
        await lab.CaptureAsync(master);
        var expected = await FilesAsync(master, fileSystem);

        await AssertRestoresAsync(lab, master, await BlankAsync(size), fileSystem, expected);
        await AssertRestoresAsync(lab, master, await FilledAsync(size), fileSystem, expected);
        await AssertRestoresAsync(lab, master, await OtherSystemAsync(size), fileSystem, expected);
        await AssertRestoresAsync(lab, master, await HalfRestoredAsync(lab, size), fileSystem, expected);
    }

    [Theory]
    [InlineData("ntfs")]
    [InlineData("ext4")]
    [InlineData("btrfs")]
    [InlineData("xfs")]
    [InlineData("fat32")]
    [InlineData("exfat")]
    public async Task A_disk_used_for_a_day_gets_back_only_what_changed(string fileSystem)
    {
        await using var lab = new ImagingLab();
        var size = SizeOf(fileSystem);
        await using var master = await MasterAsync(lab, fileSystem, size);
        await lab.CaptureAsync(master);
        var expected = await FilesAsync(master, fileSystem);
        await using var target = await BlankAsync(size);
        await lab.RestoreAsync(target);
        await UseForADayAsync(lab, target, fileSystem);
        Assert.NotEqual(expected, await FilesAsync(target, fileSystem));

        var report = await lab.RestoreAsync(target);

        Assert.Equal(expected, await FilesAsync(target, fileSystem));
        Assert.InRange(report.WrittenBytes, 1, report.UsedBytes / 2);
        await FileSystemCheck.RunAsync(target, Number);
    }

    [Theory]
    [MemberData(nameof(FileSystemNames))]
    public async Task A_disk_that_is_right_already_is_neither_fetched_for_nor_written(string fileSystem)
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync(lab, fileSystem, SizeOf(fileSystem));
        await lab.CaptureAsync(master);
        var before = await master.HashAsync();

        var report = await lab.RestoreAsync(master);

        Assert.Equal((0, 0), (report.FetchedBytes, report.WrittenBytes));
        Assert.Equal(report.UsedBytes, report.EqualBytes);
        Assert.Equal(before, await master.HashAsync());
    }

    [Theory]
    [InlineData("ntfs")]
    [InlineData("ext4")]
    [InlineData("ext3")]
    [InlineData("btrfs")]
    [InlineData("xfs")]
    public async Task On_a_larger_disk_it_grows_and_a_second_restore_moves_next_to_nothing(string fileSystem)
    {
        await using var lab = new ImagingLab();
        var size = SizeOf(fileSystem);
        await using var master = await MasterAsync(lab, fileSystem, size);
        await lab.CaptureAsync(master);
        var expected = await FilesAsync(master, fileSystem);
        await using var target = await TestDisk.CreateAsync(size + (200 * Mebibyte));

        await lab.RestoreAsync(target);

        Assert.Equal(expected, await FilesAsync(target, fileSystem));
        await FileSystemCheck.RunAsync(target, Number);
        Assert.True((await target.PartitionAsync(Number)).Length >= (await master.PartitionAsync(Number)).Length + (198 * Mebibyte));
        var again = await lab.RestoreAsync(target);
        Assert.Equal(expected, await FilesAsync(target, fileSystem));
        Assert.InRange(again.WrittenBytes, 0, Math.Max(again.UsedBytes / 10, 8 * Mebibyte));
    }

    [Theory]
    [InlineData(512)]
    [InlineData(4096)]
    public async Task A_partition_may_end_inside_a_chunk(int beyond)
    {
        await using var lab = new ImagingLab();
        var sectors = ((100 * Mebibyte) + beyond) / 512;
        await using var master = await TestDisk.CreateAsync(128 * Mebibyte, $"label: gpt\nstart=2048,size={sectors},type=L\nsize=10MiB,type=L\n");
        await master.FormatAsync(1, "ntfs");
        await master.FormatAsync(2, "ext4");
        await master.CopyInAsync(1, await SampleTree.CreateAsync(lab.NewFolder(), 1, hasUnixFeatures: false));
        await lab.CaptureAsync(master);
        await using var target = await FilledAsync(128 * Mebibyte);

        await lab.RestoreAsync(target);

        Assert.Equal(await Volumes.FilesAsync(master, 1), await Volumes.FilesAsync(target, 1));
        await FileSystemCheck.RunAsync(target, 2);
    }

    private static async Task AssertRestoresAsync(ImagingLab lab, TestDisk master, TestDisk target, string fileSystem, string expected)
    {
        await using (target)
        {
            await lab.RestoreAsync(target);
            await FileSystemCheck.RunAsync(target, Number);
            Assert.Equal(expected, await FilesAsync(target, fileSystem));
            Assert.Equal(TableOf(await master.InspectAsync()), TableOf(await target.InspectAsync()));
        }
    }

    private static List<string> TableOf(OsDeploy.Disks.DiskLayout layout) =>
        [.. layout.Table.Select(sectors => sectors.Offset + ":" + Convert.ToHexString(sectors.Bytes))];

    // There is no driver here that mounts f2fs: its own checker reads every node and extent instead.
    private static async Task<string> FilesAsync(TestDisk disk, string fileSystem) =>
        fileSystem == "f2fs" ? "checked" : (await Volumes.FilesAsync(disk, Number)).Digest;

    private static async Task<TestDisk> MasterAsync(ImagingLab lab, string fileSystem, long size)
    {
        var disk = await TestDisk.CreateAsync(size, "label: gpt\ntype=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7\n");
        await disk.FormatAsync(Number, fileSystem);
        var hasUnixFeatures = fileSystem is "ext2" or "ext3" or "ext4" or "btrfs" or "xfs";
        await disk.CopyInAsync(Number, await SampleTree.CreateAsync(lab.NewFolder(), 20261120, hasUnixFeatures, fileSystem == "fat12" ? 3 : 12));
        return disk;
    }

    private static async Task UseForADayAsync(ImagingLab lab, TestDisk disk, string fileSystem)
    {
        if (fileSystem.StartsWith("fat", StringComparison.Ordinal))
        {
            var folder = lab.NewFolder();
            await File.WriteAllTextAsync(Path.Combine(folder, "new today.txt"), new string('x', 50_000), TestContext.Current.CancellationToken);
            await disk.CopyInAsync(Number, folder);
            return;
        }

        await using var mount = await disk.MountAsync(Number);
        await SampleTree.DriftAsync(mount.Folder, 7);
    }

    private static long SizeOf(string fileSystem) => fileSystem switch
    {
        "xfs" => 340 * Mebibyte,
        "btrfs" => 200 * Mebibyte,
        "fat12" => 9 * Mebibyte,
        "f2fs" => 120 * Mebibyte,
        _ => 80 * Mebibyte,
    };

    private static Task<TestDisk> BlankAsync(long size) => TestDisk.CreateAsync(size);

    private static async Task<TestDisk> FilledAsync(long size)
    {
        var disk = await TestDisk.CreateAsync(size);
        using var file = File.OpenHandle(disk.ImageFile, access: FileAccess.ReadWrite);
        var piece = new byte[Mebibyte];
        Array.Fill(piece, (byte)0xA5);
        for (var position = 0L; position < size; position += piece.Length)
        {
            RandomAccess.Write(file, piece.AsSpan(0, (int)Math.Min(piece.Length, size - position)), position);
        }

        return disk;
    }

    // Another label, another file system, and that one not cleanly unmounted: a mounted file's state, copied.
    private static async Task<TestDisk> OtherSystemAsync(long size)
    {
        var disk = await TestDisk.CreateAsync(size, "label: dos\ntype=83,bootable\n");
        await disk.FormatAsync(Number, "ext2");
        await using (var mount = await disk.MountAsync(Number))
        {
            await File.WriteAllTextAsync(Path.Combine(mount.Folder, "before.txt"), "old", TestContext.Current.CancellationToken);
            await TestDisk.RunAsync("sync", "--file-system", mount.Folder);
            File.Copy(disk.ImageFile, disk.ImageFile + ".dirty");
        }

        File.Move(disk.ImageFile + ".dirty", disk.ImageFile, overwrite: true);
        return disk;
    }

    private static async Task<TestDisk> HalfRestoredAsync(ImagingLab lab, long size)
    {
        var disk = await FilledAsync(size);
        await lab.RestoreUntilAsync(disk, chunks: 4);
        Assert.Empty((await disk.InspectAsync()).Partitions);
        return disk;
    }
}
