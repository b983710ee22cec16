using System.Globalization;
using OsDeploy.Api.Helper;
using OsDeploy.SetUp;

namespace OsDeploy.Helper.Storage;

/// <summary>Makes a disk the appliance's volume: a GPT with one ext4.</summary>
/// <param name="owner">User that the volume belongs to.</param>
/// <param name="run">Runs a program to its end.</param>
internal sealed class DataDiskMaker(DataDisks disks, uint owner, uint group, Func<Command, CancellationToken, Task> run)
{
    // Linux filesystem data (UEFI "Discoverable Partitions"); the name is for people.
    private const string Table = "label: gpt\n\ntype=0FC63DAF-8483-4772-8E79-3D69D8477DE4, name=\"osdeploy\"\n";
    private const string DeviceManager = "/run/udev/control";

    /// <summary>
    /// Everything on the disk is lost. Commit point: the label, which is the last program's work. Cut short before it, the disk holds nothing
    /// that is taken for a volume of an appliance.
    /// </summary>
    /// <exception cref="UserErrorException"><c>data-disk-changed</c>, <c>data-disk-refused</c>, <c>data-disk-not-confirmed</c>, <c>data-disk-exists</c>, <c>data-disk-failed</c>, and those of the programs.</exception>
    public async Task PrepareAsync(DataDiskPrepareRequest wanted, CancellationToken cancel)
    {
        var device = (await disks.DevicesAsync(cancel)).FirstOrDefault(device => device.Path == wanted.Path) ?? throw Errors.DiskChanged(wanted.Path);
        var disk = await DataDisks.LookAsync(device, cancel);
        Require(disk, wanted);
        if ((await disks.VolumesAsync(cancel)).Select(one => one.Disk).FirstOrDefault(other => other.Path != wanted.Path) is { } other)
        {
            throw Errors.VolumeExists(other);
        }

        foreach (var program in ProgramsFor(device))
        {
            await run(program, cancel);
        }

        if (!(await Content.OfAsync(device.PartitionPath(1), cancel)).IsOurs)
        {
            throw Errors.DiskNotMade(disk.Path);
        }
    }

    /// <exception cref="UserErrorException"><c>data-disk-changed</c>, <c>data-disk-refused</c>, <c>data-disk-not-confirmed</c></exception>
    public static void Require(DataDisk disk, DataDiskPrepareRequest wanted)
    {
        if (disk.Serial != wanted.Serial || disk.Size != wanted.Size)
        {
            throw Errors.DiskChanged(wanted.Path);
        }

        if (!disk.IsOffered)
        {
            throw Errors.DiskRefused(disk);
        }

        if (disk.State != DataDiskState.Blank && wanted.Confirm != disk.Name)
        {
            throw Errors.DiskNotConfirmed(disk);
        }
    }

    /// <summary>The file system of a volume, which is none before it has its label.</summary>
    public static Command FileSystemOn(string partition, uint owner, uint group) =>
        new("mkfs.ext4", "-q", "-F", "-m", "1", "-E", string.Create(CultureInfo.InvariantCulture, $"root_owner={owner}:{group}"), partition);

    /// <summary>Returns when the partitions of a new table can be used.</summary>
    public static async Task SettleAsync(string disk, Func<Command, CancellationToken, Task> run, CancellationToken cancel)
    {
        foreach (var program in SettlingOf(disk))
        {
            await run(program, cancel);
        }
    }

    private static List<Command> SettlingOf(string disk) =>
    [
        // It takes the nodes of the partitions away and makes them anew when it hears of the table.
        .. File.Exists(DeviceManager) ? (Command[])[new Command("udevadm", "settle", "--timeout=30").Accepting(_ => true)] : [],

        // What the kernel knows of partitions is what it is told here, whatever it made of the table by itself.
        new Command("partx", "--update", disk),
    ];

    private List<Command> ProgramsFor(BlockDevice disk)
    {
        var partition = disk.PartitionPath(1);
        return
        [
            new Command("wipefs", "--all", "--force", disk.Path),
            new Command("sfdisk", "--quiet", "--lock=yes", "--wipe", "always", "--wipe-partitions", "always", disk.Path).WithInput(Table),
            .. SettlingOf(disk.Path),
            FileSystemOn(partition, owner, group),
            new Command("e2label", partition, DataVolume.Label),
        ];
    }
}
