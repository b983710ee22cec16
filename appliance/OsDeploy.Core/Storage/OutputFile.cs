namespace OsDeploy.Storage;

/// <summary>A file that is written as it comes, for its owner's eyes only, and gets its name when it is whole.</summary>
public static class OutputFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <returns>Bytes.</returns>
    /// <exception cref="UserErrorException"><c>file-exists</c>; <c>file-unwritable</c></exception>
    public static async Task<long> WriteAsync(string path, bool overwrite, Func<Stream, Task> write)
    {
        var full = Path.GetFullPath(path);
        if (!overwrite && Path.Exists(full))
        {
            throw Errors.FileExists(path);
        }

        var temporary = DurableFile.TemporaryNameFor(full);
        try
        {
            long written;
            await using (var file = Create(temporary))
            {
                await write(file);
                await file.FlushAsync();
                DurableFile.Sync(file.SafeFileHandle, path);
                written = file.Length;
            }

            DurableFile.Publish(temporary, full);
            return written;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.FileUnwritable(path, e);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    private static FileStream Create(string temporary) =>
        new(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Owner });
}
