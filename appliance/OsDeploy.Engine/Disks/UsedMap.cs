using OsDeploy.Images;

namespace OsDeploy.Disks;

/// <param name="Used">Bytes from the start of the partition that an image must hold.</param>
/// <param name="LeftOut">Files whose content is not among them but for their head.</param>
public sealed record UsedMapResult(RangeSet Used, IReadOnlyList<LeftOutFile> LeftOut);

/// <summary>Which bytes of a partition its file system uses. Reads metadata only and never writes.</summary>
public static class UsedMap
{
    /// <summary>
    /// Kept of every page, swap and hibernation file: its header. A stale resume header on the target must never be met by a system
    /// that looks for one, and a swap file is no swap file without its own.
    /// </summary>
    private const long KeptHead = 64 << 10;

    // partclone counts from the first block of an ext file system with 1 KiB blocks; what lies before is boot code.
    private const long BootBlock = 4096;

    private static readonly TimeSpan s_deadline = TimeSpan.FromHours(1);
    private static readonly string[] s_windowsFiles = ["/pagefile.sys", "/swapfile.sys", "/hiberfil.sys"];
    private static readonly string[] s_linuxFiles = ["/swapfile", "/swap.img"];

    public static bool Supports(string? fileSystem) => Program(fileSystem) is not null;

    /// <exception cref="UserErrorException"><c>volume-map</c>: the file system is damaged or not clean.</exception>
    public static async Task<UsedMapResult> ReadAsync(DiskLayout layout, PartitionLayout partition, CancellationToken cancel)
    {
        if (partition is { FileSystem: "vfat", FileSystemVersion: "FAT12" })
        {
            // partclone.fat 0.3.23 misreads tables of 12 bits and leaves out clusters in use. Such a volume is tiny: all of it is taken.
            return new(RangeSet.Of(new ByteRange(0, partition.Length)), []);
        }

        var program = Program(partition.FileSystem) ?? throw new ArgumentException($"{partition.FileSystem} has no map of used blocks", nameof(partition));
        await using var device = await LoopDevice.AttachAsync(layout.Disk, partition.Offset, partition.Length, isReadOnly: true, cancel);
        using var disk = DiskFile.OpenRead(layout.Disk);
        try
        {
            var map = await ReadDomainAsync(program, device, cancel);
            var used = map.Used.Union(RangeSet.Of([new(0, Math.Min(BootBlock, partition.Length)), ByteRange.Between(map.End, partition.Length)]));
            if (partition.FileSystem == "btrfs")
            {
                used = (await BtrfsChunks.ReadAsync(device, cancel)).InEveryCopy(used);
            }

            if (map.End > partition.Length || used.Runs[0].Start < 0 || used.Runs[^1].End > partition.Length)
            {
                throw new FormatException("It is larger than its partition.");
            }

            return await LeaveOutAsync(used, disk, partition, device, cancel);
        }
        catch (FormatException e)
        {
            throw DiskErrors.NoMap(partition, e);
        }
        catch (UserErrorException e) when (e.Code == "tool-failed")
        {
            throw DiskErrors.NoMap(partition, e);
        }
    }

    private static string? Program(string? fileSystem) => fileSystem switch
    {
        "ntfs" or "btrfs" or "xfs" or "exfat" or "f2fs" => "partclone." + fileSystem,
        "ext2" or "ext3" or "ext4" => "partclone.extfs",
        "vfat" => "partclone.fat",
        _ => null,
    };

    private static async Task<DomainMap> ReadDomainAsync(string program, LoopDevice device, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("osdeploy-map-");
        try
        {
            var file = Path.Combine(folder.FullName, "domain");

            // -f 0: no progress; at any other interval it sleeps before it ends.
            await new Command(program, "-D", "-f", "0", "--offset_domain=0", "-q", "-L", Path.Combine(folder.FullName, "log"), "-s", device.Path, "-o", file)
                .WithDeadline(s_deadline)
                .RunAsync(cancel);
            using var lines = File.OpenText(file);
            return DomainMap.Parse(lines);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<UsedMapResult> LeaveOutAsync(
        RangeSet used, DiskFile disk, PartitionLayout partition, LoopDevice device, CancellationToken cancel)
    {
        var leftOut = new List<LeftOutFile>();
        foreach (var (path, runs) in await FindLeftOutAsync(disk, partition, device, cancel))
        {
            var content = runs.From(KeptHead);
            if (content.TotalLength > 0)
            {
                leftOut.Add(new(path, content.TotalLength));
                used = used.Subtract(content);
            }
        }

        return new(used, leftOut);
    }

    private static async Task<IReadOnlyList<(string Path, FileRuns Runs)>> FindLeftOutAsync(
        DiskFile disk, PartitionLayout partition, LoopDevice device, CancellationToken cancel)
    {
        var found = new List<(string Path, FileRuns Runs)>();
        if (partition.FileSystem == "ntfs")
        {
            var volume = new NtfsVolume(disk, partition, device);
            foreach (var path in s_windowsFiles)
            {
                found.Add((path, await volume.FindAsync(path, cancel)));
            }
        }
        else if (partition.FileSystem is "ext3" or "ext4")
        {
            var volume = new ExtVolume(disk, partition);
            foreach (var path in s_linuxFiles)
            {
                found.Add((path, await volume.FindSwapFileAsync(path, device, cancel)));
            }
        }

        return found;
    }
}
