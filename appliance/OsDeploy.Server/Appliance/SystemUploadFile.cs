using OsDeploy.Storage;
using OsDeploy.SystemImages;

namespace OsDeploy.Server.Appliance;

/// <summary>A new system on its way to the helper: one file on the appliance's volume, replaced by the next and gone with a restart.</summary>
/// <param name="data">Folder of the appliance.</param>
internal sealed class SystemUploadFile(string data)
{
    private const int BufferSize = 128 << 10;

    // From a full disk, on which the documents could not be written any more.
    private const long Distance = 256 << 20;

    private readonly string _path = Path.Combine(data, SystemUploads.FilePath);
    private int _isTaking;

    /// <summary>Commit point: the rename.</summary>
    /// <param name="length">What is said to come; null: it is not said.</param>
    /// <exception cref="UserErrorException"><c>system-upload-busy</c>, <c>system-upload-no-room</c>, <c>disk-full</c>, <c>disk-write-failed</c></exception>
    public async Task<long> TakeAsync(Stream from, long? length, CancellationToken cancel)
    {
        if (Interlocked.Exchange(ref _isTaking, 1) != 0)
        {
            throw Errors.UploadBusy();
        }

        var temporary = DurableFile.TemporaryNameFor(_path);
        try
        {
            Delete();
            DurableFile.CreateFolder(Path.GetDirectoryName(_path)!);
            RequireRoom(length <= SystemUploads.MaxLength ? length.Value : 0);
            long size;
            await using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 }))
            {
                size = await CopyAsync(from, file, cancel);
                DurableFile.Sync(file.SafeFileHandle, temporary);
            }

            DurableFile.Publish(temporary, _path);
            return size;
        }
        finally
        {
            File.Delete(temporary);
            Volatile.Write(ref _isTaking, 0);
        }
    }

    /// <summary>What is there, and what a daemon that was killed had begun.</summary>
    public void Delete()
    {
        if (Path.GetDirectoryName(_path) is { } folder && Directory.Exists(folder))
        {
            foreach (var file in Directory.EnumerateFiles(folder).Where(file => file == _path || (_isTaking == 0 && file.EndsWith(".tmp", StringComparison.Ordinal))))
            {
                File.Delete(file);
            }
        }
    }

    private async Task<long> CopyAsync(Stream from, FileStream to, CancellationToken cancel)
    {
        var buffer = new byte[BufferSize];
        long size = 0;
        for (int read; (read = await from.ReadAsync(buffer, cancel)) > 0; size += read)
        {
            if (size % (BufferSize * 64L) < BufferSize)
            {
                RequireRoom(read); // what is said to come may not be what comes
            }

            try
            {
                await to.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
            catch (IOException e)
            {
                throw Errors.UploadNotKept(e);
            }
        }

        return size;
    }

    private void RequireRoom(long bytes)
    {
        var free = new DriveInfo(data).AvailableFreeSpace;
        if (free - bytes < Distance)
        {
            throw Errors.UploadNoRoom(bytes, free);
        }
    }
}
