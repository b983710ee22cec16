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
    public async Task What_a_killed_process_left_attached_and_mounted_is_gone_after_the_next_start()
    {
        await using var disk = await TestDisk.CreateAsync(64 * Mib);
        await disk.FormatAsync(1, "ext4");
        var left = await TestDisk.RunAsync("losetup", "--find", "--show", "--offset", "0", "--sizelimit", Text(64 * Mib), disk.Path);
        var folder = Directory.CreateTempSubdirectory("osdeploy-mount-").FullName;
        await TestDisk.RunAsync("mount", left, folder);
        var record = Path.Combine(Records, "killed.loop");
        await File.WriteAllLinesAsync(record, [$"{Environment.ProcessId} 1", disk.Path, "0", Text(64 * Mib), "end"], Cancel); // our id, but another start time

        await using (await LoopDevice.AttachAsync(await disk.IdentifyAsync(), Mib, Mib, isReadOnly: true, Cancel))
        {
            Assert.False(File.Exists(record));
            var attached = await TestDisk.RunAsync("losetup", "--noheadings", "--output", "OFFSET", "--associated", disk.Path);
            Assert.Equal(Text(Mib), attached.Trim());
            Assert.DoesNotContain(folder, await File.ReadAllTextAsync("/proc/self/mounts", Cancel), StringComparison.Ordinal);
        }

        Directory.Delete(folder);
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
        Assert.Empty(await TestDisk.RunAsync("losetup", "--noheadings", "--associated", disk.Path));
    }

    [Fact]
    public async Task A_failed_attach_leaves_no_record()
    {
        await using var disk = await TestDisk.CreateAsync(8 * Mib);
        var gone = (await disk.IdentifyAsync()) with { Path = disk.Path + ".gone" };
        await Assert.ThrowsAsync<UserErrorException>(() => LoopDevice.AttachAsync(gone, 0, Mib, isReadOnly: true, Cancel));
        Assert.DoesNotContain(Directory.EnumerateFiles(Records, "*.loop"), path => File.ReadAllText(path).Contains(gone.Path, StringComparison.Ordinal));
    }

    private static Task<string> BackingAsync(string device) => TestDisk.RunAsync("losetup", "--noheadings", "--output", "BACK-FILE", device);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
