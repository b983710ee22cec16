using OsDeploy.Disks;

namespace OsDeploy.Lab.Disks;

/// <summary>A mounted partition, until it is disposed; its device goes with it.</summary>
internal sealed class PartitionMount : IAsyncDisposable
{
    private readonly LoopDevice _device;

    private PartitionMount(LoopDevice device, string folder) => (_device, Folder) = (device, folder);

    public string Folder { get; }

    /// <param name="fileSystem">As the inspection of disks names it; null: the kernel finds out.</param>
    public static async Task<PartitionMount> CreateAsync(LoopDevice device, string? fileSystem, bool isReadOnly, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("osdeploy-mount-").FullName;
        var access = isReadOnly ? "ro" : "rw";
        string[] command = fileSystem switch
        {
            "ntfs" => ["ntfs-3g", "-o", access + ",permissions,streams_interface=xattr", device.Path, folder],
            "exfat" => ["mount.exfat-fuse", "-o", access, device.Path, folder],
            "xfs" => ["mount", "-o", access + ",nouuid", device.Path, folder],
            _ => ["mount", "-o", access, device.Path, folder],
        };
        await new Command(command[0], command[1..]).RunAsync(cancel);
        return new(device, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await new Command("umount", Folder).RunAsync(CancellationToken.None);
        Directory.Delete(Folder);
        await _device.DisposeAsync();
    }
}
