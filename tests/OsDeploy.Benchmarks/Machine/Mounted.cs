namespace OsDeploy.Benchmarks.Machine;

/// <summary>A mounted file system, until disposed.</summary>
internal sealed class Mounted : IAsyncDisposable
{
    private Mounted(string folder) => Folder = folder;

    public string Folder { get; }

    public static async Task<Mounted> MountAsync(string device, string fileSystem, string folder, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var mount = fileSystem == "ntfs"
            ? new Command("ntfs-3g", "-o", "big_writes", device, folder)
            : new Command("mount", "-t", fileSystem, device, folder);
        await mount.RunAsync(cancel);
        return new Mounted(folder);
    }

    public async ValueTask DisposeAsync() =>
        await new Command("umount", Folder).RunAsync(CancellationToken.None);
}
