namespace OsDeploy.Benchmarks.Machine;

/// <summary>A disk image file as the devices that programs take: the whole disk, and its one partition.</summary>
internal sealed class AttachedDisk : IAsyncDisposable
{
    private readonly LoopDevice _disk;
    private readonly LoopDevice _partition;

    private AttachedDisk(LoopDevice disk, LoopDevice partition) => (_disk, _partition) = (disk, partition);

    public string Disk => _disk.Path;

    public string Partition => _partition.Path;

    public static async Task<AttachedDisk> AttachAsync(string file, bool isReadOnly, CancellationToken cancel)
    {
        var disk = await LoopDevice.AttachAsync(file, isReadOnly, cancel);
        try
        {
            var partition = DiskImage.PartitionOf(file);
            return new AttachedDisk(disk, await LoopDevice.AttachAsync(file, partition.Start, partition.Length, isReadOnly, cancel));
        }
        catch
        {
            await disk.DisposeAsync();
            throw;
        }
    }

    public long WrittenBytes() => _disk.WrittenBytes() + _partition.WrittenBytes();

    public async ValueTask DisposeAsync()
    {
        await _partition.DisposeAsync();
        await _disk.DisposeAsync();
    }
}
