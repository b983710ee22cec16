namespace OsDeploy.Disks;

/// <summary>
/// Why a disk must not be captured as it is: an image of it would not start, would lose data, or would hold what nobody can read.
/// Only looks; the fix is always the operator's, on the running system.
/// </summary>
public static class CaptureChecks
{
    /// <param name="partitions">Numbers of the partitions that will be imaged; null: all.</param>
    /// <param name="allowRaw">LUKS may be taken byte for byte.</param>
    /// <returns>Everything that stands in the way, so that it can be put right in one go.</returns>
    public static async Task<IReadOnlyList<UserErrorException>> FindAsync(
        DiskLayout layout, IReadOnlySet<int>? partitions, bool allowRaw, CancellationToken cancel)
    {
        var found = new List<UserErrorException>();
        if (layout.Disk.InUse.Count > 0)
        {
            found.Add(DiskErrors.InUse(layout.Disk));
        }

        using var disk = DiskFile.OpenRead(layout.Disk);
        found.AddRange(FindUnfinished(layout, disk));
        foreach (var partition in layout.Partitions.Where(partition => !partition.IsContainer && partitions?.Contains(partition.Number) != false))
        {
            if (DiskMark.Read(disk, partition.Offset) is { } mark)
            {
                found.Add(DiskErrors.Unfinished(layout.Disk.Path, mark, partition.Number));
            }
            else if (FindLocked(disk, partition, allowRaw) is { } locked)
            {
                found.Add(locked);
            }
            else
            {
                found.AddRange(await FindUncleanAsync(layout, partition, disk, cancel));
            }
        }

        return found;
    }

    private static IEnumerable<UserErrorException> FindUnfinished(DiskLayout layout, DiskFile disk)
    {
        if (layout.Aside is { } aside)
        {
            yield return DiskErrors.Unfinished(layout.Disk.Path, aside);
        }

        if (DiskMark.Read(disk, 0) is { } mark)
        {
            yield return DiskErrors.Unfinished(layout.Disk.Path, mark, null);
        }
    }

    private static UserErrorException? FindLocked(DiskFile disk, PartitionLayout partition, bool allowRaw)
    {
        var boot = new byte[512];
        disk.Read(partition.Offset, boot);
        return partition.FileSystem switch
        {
            // The signature stands in the boot sector as soon as BitLocker has prepared the volume, also while the key lies in the clear.
            _ when partition.FileSystem == "BitLocker" || boot.AsSpan(3).StartsWith("-FVE-FS-"u8) => DiskErrors.BitLocker(partition),
            "crypto_LUKS" when !allowRaw => DiskErrors.Luks(partition),
            "swsuspend" => DiskErrors.LinuxHibernated(partition),
            var kind when FileSystems.IsRaidMember(kind) => DiskErrors.RaidMember(partition, kind!),
            null when boot.AsSpan(3).StartsWith("NTFS    "u8) => DiskErrors.NtfsUnreadable(partition),
            _ => null,
        };
    }

    private static async Task<IReadOnlyList<UserErrorException>> FindUncleanAsync(
        DiskLayout layout, PartitionLayout partition, DiskFile disk, CancellationToken cancel)
    {
        switch (partition.FileSystem)
        {
            case "ntfs":
                await using (var device = await AttachAsync(layout, partition, cancel))
                {
                    return await FindInNtfsAsync(new(disk, partition, device), partition, cancel);
                }

            case "xfs" or "f2fs":
                await using (var device = await AttachAsync(layout, partition, cancel))
                {
                    return await WasClosedAsync(partition.FileSystem, device, cancel) ? [] : [NotUnmounted(partition)];
                }

            case "ext2" or "ext3" or "ext4":
                return new ExtVolume(disk, partition).WasUnmountedCleanly ? [] : [NotUnmounted(partition)];
            case "vfat" or "exfat":
                return FatVolume.IsFlaggedDirty(disk, partition) ? [NotUnmounted(partition)] : [];
            case "btrfs":
                var btrfs = new BtrfsVolume(disk, partition);
                return btrfs.Devices > 1 ? [DiskErrors.Spanned(partition, btrfs.Devices)] : btrfs.HasLog ? [NotUnmounted(partition)] : [];
            default:
                return [];
        }
    }

    private static async Task<IReadOnlyList<UserErrorException>> FindInNtfsAsync(NtfsVolume volume, PartitionLayout partition, CancellationToken cancel)
    {
        try
        {
            var isFlagged = await volume.IsFlaggedDirtyAsync(cancel); // first: it fails where ntfscluster would just find no file
            if (IsHibernated(await volume.ReadHeadAsync("/hiberfil.sys", 4, cancel)))
            {
                return [DiskErrors.NtfsHibernated(partition)];
            }

            var isDirty = isFlagged || !NtfsLog.IsClean(await volume.ReadLogHeadAsync(cancel));
            return isDirty ? [DiskErrors.NtfsDirty(partition)] : [];
        }
        catch (FormatException e)
        {
            return [DiskErrors.NtfsUnreadable(partition, e)];
        }
        catch (UserErrorException e) when (e.Code == "tool-failed")
        {
            return [DiskErrors.NtfsUnreadable(partition, e)];
        }
    }

    // "hibr" and "HIBR": a system sleeps in the file (Fast Startup too). "RSTR": it was waking up when it was switched off. "wake" and
    // zeros are what a system that has woken or never slept leaves behind.
    private static bool IsHibernated(ReadOnlySpan<byte> head) =>
        head.SequenceEqual("hibr"u8) || head.SequenceEqual("HIBR"u8) || head.SequenceEqual("rstr"u8) || head.SequenceEqual("RSTR"u8);

    private static async Task<bool> WasClosedAsync(string fileSystem, LoopDevice device, CancellationToken cancel) => fileSystem == "xfs"
        ? (await new Command("xfs_logprint", "-t", device.Path).RunAsync(cancel)).Output.Contains("state: <CLEAN>", StringComparison.Ordinal)
        : (await new Command("dump.f2fs", device.Path).RunAsync(cancel)).Output.Split('\n')
            .Any(line => line.Contains("checkpoint state", StringComparison.Ordinal) && line.Contains(" unmount", StringComparison.Ordinal));

    private static Task<LoopDevice> AttachAsync(DiskLayout layout, PartitionLayout partition, CancellationToken cancel) =>
        LoopDevice.AttachAsync(layout.Disk, partition.Offset, partition.Length, isReadOnly: true, cancel);

    private static UserErrorException NotUnmounted(PartitionLayout partition) =>
        DiskErrors.NotClean(partition, "was not unmounted cleanly or waits for a check");
}
