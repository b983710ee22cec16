using System.Globalization;
using System.Security.Cryptography;
using OsDeploy.Disks;
using OsDeploy.Lab.Disks;

namespace OsDeploy.MachineTests.Disks;

/// <summary>
/// A disk for one test: a sparse file in a temporary folder, for sectors of 4096 bytes behind a loop device. Everything it
/// attaches and makes is gone after Dispose.
/// </summary>
public sealed class TestDisk : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-disk-");
    private string? _loop;

    private TestDisk()
    {
    }

    /// <summary>What to give to osdeploy: the image file, or the loop device of a 4Kn disk.</summary>
    public string Path => _loop ?? ImageFile;

    public string ImageFile => System.IO.Path.Combine(_folder.FullName, "disk.img");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="size">Bytes.</param>
    /// <param name="sfdiskScript">Null: no table.</param>
    public static async Task<TestDisk> CreateAsync(long size, string? sfdiskScript = null, int sectorSize = 512)
    {
        Root.OrSkip();
        var disk = new TestDisk();
        try
        {
            await disk.MakeAsync(size, sfdiskScript, sectorSize);
            return disk;
        }
        catch
        {
            await disk.DisposeAsync();
            throw;
        }
    }

    public Task<DiskIdentity> IdentifyAsync() => DiskInspector.IdentifyAsync(Path, Cancel);

    public Task<DiskLayout> InspectAsync() => DiskInspector.InspectAsync(Path, Cancel);

    public async Task<PartitionLayout> PartitionAsync(int number) => (await InspectAsync()).Partitions.Single(partition => partition.Number == number);

    /// <summary>A loop device over one partition (number 1 of a disk without a table: over the whole disk).</summary>
    public async Task<LoopDevice> AttachAsync(int number, bool isReadOnly = false)
    {
        var layout = await InspectAsync();
        var partition = layout.Partitions.SingleOrDefault(partition => partition.Number == number);
        return await LoopDevice.AttachAsync(layout.Disk, partition?.Offset ?? 0, partition?.Length ?? layout.Disk.Size, isReadOnly, Cancel);
    }

    /// <param name="fileSystem">fat12, fat16, fat32, ntfs, ext2, ext3, ext4, btrfs, xfs, exfat, f2fs, swap</param>
    /// <param name="options">More options for its mkfs.</param>
    public async Task FormatAsync(int number, string fileSystem, params string[] options)
    {
        await using var device = await AttachAsync(number);
        string[] command = fileSystem switch
        {
            "fat12" or "fat16" or "fat32" => ["mkfs.fat", "-F", fileSystem[3..]],
            "ntfs" => ["mkntfs", "--quick", "--quiet", "-p", "2048", "-H", "255", "-S", "63"],
            "ext2" or "ext3" or "ext4" => ["mkfs." + fileSystem, "-q", "-F"],
            "btrfs" or "xfs" or "f2fs" => ["mkfs." + fileSystem, "-q", "-f"],
            "exfat" => ["mkfs.exfat"],
            "swap" => ["mkswap"],
            _ => throw new ArgumentOutOfRangeException(nameof(fileSystem), fileSystem, "unknown"),
        };
        await RunAsync([.. command, .. options, device.Path]);
    }

    /// <summary>Mounts ext2/3/4, btrfs, xfs, NTFS or exFAT; FAT and f2fs have no driver here (see <see cref="CopyInAsync"/>).</summary>
    internal async Task<PartitionMount> MountAsync(int number, bool isReadOnly = false)
    {
        var device = await AttachAsync(number, isReadOnly);
        var partition = await PartitionAsync(number);
        return await PartitionMount.CreateAsync(device, partition.FileSystem, isReadOnly, Cancel);
    }

    /// <summary>Copies the content of a folder into the root of the partition, whatever its file system.</summary>
    public async Task CopyInAsync(int number, string folder)
    {
        var fileSystem = (await PartitionAsync(number)).FileSystem;
        if (fileSystem is "vfat")
        {
            await using var device = await AttachAsync(number);
            await RunAsync(["mcopy", "-s", "-m", "-i", device.Path, .. Directory.EnumerateFileSystemEntries(folder), "::/"]);
        }
        else if (fileSystem is "f2fs")
        {
            await using var device = await AttachAsync(number);
            // sload.f2fs ends with 1 when it has nothing to complain about but no label file.
            await new Command("sload.f2fs", "-f", folder, device.Path).Accepting(code => code is 0 or 1).RunAsync(Cancel);
        }
        else
        {
            await using var mount = await MountAsync(number);
            await RunAsync(["cp", "-a", .. Directory.EnumerateFileSystemEntries(folder), mount.Folder]);
        }
    }

    /// <summary>SHA-256 of the whole disk.</summary>
    public async Task<string> HashAsync()
    {
        await using var file = File.OpenRead(ImageFile);
        return Convert.ToHexString(await SHA256.HashDataAsync(file, Cancel));
    }

    public async ValueTask DisposeAsync()
    {
        if (_loop is not null)
        {
            await new Command("losetup", "--detach", _loop).RunAsync(CancellationToken.None);
        }

        _folder.Delete(recursive: true);
    }

    private async Task MakeAsync(long size, string? sfdiskScript, int sectorSize)
    {
        using (var file = File.OpenHandle(ImageFile, FileMode.CreateNew, FileAccess.ReadWrite))
        {
            RandomAccess.SetLength(file, size);
        }

        if (sectorSize != 512)
        {
            _loop = await RunAsync("losetup", "--find", "--show", "--sector-size", sectorSize.ToString(CultureInfo.InvariantCulture), ImageFile);
        }

        if (sfdiskScript is not null)
        {
            // The kernel is never asked to look at the table: partition nodes are not part of any test.
            await new Command("sfdisk", "--quiet", "--no-reread", "--no-tell-kernel", Path).WithInput(sfdiskScript).RunAsync(Cancel);
        }
    }

    /// <summary>Runs a program and gives what it printed.</summary>
    public static async Task<string> RunAsync(params string[] command) =>
        (await new Command(command[0], command[1..]).RunAsync(Cancel)).Output.Trim();
}
