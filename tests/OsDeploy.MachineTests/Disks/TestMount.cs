using OsDeploy.Disks;

namespace OsDeploy.MachineTests.Disks;

/// <summary>A mounted partition of a <see cref="TestDisk"/>.</summary>
public sealed class TestMount : IAsyncDisposable
{
    private readonly LoopDevice _device;

    private TestMount(LoopDevice device, string folder) => (_device, Folder) = (device, folder);

    public string Folder { get; }

    internal static async Task<TestMount> CreateAsync(LoopDevice device, string? fileSystem, bool isReadOnly)
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
        await TestDisk.RunAsync(command);
        return new(device, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await new Command("umount", Folder).RunAsync(CancellationToken.None);
        Directory.Delete(Folder);
        await _device.DisposeAsync();
    }
}
