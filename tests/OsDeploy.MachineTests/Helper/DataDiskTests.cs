using System.Globalization;
using Mono.Unix.Native;
using OsDeploy.Api.Helper;
using OsDeploy.Helper.Storage;

namespace OsDeploy.MachineTests.Helper;

/// <summary>The disk of what an appliance keeps: chosen, made, mounted and grown, with the real programs.</summary>
public sealed class DataDiskTests : IAsyncDisposable
{
    private const uint Owner = 65534;
    private const long Size = 3L << 30;

    // With a device manager there is one more, to wait for it.
    private static readonly int s_most = File.Exists("/run/udev/control") ? 6 : 5;

    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("osdeploy-mount-");

    public DataDiskTests()
    {
        Root.OrSkip();
        Assert.SkipWhen(Command.WhyMissing("lsblk", "blkid", "sfdisk", "wipefs", "mkfs.ext4", "e2label", "e2fsck", "resize2fs", "partx", "debugfs") is not null, "needs util-linux and e2fsprogs");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Folder => _place.FullName;

    public async ValueTask DisposeAsync()
    {
        if (IsMounted)
        {
            await new Command("umount", "--lazy", Folder).RunAsync(CancellationToken.None);
        }

        _place.Delete(recursive: true);
    }

    // CAP_SYS_RESOURCE, which containers lack.
    private static bool MayGrowMounted => ((ulong.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("CapEff:", StringComparison.Ordinal))["CapEff:".Length..].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) >> 24) & 1) == 1;

    private bool IsMounted => File.ReadLines("/proc/self/mountinfo").Any(line => line.Split(' ')[4] == Folder);

    [Fact]
    public async Task A_blank_disk_is_made_mounted_and_the_owners_alone()
    {
        await using var disk = await BareDisk.CreateAsync();
        var disks = BareDisk.Only(disk);
        var seen = Assert.Single(await disks.ListAsync(Cancel));
        Assert.Equal((DataDiskState.Blank, Size, disk.Path, disk.Path["/dev/".Length..]), (seen.State, seen.Size, seen.Path, seen.Name));
        Assert.Empty(seen.Holds);

        await MakerOf(disks).PrepareAsync(Request(seen), Cancel);
        await VolumeOf(disks).MountAsync(Cancel);
        await VolumeOf(disks).MountAsync(Cancel);

        var mount = Assert.Single(File.ReadLines("/proc/self/mountinfo").Select(line => line.Split(' ')), parts => parts[4] == Folder);
        Assert.All(["nodev", "nosuid", "noexec"], option => Assert.Contains(option, mount[5].Split(',')));
        Assert.Equal(0, Syscall.lstat(Folder, out var root));
        Assert.Equal((Owner, Owner, FilePermissions.S_IRWXU), (root.st_uid, root.st_gid, root.st_mode & FilePermissions.ACCESSPERMS));
        var mounted = Assert.Single(await disks.ListAsync(Cancel));
        Assert.Equal(DataDiskState.InUse, mounted.State);
        Assert.Equal("data-disk-refused", (await RefusedAsync(disks, Request(mounted, mounted.Name))).Code);
    }

    [Fact]
    public async Task A_disk_with_data_is_lost_only_by_its_name_as_it_was_typed()
    {
        await using var disk = await BareDisk.CreateAsync();
        await disk.FillAsync("pupils");
        var disks = BareDisk.Only(disk);
        var seen = Assert.Single(await disks.ListAsync(Cancel));
        Assert.Equal(DataDiskState.Full, seen.State);
        Assert.Contains(seen.Holds, line => line.Contains("ext4 \"pupils\"", StringComparison.Ordinal));
        var before = await disk.HashAsync();

        foreach (var typed in new[] { null, "", seen.Path, seen.Name.ToUpperInvariant(), seen.Name + " " })
        {
            Assert.Equal("data-disk-not-confirmed", (await RefusedAsync(disks, Request(seen, typed))).Code);
        }

        Assert.Equal(before, await disk.HashAsync());
        await MakerOf(disks).PrepareAsync(Request(seen, seen.Name), Cancel);
        Assert.Equal(DataDiskState.Ours, Assert.Single(await disks.ListAsync(Cancel)).State);
    }

    [Fact]
    public async Task Another_disk_in_the_place_of_the_chosen_one_is_left_alone()
    {
        await using var disk = await BareDisk.CreateAsync();
        var disks = BareDisk.Only(disk);
        var seen = Assert.Single(await disks.ListAsync(Cancel));
        var before = await disk.HashAsync();

        foreach (var other in new[] { Request(seen) with { Serial = "S1" }, Request(seen) with { Size = Size - 512 }, Request(seen) with { Path = "/dev/none" } })
        {
            Assert.Equal("data-disk-changed", (await RefusedAsync(disks, other)).Code);
        }

        Assert.Equal(before, await disk.HashAsync());
    }

    [Fact]
    public async Task What_is_not_recognised_is_not_taken_for_nothing()
    {
        await using var disk = await BareDisk.CreateAsync();
        await new Command("dd", $"of={disk.Path}", "bs=512", "seek=" + ((Size / 512) - 1).ToString(CultureInfo.InvariantCulture), "count=1", "conv=notrunc").WithInput(new string('x', 512)).RunAsync(Cancel);

        Assert.Equal(DataDiskState.Full, Assert.Single(await BareDisk.Only(disk).ListAsync(Cancel)).State);
    }

    [Fact]
    public async Task A_disk_that_is_too_small_is_not_offered()
    {
        await using var disk = await BareDisk.CreateAsync(1L << 30);

        var seen = Assert.Single(await BareDisk.Only(disk).ListAsync(Cancel));

        Assert.Equal(DataDiskState.TooSmall, seen.State);
        Assert.False(seen.IsOffered);
    }

    [Fact]
    public async Task A_stick_that_computers_are_started_from_is_not_offered()
    {
        await using var disk = await BareDisk.CreateAsync();
        await disk.FillAsync("OSDEPLOY_CLIENT");
        var device = Assert.Single(await BareDisk.Only(disk).DevicesAsync(Cancel));

        Assert.Equal(DataDiskState.Full, (await DataDisks.LookAsync(device, Cancel)).State);
        Assert.Equal(DataDiskState.StartMedium, (await DataDisks.LookAsync(device with { IsRemovable = true }, Cancel)).State);
    }

    [Fact]
    public async Task No_second_volume_is_made_beside_one_that_is_there()
    {
        await using var ours = await BareDisk.CreateAsync();
        await using var blank = await BareDisk.CreateAsync();
        await ours.MakeOursAsync();
        var disks = BareDisk.Only(ours, blank);
        var seen = Assert.Single(await disks.ListAsync(Cancel), disk => disk.Path == blank.Path);
        var before = await blank.HashAsync();

        Assert.Equal("data-disk-exists", (await RefusedAsync(disks, Request(seen))).Code);

        Assert.Equal(before, await blank.HashAsync());
    }

    [Fact]
    public async Task No_volume_and_two_volumes_are_said_and_nothing_is_mounted()
    {
        await using var first = await BareDisk.CreateAsync();
        await using var second = await BareDisk.CreateAsync();
        var disks = BareDisk.Only(first, second);
        Assert.Equal("data-disk-none", (await Assert.ThrowsAsync<UserErrorException>(() => VolumeOf(disks).MountAsync(Cancel))).Code);
        await first.MakeOursAsync();
        await second.MakeOursAsync();

        var error = await Assert.ThrowsAsync<UserErrorException>(() => VolumeOf(disks).MountAsync(Cancel));

        Assert.Equal("data-disk-several", error.Code);
        Assert.All([first.Path, second.Path], path => Assert.Contains(path, error.Message, StringComparison.Ordinal));
        Assert.False(IsMounted);
    }

    // Of a disk that an appliance had before: its old volume must not come back in part.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task The_power_goes_before_the_last_program_and_nothing_is_taken_for_a_volume(int programs)
    {
        await using var disk = await BareDisk.CreateAsync();
        await disk.MakeOursAsync();
        var seen = Assert.Single(await BareDisk.Only(disk).ListAsync(Cancel));
        var left = programs;
        var cut = new DataDiskMaker(BareDisk.Only(disk), Owner, Owner, (program, cancel) => left-- > 0 ? program.RunAsync(cancel) : throw new InvalidOperationException("The power is off."));
        var isCut = await Record.ExceptionAsync(() => cut.PrepareAsync(Request(seen, seen.Name), Cancel)) is InvalidOperationException;
        await disk.UnplugAsync();
        await disk.PlugInAsync();

        var disks = BareDisk.Only(disk);
        Assert.Equal(!isCut, (await disks.VolumesAsync(Cancel)).Count == 1);
        Assert.Equal(programs < s_most, isCut);
        var again = Assert.Single(await disks.ListAsync(Cancel));
        await MakerOf(disks).PrepareAsync(Request(again, again.Name), Cancel);
        await VolumeOf(disks).MountAsync(Cancel);
        Assert.True(IsMounted);
    }

    [Fact]
    public async Task A_volume_grows_onto_a_larger_disk_while_it_is_in_use()
    {
        await using var disk = await BareDisk.CreateAsync();
        var disks = BareDisk.Only(disk);
        await MakerOf(disks).PrepareAsync(Request(Assert.Single(await disks.ListAsync(Cancel))), Cancel);
        await VolumeOf(disks).MountAsync(Cancel);
        await File.WriteAllTextAsync(Path.Combine(Folder, "kept"), "still here", Cancel);
        var before = new DriveInfo(Folder).TotalSize;
        Assert.InRange(await VolumeOf(disks).GrowAsync(Cancel), Size - (16 << 20), Size);
        Assert.Equal(before, new DriveInfo(Folder).TotalSize);

        await disk.GrowAsync(2 * Size);
        if (!MayGrowMounted)
        {
            // The partition has grown by then; the rest is done as after a power cut, unmounted.
            Assert.Equal("tool-failed", (await Assert.ThrowsAsync<UserErrorException>(() => VolumeOf(disks).GrowAsync(Cancel))).Code);
            await BareDisk.RunAsync("umount", Folder);
            await BareDisk.RunAsync("e2fsck", "-f", "-p", disk.Partition);
            await BareDisk.RunAsync("resize2fs", disk.Partition);
            await VolumeOf(disks).MountAsync(Cancel);
        }

        var grown = await VolumeOf(disks).GrowAsync(Cancel);

        Assert.InRange(grown, (2 * Size) - (16 << 20), 2 * Size);
        Assert.True(new DriveInfo(Folder).TotalSize > before * 19 / 10);
        Assert.Equal(grown, await VolumeOf(disks).GrowAsync(Cancel));
        Assert.Equal("still here", await File.ReadAllTextAsync(Path.Combine(Folder, "kept"), Cancel));
        Assert.Contains("No errors detected", await BareDisk.RunAsync("sfdisk", "--verify", disk.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_volume_that_is_damaged_is_not_mounted()
    {
        await using var disk = await BareDisk.CreateAsync();
        await disk.MakeOursAsync();
        await BareDisk.RunAsync("debugfs", "-w", "-R", "clri <2>", disk.Partition);
        await BareDisk.RunAsync("debugfs", "-w", "-R", "set_super_value state 2", disk.Partition);

        var error = await Assert.ThrowsAsync<UserErrorException>(() => VolumeOf(BareDisk.Only(disk)).MountAsync(Cancel));

        Assert.Equal("data-disk-damaged", error.Code);
        Assert.False(IsMounted);
    }

    private static DataDiskMaker MakerOf(DataDisks disks) => new(disks, Owner, Owner, (program, cancel) => program.RunAsync(cancel));

    private static DataDiskPrepareRequest Request(DataDisk disk, string? typed = null) => new(disk.Path, disk.Serial, disk.Size, typed);

    private static Task<UserErrorException> RefusedAsync(DataDisks disks, DataDiskPrepareRequest request) =>
        Assert.ThrowsAsync<UserErrorException>(() => MakerOf(disks).PrepareAsync(request, Cancel));

    private MountedVolume VolumeOf(DataDisks disks) => new(disks, Folder, Owner);
}
