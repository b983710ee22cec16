namespace OsDeploy.Benchmarks.Machine;

/// <summary>A mounted ext4 on a device that can be made slow. Fast until <see cref="Slow"/>, so that preparing takes no time.</summary>
internal sealed class SlowDisk : IAsyncDisposable
{
    private readonly string _file;
    private readonly LoopDevice _device;
    private readonly Mounted _mounted;

    private SlowDisk(string file, LoopDevice device, Mounted mounted) => (_file, _device, _mounted) = (file, device, mounted);

    public string Folder => _mounted.Folder;

    public static async Task<SlowDisk> MakeAsync(string folder, long size, CancellationToken cancel)
    {
        var file = Path.Combine(folder, "slow.img");
        using (var handle = File.OpenHandle(file, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.SetLength(handle, size);
        }

        var device = await LoopDevice.AttachAsync(file, isReadOnly: false, cancel);
        try
        {
            // All tables now: the kernel would otherwise write them later, out of the operations that are measured.
            await new Command("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", device.Path).RunAsync(cancel);
            var mounted = await Mounted.MountAsync(device.Path, "ext4", Path.Combine(folder, "slow"), cancel);
            return new SlowDisk(file, device, mounted);
        }
        catch
        {
            await device.DisposeAsync();
            throw;
        }
    }

    public OperationLimit Slow(int operationsPerSecond) => OperationLimit.Set(_device.Path, operationsPerSecond);

    public async ValueTask DisposeAsync()
    {
        await _mounted.DisposeAsync();
        await _device.DisposeAsync();
        File.Delete(_file);
    }
}
