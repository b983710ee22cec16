using OsDeploy.Images;
using OsDeploy.Imaging;
using OsDeploy.Lab.Disks;
using OsDeploy.MachineTests.Disks;

namespace OsDeploy.MachineTests.Imaging;

/// <summary>A host whose own plan differs from the image.</summary>
public sealed class WishTests
{
    private const long Mebibyte = 1 << 20;
    private const long DiskSize = 160 * Mebibyte;

    public WishTests() => Root.OrSkip();

    [Fact]
    public async Task A_partition_that_is_left_keeps_its_files_while_the_rest_becomes_the_image()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync(lab);
        await lab.CaptureAsync(master);
        await using var host = await TestDisk.CreateAsync(DiskSize);
        await lab.RestoreAsync(host);
        var own = await ChangeAsync(host, 2);
        await ChangeAsync(host, 1);

        await lab.RestoreAsync(host, Wishing(new PartitionWish(1, 2, PartitionContent.Leave, null, Grow: false)));

        Assert.Equal(own, await Volumes.FilesAsync(host, 2));
        Assert.Equal(await Volumes.FilesAsync(master, 1), await Volumes.FilesAsync(host, 1));
    }

    [Fact]
    public async Task A_disk_without_that_partition_in_its_place_is_refused_untouched()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync(lab);
        await lab.CaptureAsync(master);
        await using var host = await TestDisk.CreateAsync(DiskSize, "label: gpt\nsize=70MiB,type=L\nsize=41MiB,type=L\n");
        var before = await host.HashAsync();

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() =>
            lab.RestoreAsync(host, Wishing(new PartitionWish(1, 2, PartitionContent.Leave, null, Grow: false))));

        Assert.Equal("override-needs-same-layout", refusal.Code);
        Assert.Equal(before, await host.HashAsync());
    }

    [Fact]
    public async Task A_restore_that_was_cut_short_still_knows_which_partition_it_leaves()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync(lab);
        await lab.CaptureAsync(master);
        await using var host = await TestDisk.CreateAsync(DiskSize);
        await lab.RestoreAsync(host);
        var own = await ChangeAsync(host, 2);
        await host.FormatAsync(1, "ext2");
        var wishing = Wishing(new PartitionWish(1, 2, PartitionContent.Leave, null, Grow: false));
        await lab.RestoreUntilAsync(host, 5, wishing);
        Assert.Empty((await host.InspectAsync()).Partitions);

        await lab.RestoreAsync(host, wishing);

        Assert.Equal(own, await Volumes.FilesAsync(host, 2));
        Assert.Equal(await Volumes.FilesAsync(master, 1), await Volumes.FilesAsync(host, 1));
    }

    [Fact]
    public async Task A_restore_of_everything_that_was_cut_short_leaves_nothing_to_keep()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync(lab);
        await lab.CaptureAsync(master);
        await using var host = await TestDisk.CreateAsync(DiskSize);
        await lab.RestoreUntilAsync(host, 5);

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() =>
            lab.RestoreAsync(host, Wishing(new PartitionWish(1, 2, PartitionContent.Leave, null, Grow: false))));

        Assert.Equal("override-needs-same-layout", refusal.Code);
    }

    [Fact]
    public async Task A_partition_that_is_formatted_comes_out_empty_and_takes_the_room_if_wished()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync(lab);
        await lab.CaptureAsync(master);
        await using var host = await TestDisk.CreateAsync(DiskSize + (50 * Mebibyte));

        await lab.RestoreAsync(host, Wishing(new PartitionWish(1, 2, PartitionContent.Format, "ext2", Grow: true)));

        var (first, second) = (await host.PartitionAsync(1), await host.PartitionAsync(2));
        Assert.Equal((await master.PartitionAsync(1)).Length, first.Length);
        Assert.True(second.Length >= (await master.PartitionAsync(2)).Length + (49 * Mebibyte));
        Assert.Equal("ext2", second.FileSystem);
        await FileSystemCheck.RunAsync(host, 2);
        Assert.Equal(await Volumes.FilesAsync(master, 1), await Volumes.FilesAsync(host, 1));
    }

    [Fact]
    public async Task A_partition_that_the_plan_leaves_is_not_restored_by_its_number_either()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync(lab);
        await lab.CaptureAsync(master);
        await using var host = await TestDisk.CreateAsync(DiskSize);
        await lab.RestoreAsync(host);
        var wishing = Wishing(new PartitionWish(1, 2, PartitionContent.Leave, null, Grow: false)) with { Partitions = new HashSet<int> { 2 } };

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => lab.RestoreAsync(host, wishing));

        Assert.Equal("override-not-restored", refusal.Code);
    }

    private static RestoreOptions Wishing(params PartitionWish[] wishes) => ImagingLab.Restoring with { Wishes = wishes };

    private static async Task<TestDisk> MasterAsync(ImagingLab lab)
    {
        var disk = await TestDisk.CreateAsync(DiskSize, "label: gpt\nsize=80MiB,type=L\nsize=40MiB,type=L\n");
        foreach (var number in new[] { 1, 2 })
        {
            await disk.FormatAsync(number, "ext4");
            await disk.CopyInAsync(number, await SampleTree.CreateAsync(lab.NewFolder(), number, hasUnixFeatures: false, megabytes: 8));
        }

        return disk;
    }

    private static async Task<PartitionFiles> ChangeAsync(TestDisk disk, int number)
    {
        await using (var mount = await disk.MountAsync(number))
        {
            await SampleTree.DriftAsync(mount.Folder, number);
        }

        return await Volumes.FilesAsync(disk, number);
    }
}
