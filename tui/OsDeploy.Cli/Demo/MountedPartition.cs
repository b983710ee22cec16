using OsDeploy.Disks;

namespace OsDeploy.Cli.Demo;

/// <summary>A partition of a disk image file, mounted until disposed.</summary>
internal sealed class MountedPartition : IAsyncDisposable
{
    private readonly LoopDevice _device;

    private MountedPartition(LoopDevice device, string path)
    {
        _device = device;
        Path = path;
    }

    public string Path { get; }

    public static async Task<MountedPartition> MountAsync(DemoFolder folder, string disk, int number, bool isReadOnly, CancellationToken cancel)
    {
        var layout = await DiskInspector.InspectAsync(disk, cancel);
        var partition = layout.Partitions.Single(partition => partition.Number == number);
        var device = await LoopDevice.AttachAsync(layout.Disk, partition.Offset, partition.Length, isReadOnly, cancel);
        try
        {
            var point = folder.MountPoint($"{System.IO.Path.GetFileNameWithoutExtension(disk)}-{number}");
            var access = isReadOnly ? "ro" : "rw";
            var mount = partition.FileSystem == "ntfs"
                ? new Command("ntfs-3g", "-o", access + ",big_writes", device.Path, point)
                : new Command("mount", "-o", access, device.Path, point);
            await mount.RunAsync(cancel);
            return new MountedPartition(device, point);
        }
        catch
        {
            await device.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Also after a cancel: a mount left behind would keep the disk in use.
        await new Command("umount", Path).RunAsync(CancellationToken.None);
        await _device.DisposeAsync();
        Directory.Delete(Path);
    }
}
