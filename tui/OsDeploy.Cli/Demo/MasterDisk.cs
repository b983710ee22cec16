using OsDeploy.Disks;

namespace OsDeploy.Cli.Demo;

/// <summary>
/// Makes the disk of the demonstration: the partitions of a PC with Windows and Linux, in a sparse file, and real files of this
/// computer in them.
/// </summary>
internal sealed class MasterDisk(DemoFolder folder)
{
    public const long Size = 1312L << 20;

    public const int WindowsPartition = 3;
    public const int LinuxPartition = 4;

    // A Windows PC's order: what comes behind the growing partition (Recovery) must move to the end of a larger disk.
    private const string Table = """
        label: gpt
        size=64MiB, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, name="EFI system partition"
        size=16MiB, type=E3C9E316-0B5C-4DB8-817D-F92DF00215AE, name="Microsoft reserved partition"
        size=600MiB, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7, name="Basic data partition"
        size=500MiB, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, name="Linux"
        size=64MiB, type=0657FD6D-A4AB-43C4-84E5-0933C84B4F4F, name="Linux swap"
        size=48MiB, type=DE94BBA4-06D1-4D40-A16A-BFD50179D6AC, name="Recovery"
        """;

    private static readonly (int Partition, string FileSystem, string Label)[] s_fileSystems =
        [(1, "fat32", "ESP"), (3, "ntfs", "Windows"), (4, "ext4", "linux"), (5, "swap", "swap"), (6, "ntfs", "Recovery")];

    public async Task MakeAsync(CancellationToken cancel)
    {
        MakeBlank(folder.Master, Size);
        await new Command("sfdisk", "--quiet", folder.Master).WithInput(Table).RunAsync(cancel);
        var layout = await DiskInspector.InspectAsync(folder.Master, cancel);
        foreach (var (number, fileSystem, label) in s_fileSystems)
        {
            var partition = layout.Partitions.Single(partition => partition.Number == number);
            await using var device = await LoopDevice.AttachAsync(layout.Disk, partition.Offset, partition.Length, isReadOnly: false, cancel);
            await FileSystems.MakeAsync(fileSystem, device, uuid: null, label, cancel);
        }
    }

    public static void MakeBlank(string path, long size)
    {
        using var file = File.Create(path);
        file.SetLength(size);
    }

    /// <summary>Fills both systems with files.</summary>
    public async Task FillAsync(CancellationToken cancel)
    {
        await using var windows = await MountedPartition.MountAsync(folder, folder.Master, WindowsPartition, isReadOnly: false, cancel);
        SampleFiles.Copy(windows.Path, cancel);
        await using var linux = await MountedPartition.MountAsync(folder, folder.Master, LinuxPartition, isReadOnly: false, cancel);
        SampleFiles.Copy(linux.Path, cancel);
    }

    /// <summary>A day's work: some files change, one is new, one is gone.</summary>
    public async Task UseAsync(CancellationToken cancel)
    {
        await using var windows = await MountedPartition.MountAsync(folder, folder.Master, WindowsPartition, isReadOnly: false, cancel);
        SampleFiles.Change(windows.Path);
        await using var linux = await MountedPartition.MountAsync(folder, folder.Master, LinuxPartition, isReadOnly: false, cancel);
        SampleFiles.Change(linux.Path);
    }
}
