using Mono.Unix;
using Mono.Unix.Native;
using OsDeploy.Boot;
using OsDeploy.Images;

namespace OsDeploy.Disks;

/// <summary>Looks at disks and image files without writing a byte.</summary>
public static class DiskInspector
{
    private const int ImageFileSectorSize = 512;
    private const long MaxHeadLength = 16 << 20;

    /// <summary>Why a stick that PCs are started from must not be touched.</summary>
    internal const string StartMediumUse = "it is a medium that osdeploy is started from";

    /// <summary>The disks of this computer, and loop devices that have a file.</summary>
    public static async Task<IReadOnlyList<DiskIdentity>> ListAsync(CancellationToken cancel)
    {
        await DetachStaleAsync(cancel);
        var disks = new List<DiskIdentity>();
        foreach (var device in (await Lsblk.ListAsync(cancel)).Where(device => device.IsDisk))
        {
            disks.Add(await WithUseAsync(OfDevice(device), cancel));
        }

        return disks;
    }

    /// <exception cref="UserErrorException"><c>disk-not-found</c>, <c>disk-not-a-disk</c></exception>
    public static async Task<DiskIdentity> IdentifyAsync(string path, CancellationToken cancel)
    {
        await DetachStaleAsync(cancel);
        return await WithUseAsync(await FindAsync(path, cancel), cancel);
    }

    /// <exception cref="UserErrorException"><c>disk-not-found</c>, <c>disk-not-a-disk</c>, <c>disk-table-damaged</c>, <c>disk-not-opened</c></exception>
    public static async Task<DiskLayout> InspectAsync(string path, CancellationToken cancel)
    {
        await DetachStaleAsync(cancel);
        var found = await FindAsync(path, cancel);
        var whole = await ProbeWholeAsync(found, cancel);
        var (table, aside, partitions) = await ProbeAsync(found, whole, cancel);
        var disk = WithUse(found, partitions, whole);
        var label = table?.Label ?? "none";
        var sectors = ReadTable(disk, label, partitions);
        var head = table is null ? 0 : Math.Min(MaxHeadLength, partitions.Select(partition => partition.Offset).DefaultIfEmpty(disk.Size).Min());
        return new(disk, label, table?.Json, sectors, head, FirmwareGuess.Of(label, partitions, sectors), partitions, aside);
    }

    // Or what a killed osdeploy had mounted would make its disk look used for ever.
    private static Task DetachStaleAsync(CancellationToken cancel) =>
        Environment.IsPrivilegedProcess ? LoopRecord.DetachStaleAsync(cancel) : Task.CompletedTask;

    private static async Task<DiskIdentity> FindAsync(string path, CancellationToken cancel)
    {
        if (Directory.Exists(path))
        {
            throw DiskErrors.NotADisk(path, "a folder");
        }

        if (!File.Exists(path))
        {
            throw DiskErrors.NotFound(path);
        }

        var real = UnixPath.GetCompleteRealPath(path);
        return UnixFileSystemInfo.GetFileSystemEntry(real) switch
        {
            { FileType: FileTypes.RegularFile } file => OfFile(real, file.Length),
            { FileType: FileTypes.BlockDevice } => await Lsblk.FindAsync(real, cancel) switch
            {
                null => throw DiskErrors.NotFound(path),
                { Type: "part" } => throw DiskErrors.NotADisk(path, "a partition"),
                { Type: "rom" } => throw DiskErrors.NotADisk(path, "an optical drive"),
                { Size: 0 } => throw DiskErrors.NotADisk(path, "a drive without a medium"),
                var device => OfDevice(device),
            },
            _ => throw DiskErrors.NotADisk(path, "a device of another kind"),
        };
    }

    private static DiskIdentity OfFile(string path, long length)
    {
        var size = length / ImageFileSectorSize * ImageFileSectorSize;
        var isReadOnly = Syscall.access(path, AccessModes.W_OK) != 0;
        return size == 0
            ? throw DiskErrors.NotADisk(path, "an empty file")
            : new(path, null, null, null, null, size, ImageFileSectorSize, IsBlockDevice: false, IsRemovable: false, isReadOnly, InUse: []);
    }

    private static DiskIdentity OfDevice(LsblkDevice device) => new(
        device.Path,
        Trimmed(device.Model),
        Trimmed(device.Serial) ?? DiskNames.OfKernel.Serial(device.Name),
        Trimmed(device.Wwn) ?? DiskNames.OfKernel.Wwn(device.Name),
        Trimmed(device.Tran),
        device.Size,
        device.SectorSize,
        IsBlockDevice: true,
        device.IsRemovable || device.Tran == "usb" || DiskUse.ReadLine($"/sys/class/block/{device.Name}/device/type") == "SD",
        device.IsReadOnly,
        InUse: []);

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static async Task<DiskIdentity> WithUseAsync(DiskIdentity disk, CancellationToken cancel)
    {
        var whole = await ProbeWholeAsync(disk, cancel);
        try
        {
            var (_, _, partitions) = await ProbeAsync(disk, whole, cancel);
            return WithUse(disk, partitions, whole);
        }
        catch (UserErrorException e) when (e.Code == "disk-table-damaged")
        {
            return WithUse(disk, [], whole); // no partitions anyone could use; the disk as a whole may still be a RAID member
        }
    }

    // A RAID member counts as in use even when the array is not running: its other disks depend on it. So does a disk that is an LVM
    // volume as a whole; an LVM partition nobody has activated is content like any other.
    private static DiskIdentity WithUse(DiskIdentity disk, IReadOnlyList<PartitionLayout> partitions, BlkidResult whole) => disk with
    {
        InUse =
        [
            .. DiskUse.Find(disk.Path),
            .. partitions.Where(partition => FileSystems.IsRaidMember(partition.FileSystem))
                .Select(partition => $"partition {partition.Number} is a member of a RAID ({partition.FileSystem})"),
            .. whole.Type == "LVM2_member" ? ["the whole disk belongs to an LVM volume group"] : Array.Empty<string>(),
            .. IsStartMedium(disk, partitions, whole) ? [StartMediumUse] : Array.Empty<string>(),
            .. FileSystems.IsRaidMember(whole.Type) ? [$"the whole disk is a member of a RAID ({whole.Type})"] : Array.Empty<string>(),
        ],
    };

    // A label alone would let whoever may name a volume keep a built-in disk from being restored.
    private static bool IsStartMedium(DiskIdentity disk, IReadOnlyList<PartitionLayout> partitions, BlkidResult whole) =>
        (disk.IsRemovable || whole.Type == "iso9660") && (StartMedium.IsLabel(whole.Label) || partitions.Any(partition => StartMedium.IsLabel(partition.FileSystemLabel)));

    private static Task<BlkidResult> ProbeWholeAsync(DiskIdentity disk, CancellationToken cancel) =>
        Blkid.ProbeAsync(disk.Path, 0, disk.Size, cancel);

    private static async Task<(SfdiskTable? Table, SetAside? Aside, IReadOnlyList<PartitionLayout> Partitions)> ProbeAsync(
        DiskIdentity disk, BlkidResult whole, CancellationToken cancel)
    {
        var (table, aside) = await ReadTableAsync(disk, cancel);

        // FAT and NTFS without a table have a boot sector that passes for an MBR with nothing in it.
        if (table is null || (whole.Type is not null && table.Partitions.All(partition => partition.Offset == 0)))
        {
            return (null, null, whole.Type is null ? [] : [ToLayout(new(1, 0, disk.Size, "", null, null, IsContainer: false), whole)]);
        }

        var partitions = new List<PartitionLayout>();
        foreach (var partition in table.Partitions)
        {
            var content = partition.IsContainer
                ? BlkidResult.Nothing
                : await Blkid.ProbeAsync(disk.Path, partition.Offset, partition.Length, cancel);
            partitions.Add(ToLayout(partition, content));
        }

        return (table, aside, partitions);
    }

    private static async Task<(SfdiskTable? Table, SetAside? Aside)> ReadTableAsync(DiskIdentity disk, CancellationToken cancel)
    {
        try
        {
            if (await ReadSfdiskAsync(disk.Path, disk.Size, cancel) is { } table)
            {
                return (table, null);
            }

            if (AsideOf(disk) is not { } aside)
            {
                return (null, null);
            }

            await using var copy = await TableCopy.CreateAsync(disk, cancel);
            return (await ReadSfdiskAsync(copy.Path, disk.Size, cancel), aside);
        }
        catch (FormatException e)
        {
            throw DiskErrors.TableDamaged(disk.Path, e.Message, e);
        }
    }

    private static async Task<SfdiskTable?> ReadSfdiskAsync(string path, long size, CancellationToken cancel)
    {
        var result = await new Command("sfdisk", "--json", path).Accepting(code => code is 0 or 1).RunAsync(cancel);
        return result.ExitCode == 0 ? SfdiskTable.Parse(result.Output, size) : null;
    }

    // A disk that may not be read, or cannot be, is listed all the same.
    private static SetAside? AsideOf(DiskIdentity disk)
    {
        try
        {
            using var file = DiskFile.OpenRead(disk);
            return TableAside.Read(file);
        }
        catch (Exception e) when (e is IOException or UserErrorException { Code: "disk-not-opened" })
        {
            return null;
        }
    }

    private static PartitionLayout ToLayout(SfdiskPartition partition, BlkidResult content) => new(
        partition.Number, partition.Offset, partition.Length, partition.Type, partition.Uuid, partition.Name, partition.IsContainer,
        content.Type, content.Version, content.Uuid, content.Label);

    private static IReadOnlyList<TableSectors> ReadTable(DiskIdentity disk, string label, IReadOnlyList<PartitionLayout> partitions)
    {
        using var file = new AsideDisk(DiskFile.OpenRead(disk));
        try
        {
            var table = PartitionTable.Read(file, label);
            var covered = partitions.FirstOrDefault(partition => !partition.IsContainer && table.Any(piece =>
                piece.Offset < partition.Offset + partition.Length && partition.Offset < piece.Offset + piece.Bytes.Length));
            return covered is null ? table : throw new FormatException($"partition {covered.Number} lies over the table itself");
        }
        catch (FormatException e)
        {
            throw DiskErrors.TableDamaged(disk.Path, e.Message, e);
        }
    }
}
