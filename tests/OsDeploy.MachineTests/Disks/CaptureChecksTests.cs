using System.Buffers.Binary;
using System.Text;
using OsDeploy.Disks;

namespace OsDeploy.MachineTests.Disks;

/// <summary>The refusal corpus: each disk is refused with its own code, and not one byte of it changes.</summary>
public sealed class CaptureChecksTests
{
    private const long Mib = 1 << 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public CaptureChecksTests() => Root.OrSkip();

    [Theory]
    [InlineData("ntfs")]
    [InlineData("ext4")]
    [InlineData("xfs")]
    [InlineData("btrfs")]
    [InlineData("f2fs")]
    [InlineData("exfat")]
    [InlineData("fat16")]
    [InlineData("fat32")]
    [InlineData("swap")]
    public async Task A_healthy_disk_is_not_refused(string fileSystem)
    {
        await using var disk = await MakeAsync(fileSystem);
        Assert.Empty(await CodesAsync(disk));
    }

    [Fact]
    public async Task A_prepared_BitLocker_volume_is_refused_also_where_LUKS_would_be_taken_raw()
    {
        await using var disk = await MakeAsync("ntfs");
        await WriteAsync(disk, 3, "-FVE-FS-"u8.ToArray());
        Assert.Equal(["volume-bitlocker"], await CodesAsync(disk, allowRaw: true));
    }

    [Fact]
    public async Task LUKS_is_refused_unless_taken_raw()
    {
        await using var disk = await CreateAsync(64);
        await using (var device = await disk.AttachAsync(1))
        {
            await new Command("cryptsetup", "luksFormat", "--batch-mode", "--type", "luks1", "--pbkdf-force-iterations", "1000", device.Path, "-")
                .WithInput("secret").RunAsync(Cancel);
        }

        Assert.Equal(["volume-luks"], await CodesAsync(disk));
        Assert.Empty(await CodesAsync(disk, allowRaw: true));
    }

    [Theory]
    [InlineData("hibr", "ntfs-hibernated")]
    [InlineData("HIBR", "ntfs-hibernated")]
    [InlineData("RSTR", "ntfs-hibernated")]
    [InlineData("wake", null)]
    [InlineData("\0\0\0\0", null)]
    public async Task A_hibernated_Windows_is_told_from_one_that_has_woken(string head, string? code)
    {
        await using var disk = await MakeAsync("ntfs");
        await using (var mount = await disk.MountAsync(1))
        {
            await File.WriteAllTextAsync(Path.Combine(mount.Folder, "hiberfil.sys"), head + new string('x', 100_000), Cancel);
        }

        Assert.Equal(code is null ? [] : [code], await CodesAsync(disk));
    }

    [Fact]
    public async Task An_ntfs_with_the_dirty_flag_is_refused()
    {
        await using var disk = await MakeAsync("ntfs");
        await PatchAsync(disk, SetDirtyFlag);
        Assert.Equal(["ntfs-dirty"], await CodesAsync(disk));
    }

    [Theory]
    [InlineData(0, 0, "ntfs-dirty")]
    [InlineData(0, 2, null)]
    [InlineData(0xFFFF, 0, null)]
    public async Task An_ntfs_whose_log_was_not_closed_is_refused(int clientInUse, int flags, string? code)
    {
        await using var disk = await MakeAsync("ntfs");
        var log = 0L;
        await using (var device = await disk.AttachAsync(1, isReadOnly: true))
        {
            log = NtfsVolume.ParseRuns(await TestDisk.RunAsync("ntfscluster", "--force", "--inode", "2", device.Path), 4096).Runs[0].Start;
        }

        await WriteAsync(disk, log, RestartPage(1, 0xFFFF, 2));
        await WriteAsync(disk, log + 4096, RestartPage(2, (ushort)clientInUse, (ushort)flags));
        Assert.Equal(code is null ? [] : [code], await CodesAsync(disk));
    }

    [Theory]
    [InlineData("ext2", "volume-not-clean")]
    [InlineData("ext3", "volume-not-clean")]
    [InlineData("ext4", "volume-not-clean")]
    [InlineData("xfs", "volume-not-clean")]
    [InlineData("btrfs", "volume-not-clean")]
    [InlineData("exfat", "volume-not-clean")]
    public async Task A_file_system_switched_off_while_mounted_is_refused(string fileSystem, string code)
    {
        await using var disk = await MakeAsync(fileSystem);
        var copy = disk.ImageFile + ".copy";
        await using (var mount = await disk.MountAsync(1))
        {
            await TestDisk.RunAsync("dd", "if=/dev/urandom", "of=" + Path.Combine(mount.Folder, "file"), "bs=1M", "count=2", "conv=fsync");
            var found = await CaptureChecks.FindAsync(await disk.InspectAsync(), null, allowRaw: false, Cancel);
            Assert.Equal("disk-in-use", found[0].Code);
            await TestDisk.RunAsync("cp", "--sparse=always", disk.ImageFile, copy);
        }

        File.Move(copy, disk.ImageFile, overwrite: true);
        Assert.Equal([code], await CodesAsync(disk));
    }

    [Theory]
    [InlineData("fat16", 2)]
    [InlineData("fat32", 4)]
    public async Task A_fat_flagged_in_use_is_refused(string fileSystem, int entry)
    {
        await using var disk = await MakeAsync(fileSystem);
        await PatchAsync(disk, (device, offset) =>
        {
            var boot = new byte[512];
            device.Read(offset, boot);
            var table = BinaryPrimitives.ReadUInt16LittleEndian(boot.AsSpan(0x0E)) * 512L;
            device.Write(offset + table + entry, entry == 2 ? [0xFF, 0x7F] : [0xFF, 0xFF, 0xFF, 0x07]);
        });
        Assert.Equal(["volume-not-clean"], await CodesAsync(disk));
    }

    [Fact]
    public async Task An_f2fs_that_was_not_unmounted_is_refused()
    {
        await using var disk = await MakeAsync("f2fs");
        await PatchAsync(disk, ClearUnmountedFlag);
        Assert.Equal(["volume-not-clean"], await CodesAsync(disk));
    }

    [Fact]
    public async Task A_btrfs_that_spans_disks_is_refused()
    {
        await using var disk = await TestDisk.CreateAsync(260 * Mib, "label: gpt\nstart=2048, size=120MiB\nsize=120MiB");
        await using (var first = await disk.AttachAsync(1))
        await using (var second = await disk.AttachAsync(2))
        {
            await TestDisk.RunAsync("mkfs.btrfs", "-q", "-f", first.Path, second.Path);
        }

        Assert.Equal(["volume-raid", "volume-raid"], await CodesAsync(disk));
    }

    [Fact]
    public async Task A_RAID_member_is_refused_as_source_and_as_target()
    {
        await using var disk = await CreateAsync(64);
        await WriteAsync(disk, 4096, RaidSuperblock.At(4096));
        Assert.Equal("linux_raid_member", (await disk.PartitionAsync(1)).FileSystem);
        Assert.Equal(["disk-in-use", "volume-raid"], await CodesAsync(disk));
        Assert.Contains("RAID", Assert.Single((await disk.IdentifyAsync()).InUse), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hibernated_Linux_is_refused()
    {
        await using var disk = await MakeAsync("swap");
        await WriteAsync(disk, 4086, "S1SUSPEND\0"u8.ToArray());
        Assert.Equal(["linux-hibernated"], await CodesAsync(disk));
    }

    [Fact]
    public async Task A_damaged_ntfs_is_refused_and_never_a_fault()
    {
        await using var disk = await MakeAsync("ntfs");
        await PatchAsync(disk, (device, offset) =>
        {
            var boot = new byte[512];
            device.Read(offset, boot);
            device.Write(offset + (BinaryPrimitives.ReadInt64LittleEndian(boot.AsSpan(0x30)) * 4096) + (3 * 1024), new byte[1024]); // $Volume
        });
        Assert.Equal(["ntfs-dirty"], await CodesAsync(disk));
    }

    [Fact]
    public async Task Partitions_that_are_not_imaged_are_not_asked()
    {
        await using var disk = await MakeAsync("ntfs");
        await PatchAsync(disk, SetDirtyFlag);
        var layout = await disk.InspectAsync();
        Assert.Empty(await CaptureChecks.FindAsync(layout, new HashSet<int> { 2 }, allowRaw: false, Cancel));
    }

    private static async Task<TestDisk> MakeAsync(string fileSystem)
    {
        var disk = await CreateAsync(fileSystem == "xfs" ? 310 : 130); // the least that its mkfs takes
        await disk.FormatAsync(1, fileSystem);
        return disk;
    }

    private static Task<TestDisk> CreateAsync(int mib) => TestDisk.CreateAsync((mib + 2) * Mib, $"label: gpt\nstart=2048, size={mib}MiB");

    private static async Task<IReadOnlyList<string>> CodesAsync(TestDisk disk, bool allowRaw = false)
    {
        var before = await disk.HashAsync();
        var found = await CaptureChecks.FindAsync(await disk.InspectAsync(), null, allowRaw, Cancel);
        Assert.Equal(before, await disk.HashAsync());
        Assert.All(found, error => Assert.NotEmpty(error.Hint));
        return [.. found.Select(error => error.Code)];
    }

    /// <summary>Writes into partition 1.</summary>
    private static Task WriteAsync(TestDisk disk, long position, byte[] content) =>
        PatchAsync(disk, (device, offset) => device.Write(offset + position, content));

    private static async Task PatchAsync(TestDisk disk, Action<DiskFile, long> patch)
    {
        var layout = await disk.InspectAsync();
        using var device = DiskFile.OpenWrite(layout.Disk);
        patch(device, layout.Partitions[0].Offset);
    }

    // MFT record 3 is $Volume; its attribute 0x70 holds the flags. The mirror must agree.
    private static void SetDirtyFlag(DiskFile device, long offset)
    {
        var boot = new byte[512];
        device.Read(offset, boot);
        foreach (var cluster in new[] { BinaryPrimitives.ReadInt64LittleEndian(boot.AsSpan(0x30)), BinaryPrimitives.ReadInt64LittleEndian(boot.AsSpan(0x38)) })
        {
            var at = offset + (cluster * 4096) + (3 * 1024);
            var record = new byte[1024];
            device.Read(at, record);
            Assert.Equal("FILE", Encoding.ASCII.GetString(record, 0, 4));
            var attribute = (int)BinaryPrimitives.ReadUInt16LittleEndian(record.AsSpan(0x14));
            while (BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(attribute)) != 0x70)
            {
                attribute += BinaryPrimitives.ReadInt32LittleEndian(record.AsSpan(attribute + 4));
            }

            record[attribute + BinaryPrimitives.ReadUInt16LittleEndian(record.AsSpan(attribute + 0x14)) + 10] |= 1;
            device.Write(at, record);
        }
    }

    // Both checkpoint packs, each with its block at the head and at the end (f2fs_fs.h, struct f2fs_checkpoint).
    private static void ClearUnmountedFlag(DiskFile device, long offset)
    {
        var super = new byte[1024];
        device.Read(offset + 1024, super);
        var pack = offset + (BinaryPrimitives.ReadUInt32LittleEndian(super.AsSpan(76)) * 4096L);
        foreach (var head in new[] { pack, pack + (512 * 4096) })
        {
            var block = new byte[4096];
            device.Read(head, block);
            var last = head + ((BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(136)) - 1L) * 4096);
            block[132] &= 0xFE;
            var checksumAt = BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(164));
            if (checksumAt == 4092)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(checksumAt), F2fsChecksum(block.AsSpan(0, checksumAt)));
                device.Write(head, block);
                device.Write(last, block);
            }
        }
    }

    private static uint F2fsChecksum(ReadOnlySpan<byte> content)
    {
        var crc = 0xF2F52010u;
        foreach (var value in content)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
            }
        }

        return crc;
    }

    private static byte[] RestartPage(ulong number, ushort clientInUse, ushort flags)
    {
        var page = new byte[4096];
        "RSTR"u8.CopyTo(page);
        BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(0x18), 0x30);
        BinaryPrimitives.WriteUInt64LittleEndian(page.AsSpan(0x30), number);
        BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(0x30 + 12), clientInUse);
        BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(0x30 + 14), flags);
        return page;
    }
}
