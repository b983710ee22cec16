using System.Buffers.Binary;
using OsDeploy.Disks;
using OsDeploy.Images;
using OsDeploy.Imaging;
using OsDeploy.MachineTests.Disks;
using OsDeploy.Storage;

namespace OsDeploy.MachineTests.Imaging;

/// <summary>Disks as Windows and Linux set-up leave them, captured and restored whole, larger, in part, and in pairs.</summary>
public sealed class WholeDiskTests
{
    private const long Mebibyte = 1 << 20;

    // ESP, MSR, Windows, Linux, swap, Recovery: the usual dual boot of a school.
    private const string UefiScript = """
        label: gpt
        size=40MiB,type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B,name="EFI system partition"
        size=16MiB,type=E3C9E316-0B5C-4DB8-817D-F92DF00215AE,name="Microsoft reserved partition"
        size=90MiB,type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7,name="Basic data partition"
        size=60MiB,type=0FC63DAF-8483-4772-8E79-3D69D8477DE4
        size=16MiB,type=0657FD6D-A4AB-43C4-84E5-0933C84B4F4F
        size=30MiB,type=DE94BBA4-06D1-4D40-A16A-BFD50179D6AC,attrs="RequiredPartition GUID:63"
        """;

    private const string BiosScript = """
        label: dos
        1 : size=30MiB,type=7,bootable
        2 : size=40MiB,type=6
        3 : size=180MiB,type=5
        5 : size=30MiB,type=7
        6 : size=40MiB,type=83
        7 : size=16MiB,type=82
        """;

    public WholeDiskTests() => Root.OrSkip();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gpt_disk_comes_back_on_a_disk_of_the_same_size_with_the_same_table_to_the_byte()
    {
        await using var lab = new ImagingLab();
        await using var master = await UefiMasterAsync(lab);
        await lab.CaptureAsync(master);
        await using var target = await TestDisk.CreateAsync(280 * Mebibyte, "label: dos\ntype=83\n");

        await lab.RestoreAsync(target);

        await AssertSameTableAsync(master, target);
        await AssertSameContentAsync(lab, master, target, [1, 3, 4, 6]);
        await AssertSameSwapAsync(master, target, 5);
    }

    [Fact]
    public async Task On_a_larger_disk_windows_takes_the_room_and_recovery_moves_to_the_end()
    {
        await using var lab = new ImagingLab();
        await using var master = await UefiMasterAsync(lab);
        await lab.CaptureAsync(master, ImagingLab.Capturing with { GrowPartition = 3 });
        await using var target = await TestDisk.CreateAsync(480 * Mebibyte);

        await lab.RestoreAsync(target);

        var (before, after) = (await master.InspectAsync(), await target.InspectAsync());
        Assert.Equal(before.Partitions.Select(Identity), after.Partitions.Select(Identity));
        var room = after.Partitions[2].Length - before.Partitions[2].Length;
        Assert.InRange(room, 200 * Mebibyte, 230 * Mebibyte);
        Assert.All(Enumerable.Range(3, 3), i => Assert.Equal(room, after.Partitions[i].Offset - before.Partitions[i].Offset));
        Assert.InRange(480 * Mebibyte - after.Partitions[5].Offset - after.Partitions[5].Length, 33 * 512, 2 * Mebibyte);
        await AssertSameContentAsync(lab, master, target, [1, 3, 4, 6]);
        await AssertSameSwapAsync(master, target, 5);
        Assert.Equal(after.Partitions[5].Offset / 512, HiddenSectors(target, after.Partitions[5].Offset));
        await TestDisk.RunAsync("sfdisk", "--verify", target.Path);

        static (int, string?, string, string?) Identity(PartitionLayout partition) =>
            (partition.Number, partition.Uuid, partition.Type, partition.Name);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(420)]
    public async Task An_mbr_disk_with_logical_partitions_comes_back(int megabytes)
    {
        await using var lab = new ImagingLab();
        await using var master = await BiosMasterAsync(lab);
        await lab.CaptureAsync(master, ImagingLab.Capturing with { GrowPartition = 6 });
        await using var target = await TestDisk.CreateAsync(megabytes * Mebibyte);

        await lab.RestoreAsync(target);

        if (megabytes == 300)
        {
            await AssertSameTableAsync(master, target);
        }

        await TestDisk.RunAsync("sfdisk", "--verify", target.Path);
        await AssertSameContentAsync(lab, master, target, [1, 2, 5, 6]);
        await AssertSameSwapAsync(master, target, 7);
        Assert.Equal(Bytes(master, 0, 440), Bytes(target, 0, 440));
        Assert.Equal(Bytes(master, 512, (1 << 20) - 512), Bytes(target, 512, (1 << 20) - 512));
    }

    [Fact]
    public async Task A_disk_with_sectors_of_4096_bytes_comes_back_and_grows()
    {
        await using var lab = new ImagingLab();
        const string script = "label: gpt\nsize=120MiB,type=0FC63DAF-8483-4772-8E79-3D69D8477DE4\nsize=60MiB,type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7\n";
        await using var master = await TestDisk.CreateAsync(200 * Mebibyte, script, sectorSize: 4096);
        await master.FormatAsync(1, "ext4");
        await master.FormatAsync(2, "ntfs");
        await master.CopyInAsync(1, await SampleTree.CreateAsync(lab.NewFolder(), 3, hasUnixFeatures: true));
        await lab.CaptureAsync(master);
        await using var same = await TestDisk.CreateAsync(200 * Mebibyte, sectorSize: 4096);
        await using var larger = await TestDisk.CreateAsync(300 * Mebibyte, sectorSize: 4096);
        await using var other = await TestDisk.CreateAsync(300 * Mebibyte);

        await lab.RestoreAsync(same);
        await lab.RestoreAsync(larger);

        await AssertSameTableAsync(master, same);
        await AssertSameContentAsync(lab, master, same, [1]);
        await AssertSameContentAsync(lab, master, larger, [1]);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => lab.RestoreAsync(other));
        Assert.Contains("sector", error.Code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_disks_are_one_image()
    {
        await using var lab = new ImagingLab();
        await using var first = await UefiMasterAsync(lab);
        await using var second = await TestDisk.CreateAsync(100 * Mebibyte, "label: gpt\ntype=L\n");
        await second.FormatAsync(1, "ext4");
        await second.CopyInAsync(1, await SampleTree.CreateAsync(lab.NewFolder(), 9, hasUnixFeatures: true));
        await lab.CaptureAsync([first, second]);
        await using var firstTarget = await TestDisk.CreateAsync(280 * Mebibyte);
        await using var secondTarget = await TestDisk.CreateAsync(100 * Mebibyte);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => lab.RestoreAsync(firstTarget));
        await lab.RestoreAsync([firstTarget, secondTarget]);

        Assert.Equal("disk-count", error.Code);
        await AssertSameContentAsync(lab, first, firstTarget, [3]);
        await AssertSameContentAsync(lab, second, secondTarget, [1]);
    }

    [Fact]
    public async Task One_partition_is_restored_and_the_others_keep_every_byte()
    {
        await using var lab = new ImagingLab();
        await using var master = await UefiMasterAsync(lab);
        await lab.CaptureAsync(master);
        await using var target = await TestDisk.CreateAsync(280 * Mebibyte);
        await lab.RestoreAsync(target);
        await target.FormatAsync(4, "xfs", "-b", "size=4096", "--unsupported");
        await target.FormatAsync(3, "ntfs");
        var (windows, linux) = (await target.PartitionAsync(3), await target.PartitionAsync(4));
        var before = Bytes(target, linux.Offset, linux.Length);

        await lab.RestoreAsync(target, ImagingLab.Restoring with { Partitions = new HashSet<int> { 3 } });

        await AssertSameContentAsync(lab, master, target, [3]);
        Assert.Equal(before, Bytes(target, linux.Offset, linux.Length));
        Assert.Null(DiskMarkAt(target, windows.Offset));
    }

    [Fact]
    public async Task The_table_alone_is_restored_and_no_partition_is_touched()
    {
        await using var lab = new ImagingLab();
        await using var master = await BiosMasterAsync(lab);
        await lab.CaptureAsync(master);
        await using var target = await TestDisk.CreateAsync(300 * Mebibyte);
        await lab.RestoreAsync(target);
        var windows = await target.PartitionAsync(1);
        Overwrite(target, windows.Offset + (5 * Mebibyte), 0x33, 1000);
        Overwrite(target, 0, 0, 512);
        Overwrite(target, 700, 0x11, 100);

        await lab.RestoreAsync(target, ImagingLab.Restoring with { TableOnly = true });

        await AssertSameTableAsync(master, target);
        Assert.Equal(Bytes(master, 512, 4096), Bytes(target, 512, 4096));
        Assert.All(Bytes(target, windows.Offset + (5 * Mebibyte), 1000), octet => Assert.Equal(0x33, octet));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_partition_left_alone_keeps_its_bytes_to_the_last_sector_of_the_disk(bool isTableOnly)
    {
        await using var lab = new ImagingLab();
        await using var master = await TestDisk.CreateAsync(64 * Mebibyte, "label: dos\n1 : size=20MiB,type=83\n2 : type=83\n");
        await master.FormatAsync(1, "ext4");
        var plan = new Dictionary<int, DataPlan> { [2] = new(null) };
        await lab.CaptureAsync(master, ImagingLab.Capturing with { Data = plan });
        await using var target = await TestDisk.CreateAsync(64 * Mebibyte);
        await lab.RestoreAsync(target);
        var left = await target.PartitionAsync(2);
        Assert.Equal(64 * Mebibyte, left.Offset + left.Length);
        Overwrite(target, left.Offset, 0x77, (int)left.Length);
        Overwrite(target, 440, 0x11, 4); // another disk signature: there is something to write

        await lab.RestoreAsync(target, ImagingLab.Restoring with { TableOnly = isTableOnly });

        await AssertSameTableAsync(master, target);
        Assert.True(Bytes(target, left.Offset, left.Length).AsSpan().IndexOfAnyExcept((byte)0x77) < 0);
    }

    [Fact]
    public async Task Data_partitions_are_formatted_or_left_and_never_stored()
    {
        await using var lab = new ImagingLab();
        await using var master = await UefiMasterAsync(lab);
        var plan = new Dictionary<int, DataPlan> { [3] = new("ntfs"), [4] = new(null) };
        await lab.CaptureAsync(master, ImagingLab.Capturing with { Data = plan });
        await using var target = await TestDisk.CreateAsync(280 * Mebibyte);
        var left = await master.PartitionAsync(4);
        Overwrite(target, left.Offset, 0x77, 4096);

        await lab.RestoreAsync(target);

        await using (var data = await target.MountAsync(3, isReadOnly: true))
        {
            Assert.Empty(Directory.EnumerateFiles(data.Folder));
        }

        Assert.All(Bytes(target, left.Offset, 4096), octet => Assert.Equal(0x77, octet));
        await AssertSameContentAsync(lab, master, target, [1, 6]);
    }

    [Fact]
    public async Task A_manual_backup_of_one_partition_comes_back_into_another()
    {
        await using var lab = new ImagingLab();
        await using var master = await UefiMasterAsync(lab);
        var name = ImageName.Parse("before-update");
        await lab.CaptureAsync(master, new CaptureOptions(ImageKind.Manual, name, new HashSet<int> { 4 }, WithTable: false));
        await using var target = await TestDisk.CreateAsync(200 * Mebibyte, "label: gpt\nsize=10MiB,type=L\nsize=100MiB,type=L\n");

        var report = await lab.RestoreAsync(target, new RestoreOptions(ImageKind.Manual, name, Partitions: new HashSet<int> { 2 }, Verify: VerifyMode.All));
        var error = await Assert.ThrowsAsync<UserErrorException>(() => lab.RestoreAsync(target, new RestoreOptions(ImageKind.Manual, name)));

        Assert.Equal(
            await Volumes.FilesAsync(master, 4),
            await Volumes.FilesAsync(target, 2));
        await FileSystemCheck.RunAsync(target, 2);
        Assert.True(report.VerifiedBytes > 0);
        Assert.Equal("image-has-no-table", error.Code);
    }

    [Fact]
    public async Task Free_space_can_be_wiped_so_that_nothing_of_the_disks_earlier_life_remains()
    {
        await using var lab = new ImagingLab();
        await using var master = await UefiMasterAsync(lab);
        await lab.CaptureAsync(master);
        await using var target = await TestDisk.CreateAsync(280 * Mebibyte);
        Overwrite(target, 0, 0xA5, 279 * (int)Mebibyte);
        var linux = await master.PartitionAsync(4);

        await lab.RestoreAsync(target, ImagingLab.Restoring with { WipeFree = true });

        Assert.DoesNotContain(
            Bytes(target, linux.Offset, linux.Length).Chunk(4096),
            page => page.AsSpan().IndexOfAnyExcept((byte)0xA5) < 0);
        await AssertSameContentAsync(lab, master, target, [1, 3, 4, 6]);
        Overwrite(target, linux.Offset + linux.Length - 5 - 8192, 0xA5, 8192);
        await lab.RestoreAsync(target, ImagingLab.Restoring with { WipeFree = true });
        Assert.Contains(Bytes(target, linux.Offset + linux.Length - 5 - 8192, 8192), octet => octet != 0xA5);
    }

    [Fact]
    public async Task A_disk_without_a_table_comes_back_too()
    {
        await using var lab = new ImagingLab();
        await using var master = await TestDisk.CreateAsync(64 * Mebibyte);
        await master.FormatAsync(1, "ext4");
        await master.CopyInAsync(1, await SampleTree.CreateAsync(lab.NewFolder(), 4, hasUnixFeatures: true));
        await lab.CaptureAsync(master);
        await using var target = await TestDisk.CreateAsync(64 * Mebibyte);

        await lab.RestoreAsync(target);

        await AssertSameContentAsync(lab, master, target, [1]);
    }

    [Fact]
    public async Task A_store_without_room_is_refused_before_it_is_filled()
    {
        await using var lab = new ImagingLab();
        await using var master = await UefiMasterAsync(lab);
        await using var small = await TestDisk.CreateAsync(10 * Mebibyte);
        await small.FormatAsync(1, "ext4");
        await using var mount = await small.MountAsync(1);
        await using var store = Images.Folder.FolderImageStore.Open(Path.Combine(mount.Folder, "store"), create: true, TimeProvider.System);
        var before = StoreSpace.Free(mount.Folder);

        var error = await Assert.ThrowsAsync<UserErrorException>(() =>
            new Capture(store, TimeProvider.System, new JobProgress()).RunAsync([master.Path], ImagingLab.Capturing, Cancel));

        Assert.Equal("store-too-full", error.Code);
        Assert.InRange(before - StoreSpace.Free(mount.Folder), 0, 64 << 10);
    }

    [Fact]
    public async Task A_disk_too_small_is_refused_with_the_numbers_and_not_written()
    {
        await using var lab = new ImagingLab();
        await using var master = await UefiMasterAsync(lab);
        await lab.CaptureAsync(master);
        await using var target = await TestDisk.CreateAsync(200 * Mebibyte, "label: gpt\ntype=L\n");
        var before = await target.HashAsync();

        var error = await Assert.ThrowsAsync<UserErrorException>(() => lab.RestoreAsync(target));

        Assert.Equal("disk-too-small", error.Code);
        Assert.Contains("200 MiB", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await target.HashAsync());
    }

    private static async Task<TestDisk> UefiMasterAsync(ImagingLab lab)
    {
        var disk = await TestDisk.CreateAsync(280 * Mebibyte, UefiScript);
        await disk.FormatAsync(1, "fat32");
        await disk.FormatAsync(3, "ntfs", "-L", "Windows");
        await disk.FormatAsync(4, "ext4");
        await disk.FormatAsync(5, "swap", "-L", "auslagern");
        await disk.FormatAsync(6, "ntfs", "-L", "Recovery");
        await disk.CopyInAsync(1, await SampleTree.CreateAsync(lab.NewFolder(), 1, hasUnixFeatures: false, megabytes: 2));
        await disk.CopyInAsync(3, await SampleTree.CreateAsync(lab.NewFolder(), 2, hasUnixFeatures: false));
        await disk.CopyInAsync(4, await SampleTree.CreateAsync(lab.NewFolder(), 3, hasUnixFeatures: true));
        await disk.CopyInAsync(6, await SampleTree.CreateAsync(lab.NewFolder(), 4, hasUnixFeatures: false, megabytes: 2));
        return disk;
    }

    private static async Task<TestDisk> BiosMasterAsync(ImagingLab lab)
    {
        var disk = await TestDisk.CreateAsync(300 * Mebibyte, BiosScript);
        Overwrite(disk, 0, 0xEB, 400);
        Overwrite(disk, 1024, 0x5C, 30_000); // where GRUB keeps its core image
        await disk.FormatAsync(1, "ntfs");
        await disk.FormatAsync(2, "fat16");
        await disk.FormatAsync(5, "ntfs");
        await disk.FormatAsync(6, "ext3");
        await disk.FormatAsync(7, "swap");
        await disk.CopyInAsync(2, await SampleTree.CreateAsync(lab.NewFolder(), 1, hasUnixFeatures: false, megabytes: 4));
        await disk.CopyInAsync(6, await SampleTree.CreateAsync(lab.NewFolder(), 2, hasUnixFeatures: true, megabytes: 6));
        return disk;
    }

    private static async Task AssertSameTableAsync(TestDisk master, TestDisk target) => Assert.Equal(
        (await master.InspectAsync()).Table.Select(sectors => (sectors.Offset, Convert.ToHexString(sectors.Bytes))),
        (await target.InspectAsync()).Table.Select(sectors => (sectors.Offset, Convert.ToHexString(sectors.Bytes))));

    private static async Task AssertSameContentAsync(ImagingLab lab, TestDisk master, TestDisk target, int[] partitions)
    {
        foreach (var number in partitions)
        {
            await FileSystemCheck.RunAsync(target, number);
            Assert.Equal(
                await Volumes.FilesAsync(master, number),
                await Volumes.FilesAsync(target, number));
        }
    }

    private static async Task AssertSameSwapAsync(TestDisk master, TestDisk target, int number)
    {
        var (before, after) = (await master.PartitionAsync(number), await target.PartitionAsync(number));
        Assert.Equal(("swap", before.FileSystemUuid, before.FileSystemLabel), (after.FileSystem, after.FileSystemUuid, after.FileSystemLabel));
    }

    private static UnfinishedRestore? DiskMarkAt(TestDisk disk, long offset)
    {
        using var file = DiskFile.OpenRead(disk.IdentifyAsync().GetAwaiter().GetResult());
        return DiskMark.Read(file, offset);
    }

    private static long HiddenSectors(TestDisk disk, long offset) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(disk, offset + 0x1C, 4));

    private static byte[] Bytes(TestDisk disk, long offset, long length)
    {
        using var file = File.OpenHandle(disk.ImageFile);
        var bytes = new byte[length];
        Assert.Equal(bytes.Length, RandomAccess.Read(file, bytes, offset));
        return bytes;
    }

    private static void Overwrite(TestDisk disk, long offset, byte value, int length)
    {
        using var file = File.OpenHandle(disk.ImageFile, access: FileAccess.ReadWrite);
        var bytes = new byte[length];
        Array.Fill(bytes, value);
        RandomAccess.Write(file, bytes, offset);
    }
}
