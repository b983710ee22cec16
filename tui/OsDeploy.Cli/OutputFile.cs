using OsDeploy.Storage;

namespace OsDeploy.Cli;

/// <summary>A file that is written as it comes, for its owner's eyes only, and gets its name when it is whole.</summary>
internal static class OutputFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="UserErrorException"><c>file-exists</c>; <c>file-unwritable</c></exception>
    public static async Task WriteAsync(string path, bool overwrite, Func<Stream, Task> write)
    {
        var full = Path.GetFullPath(path);
        if (!overwrite && Path.Exists(full))
        {
            throw ServerErrors.FileExists(path);
        }

        var temporary = DurableFile.TemporaryNameFor(full);
        try
        {
            await using (var file = Create(temporary, path))
            {
                await write(file);
                await file.FlushAsync();
                DurableFile.Sync(file.SafeFileHandle, path);
            }

            DurableFile.Publish(temporary, full);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static FileStream Create(string temporary, string path)
    {
        try
        {
            return new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Owner });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ServerErrors.FileUnwritable(path, e);
        }
    }
}
