namespace OsDeploy.Disks;

/// <summary>
/// The table of a disk that is set aside, in its place in a file of the disk's size with nothing else in it: for tools that read tables. The
/// disk itself gets it back only when its half-done partition cannot start any more.
/// </summary>
internal sealed class TableCopy : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-table-");
    private LoopDevice? _device;

    private TableCopy()
    {
    }

    /// <summary>The file, or a device with the disk's sectors: in a file, tools count sectors of 512 bytes.</summary>
    public string Path => _device?.Path ?? File;

    private string File => System.IO.Path.Combine(_folder.FullName, "disk");

    /// <exception cref="FormatException">The table is damaged.</exception>
    public static async Task<TableCopy> CreateAsync(DiskIdentity disk, CancellationToken cancel)
    {
        var copy = new TableCopy();
        try
        {
            copy.Write(disk);
            if (disk.SectorSize != 512)
            {
                copy._device = await LoopDevice.AttachAsync(disk with { Path = copy.File }, 0, disk.Size, isReadOnly: true, cancel);
            }

            return copy;
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_device is not null)
        {
            await _device.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private void Write(DiskIdentity disk)
    {
        using var source = new AsideDisk(DiskFile.OpenRead(disk));
        using var file = System.IO.File.OpenHandle(File, FileMode.CreateNew, FileAccess.ReadWrite);
        RandomAccess.SetLength(file, disk.Size);
        var sector = new byte[disk.SectorSize];
        source.Read(0, sector);
        var label = MbrEntry.All(sector).Any(entry => entry.Type == MbrEntry.Protective) ? "gpt" : "dos";
        foreach (var piece in PartitionTable.Read(source, label))
        {
            RandomAccess.Write(file, piece.Bytes, piece.Offset);
        }
    }
}
