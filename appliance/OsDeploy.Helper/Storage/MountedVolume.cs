using System.Globalization;
using Mono.Unix.Native;

namespace OsDeploy.Helper.Storage;

/// <summary>The appliance's volume at its folder.</summary>
/// <param name="folder">Absolute path; the same at every start.</param>
/// <param name="owner">User that the volume belongs to.</param>
internal sealed class MountedVolume(DataDisks disks, string folder, uint owner)
{
    // e2fsck(8): 1 is corrected, 2 is corrected in a way that matters to a root file system, 4 and more is not in order.
    private const int Corrected = 3;
    private const int SectorSize = 512; // of /sys, whatever the disk's own are

    // Less behind the volume than this is the table's copy and rounding.
    private const long LeastGrowth = 16 << 20;

    private const FilePermissions OwnerOnly = FilePermissions.S_IRWXU;

    /// <summary>Checks and mounts the one volume there is. One that is mounted there is left as it is.</summary>
    /// <exception cref="UserErrorException"><c>data-disk-none</c>, <c>data-disk-several</c>, <c>data-disk-damaged</c>, <c>data-disk-in-use</c>, and those of the programs.</exception>
    public async Task MountAsync(CancellationToken cancel)
    {
        var volumes = await disks.VolumesAsync(cancel);
        if (volumes.Any(one => IsHere(one.Volume)))
        {
            return;
        }

        var (volume, _) = volumes switch
        {
            [] => throw Errors.VolumeMissing(),
            [var only] => only,
            _ => throw Errors.VolumesSeveral([.. volumes.Select(one => one.Disk)]),
        };
        if (volume.MountPoints.FirstOrDefault(point => point is not null) is { } elsewhere)
        {
            throw Errors.VolumeElsewhere(volume.Path, elsewhere);
        }

        await CheckAsync(volume.Path, cancel);
        Directory.CreateDirectory(folder);
        await new Command("mount", "--types", "ext4", "--options", "nodev,nosuid,noexec,errors=remount-ro", volume.Path, folder).RunAsync(cancel);
        _ = Syscall.lstat(folder, out var root) == 0 && root.st_uid == owner && Syscall.chmod(folder, OwnerOnly) == 0;
    }

    /// <summary>Gives the volume what its disk has behind it, while it is in use. Cut short, it goes on where it was when it is called again.</summary>
    /// <returns>Bytes of its partition.</returns>
    /// <exception cref="UserErrorException"><c>data-disk-none</c>, and those of the programs.</exception>
    public async Task<long> GrowAsync(CancellationToken cancel)
    {
        var (volume, disk) = await HereAsync(cancel);
        if (volume.Type == "part")
        {
            var number = Read($"/sys/class/block/{volume.Name}/partition");
            if (RoomBehind(volume, disk) >= LeastGrowth)
            {
                await GrowPartitionAsync(disk.Path, number, cancel);
            }

            // Also where the table had grown before: the power may have gone between the two.
            await new Command("partx", "--update", "--nr", Text(number), disk.Path).RunAsync(cancel);
        }

        await new Command("resize2fs", volume.Path).RunAsync(cancel);
        return (await HereAsync(cancel)).Volume.Size;
    }

    private static async Task CheckAsync(string path, CancellationToken cancel)
    {
        var result = await new Command("e2fsck", "-p", path).WithDeadline(Timeout.InfiniteTimeSpan).WithOwnSession().Accepting(_ => true).RunAsync(cancel);
        if ((result.ExitCode & ~Corrected) != 0)
        {
            throw Errors.VolumeDamaged(path, result);
        }
    }

    // Commit point: sfdisk's write of the table. The partition keeps its beginning, its number and its ids.
    private static async Task GrowPartitionAsync(string disk, long number, CancellationToken cancel)
    {
        await new Command("sfdisk", "--quiet", "--no-reread", "--no-tell-kernel", "--force", "--partno", Text(number), disk).WithInput(", +\n").RunAsync(cancel);
    }

    private static long RoomBehind(BlockDevice volume, BlockDevice disk)
    {
        var end = disk.Partitions.Max(partition => (Read($"/sys/class/block/{partition.Name}/start") * SectorSize) + partition.Size);
        return (Read($"/sys/class/block/{volume.Name}/start") * SectorSize) + volume.Size < end ? 0 : disk.Size - end;
    }

    private async Task<(BlockDevice Volume, BlockDevice Disk)> HereAsync(CancellationToken cancel)
    {
        var disk = (await disks.DevicesAsync(cancel)).FirstOrDefault(disk => disk.Family.Any(IsHere)) ?? throw Errors.VolumeMissing();
        return (disk.Family.First(IsHere), disk);
    }

    private bool IsHere(BlockDevice device) => device.MountPoints.Contains(folder);

    private static long Read(string path) => long.Parse(File.ReadAllText(path).Trim(), NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
