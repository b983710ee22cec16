using System.Globalization;

namespace OsDeploy.Disks;

/// <summary>
/// A device node over a range of a disk or image file, for tools that want one. Partition nodes of the kernel are never used: they
/// may be missing, stale, or belong to another table.
/// </summary>
public sealed class LoopDevice : IAsyncDisposable
{
    private readonly LoopRecord _record;
    private bool _isDetached;

    private LoopDevice(string path, DiskIdentity disk, LoopRecord record)
    {
        (Path, SectorSize, _record) = (path, disk.SectorSize, record);
    }

    public string Path { get; }

    /// <summary>Bytes from the start of the disk under it.</summary>
    internal long Offset => _record.Offset;

    /// <summary>Bytes.</summary>
    internal long Length => _record.Length;

    internal int SectorSize { get; }

    /// <summary>The range as a disk of its own.</summary>
    internal DiskIdentity AsDisk => new(
        Path, null, null, null, null, Length, SectorSize, IsBlockDevice: true, IsRemovable: false, IsReadOnly: false, InUse: []);

    /// <exception cref="UserErrorException"><c>needs-root</c>, <c>tool-failed</c></exception>
    public static async Task<LoopDevice> AttachAsync(DiskIdentity disk, long offset, long length, bool isReadOnly, CancellationToken cancel)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw DiskErrors.NeedsRoot();
        }

        using var turn = await LoopTurn.TakeAsync(cancel);
        var record = LoopRecord.Create(disk.Path, offset, length);
        try
        {
            var device = new LoopDevice(await LosetupAsync(disk, record, isReadOnly), disk, record);
            if (cancel.IsCancellationRequested)
            {
                await device.DisposeAsync();
                throw new OperationCanceledException(cancel);
            }

            return device;
        }
        catch
        {
            record.DeleteUnlessAttached();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Once only: the node may belong to somebody else a moment later.
        if (!_isDetached)
        {
            _isDetached = true;
            await LoopRecord.DetachAsync(Path);
            _record.DeleteUnlessAttached(Path);
        }
    }

    // Neither cancel nor Ctrl-C ends it: killed after attaching it could not say what it has attached.
    private static async Task<string> LosetupAsync(DiskIdentity disk, LoopRecord record, bool isReadOnly)
    {
        string[] mode = isReadOnly ? ["--read-only"] : [];
        var result = await new Command("losetup",
        [
            "--find", "--show", .. mode,
            "--offset", record.Offset.ToString(CultureInfo.InvariantCulture),
            "--sizelimit", record.Length.ToString(CultureInfo.InvariantCulture),
            "--sector-size", disk.SectorSize.ToString(CultureInfo.InvariantCulture),
            disk.Path,
        ]).WithOwnSession().RunAsync(CancellationToken.None);
        return result.Output.Trim();
    }
}
