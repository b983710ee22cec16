using System.Globalization;
using OsDeploy.Disks;

namespace OsDeploy.MachineTests.Disks;

public sealed class LoopDeviceTests
{
    private const long Mib = 1 << 20;
    private const string Records = "/run/osdeploy/loops";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public LoopDeviceTests() => Root.OrSkip();

    [Fact]
    public async Task Shows_exactly_its_range_and_writes_through()
    {
        await using var disk = await TestDisk.CreateAsync(8 * Mib);
        var identity = await disk.IdentifyAsync();
        await using (var device = await LoopDevice.AttachAsync(identity, Mib, 3 * 512, isReadOnly: false, Cancel))
        {
            var found = await DiskInspector.IdentifyAsync(device.Path, Cancel);
            Assert.Equal((3 * 512, 512), (found.Size, found.SectorSize));
            using var file = DiskFile.OpenWrite(found);
            file.Write(512, "here"u8);
            file.Flush();
        }

        using var under = DiskFile.OpenRead(identity);
        var content = new byte[4];
        under.Read(Mib + 512, content);
        Assert.Equal("here"u8.ToArray(), content);
    }

    [Fact]
    public async Task Read_only_is_enforced_by_the_kernel()
    {
        await using var disk = await TestDisk.CreateAsync(8 * Mib);
        await using var device = await LoopDevice.AttachAsync(await disk.IdentifyAsync(), 0, Mib, isReadOnly: true, Cancel);
        var found = await DiskInspector.IdentifyAsync(device.Path, Cancel);
        Assert.True(found.IsReadOnly);
        var error = Assert.Throws<UserErrorException>(() => DiskFile.OpenWrite(found));
        Assert.Equal("disk-read-only", error.Code);
        await Assert.ThrowsAsync<UserErrorException>(() => TestDisk.RunAsync("dd", "if=/dev/zero", "of=" + device.Path, "bs=512", "count=1", "oflag=direct"));
    }

    [Fact]
    public async Task Takes_over_the_sector_size_of_its_disk()
    {
        await using var disk = await TestDisk.CreateAsync(8 * Mib, sectorSize: 4096);
        await using var device = await LoopDevice.AttachAsync(await disk.IdentifyAsync(), Mib, Mib, isReadOnly: true, Cancel);
        Assert.Equal(4096, (await DiskInspector.IdentifyAsync(device.Path, Cancel)).SectorSize);
    }

    [Fact]
    public async Task What_a_killed_process_left_attached_and_mounted_is_gone_at_the_next_look()
    {
        await using var disk = await TestDisk.CreateAsync(64 * Mib);
        await disk.FormatAsync(1, "ext4");
        var left = await LeaveAttachedAsync(disk, 64 * Mib);
        var folder = Directory.CreateTempSubdirectory("osdeploy-mount-").FullName;
        await TestDisk.RunAsync("mount", left, folder);
        var record = await LeaveRecordAsync(disk, 64 * Mib);

        Assert.Empty((await disk.IdentifyAsync()).InUse);
        Assert.False(File.Exists(record));
        Assert.Empty(await AttachedAsync(disk));
        Assert.DoesNotContain(folder, await File.ReadAllTextAsync("/proc/self/mounts", Cancel), StringComparison.Ordinal);
        Directory.Delete(folder);
    }

    [Fact]
    public async Task A_disk_is_in_use_while_a_program_of_a_killed_process_works_on_it()
    {
        await using var disk = await TestDisk.CreateAsync(8 * Mib);
        var left = await LeaveAttachedAsync(disk, Mib);
        var record = await LeaveRecordAsync(disk, Mib);
        await using (File.Open(left, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            Assert.Contains(left, Assert.Single((await disk.IdentifyAsync()).InUse), StringComparison.Ordinal);
        }

        Assert.Empty((await disk.IdentifyAsync()).InUse);
        Assert.False(File.Exists(record));
        Assert.Empty(await AttachedAsync(disk));
    }

    [Fact]
    public async Task A_fresh_device_over_the_range_of_a_stale_one_stays()
    {
        await using var disk = await TestDisk.CreateAsync(8 * Mib);
        var identity = await disk.IdentifyAsync();
        for (var round = 0; round < 40; round++)
        {
            await LeaveAttachedAsync(disk, Mib);
            await LeaveRecordAsync(disk, Mib);
            await LeaveRecordAsync(disk, Mib, "killed-too.loop"); // looked at after the first one's device is detached
            var cleaning = Task.Run(() => LoopRecord.DetachStaleAsync(Cancel), Cancel);
            await using var device = await LoopDevice.AttachAsync(identity, 0, Mib, isReadOnly: true, Cancel);
            await cleaning;
            Assert.Equal(disk.Path, await BackingAsync(device.Path));
        }

        Assert.Empty((await disk.IdentifyAsync()).InUse);
        Assert.Empty(await AttachedAsync(disk));
    }

    [Fact]
    public async Task Only_one_process_at_a_time_attaches_or_cleans()
    {
        string[] tryLock = ["--nonblock", Path.Combine(Records, "lock"), "true"];
        using (await LoopTurn.TakeAsync(Cancel))
        {
            Assert.Equal(1, (await new Command("flock", tryLock).Accepting(code => code is 0 or 1).RunAsync(Cancel)).ExitCode);
        }

        await new Command("flock", tryLock).RunAsync(Cancel);
    }

    [Fact]
    public async Task A_cancelled_attach_leaves_nothing_attached()
    {
        await using var disk = await TestDisk.CreateAsync(8 * Mib);
        var identity = await disk.IdentifyAsync();
        for (var round = 0; round < 40; round++)
        {
            using var cancel = new CancellationTokenSource(TimeSpan.FromMicroseconds(500 * round));
            try
            {
                await using var device = await LoopDevice.AttachAsync(identity, 0, Mib, isReadOnly: true, cancel.Token);
            }
            catch (OperationCanceledException)
            {
                // The later rounds attach before they are cancelled.
            }
        }

        Assert.Empty(await AttachedAsync(disk));
        Assert.DoesNotContain(Directory.EnumerateFiles(Records, "*.loop"), path => File.ReadAllText(path).Contains(disk.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_of_a_living_process_stays()
    {
        await using var disk = await TestDisk.CreateAsync(8 * Mib);
        var identity = await disk.IdentifyAsync();
        await using var first = await LoopDevice.AttachAsync(identity, 0, Mib, isReadOnly: true, Cancel);
        await using var second = await LoopDevice.AttachAsync(identity, 0, Mib, isReadOnly: true, Cancel);
        Assert.NotEqual(first.Path, second.Path);
        Assert.Equal(disk.Path, await BackingAsync(first.Path));
    }

    [Fact]
    public async Task Many_at_once_each_get_their_own()
    {
        await using var disk = await TestDisk.CreateAsync(16 * Mib);
        var identity = await disk.IdentifyAsync();
        var devices = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => LoopDevice.AttachAsync(identity, i * Mib, Mib, isReadOnly: true, Cancel)));
        Assert.Equal(12, devices.Select(device => device.Path).Distinct().Count());
        await Task.WhenAll(devices.Select(device => device.DisposeAsync().AsTask()));
        Assert.Empty(await AttachedAsync(disk));
    }

    [Fact]
    public async Task A_failed_attach_leaves_no_record()
    {
        await using var disk = await TestDisk.CreateAsync(8 * Mib);
        var gone = (await disk.IdentifyAsync()) with { Path = disk.Path + ".gone" };
        await Assert.ThrowsAsync<UserErrorException>(() => LoopDevice.AttachAsync(gone, 0, Mib, isReadOnly: true, Cancel));
        Assert.DoesNotContain(Directory.EnumerateFiles(Records, "*.loop"), path => File.ReadAllText(path).Contains(gone.Path, StringComparison.Ordinal));
    }

    private static Task<string> LeaveAttachedAsync(TestDisk disk, long length) =>
        TestDisk.RunAsync("losetup", "--find", "--show", "--offset", "0", "--sizelimit", Text(length), disk.Path);

    // Our process id with another start time: an earlier program of this id.
    private static async Task<string> LeaveRecordAsync(TestDisk disk, long length, string name = "killed.loop")
    {
        var record = Path.Combine(Records, name);
        await File.WriteAllLinesAsync(record, [$"{Environment.ProcessId} 1", disk.Path, "0", Text(length), "end"], Cancel);
        return record;
    }

    private static Task<string> AttachedAsync(TestDisk disk) => TestDisk.RunAsync("losetup", "--noheadings", "--associated", disk.Path);

    private static Task<string> BackingAsync(string device) => TestDisk.RunAsync("losetup", "--noheadings", "--output", "BACK-FILE", device);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
