namespace OsDeploy.Storage;

/// <summary>
/// A file that has its content, durably, but not yet its name: all that could fail for want of room is done before the step it
/// waits for. Gone if it is not published.
/// </summary>
internal sealed class PreparedFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;

    /// <exception cref="UserErrorException"><c>disk-full</c>, <c>disk-write-failed</c>, <c>write-denied</c></exception>
    /// <param name="isSecret">For its owner's eyes only, from the first byte on.</param>
    public PreparedFile(string path, ReadOnlySpan<byte> content, bool isSecret = false)
    {
        (_path, _temporary) = (path, DurableFile.TemporaryNameFor(path));
        try
        {
            using var file = new FileStream(_temporary, OptionsOf(isSecret));
            RandomAccess.Write(file.SafeFileHandle, content, 0);
            DurableFile.Sync(file.SafeFileHandle, _temporary);
        }
        catch (IOException e)
        {
            Dispose();
            throw Errors.WriteFailed(path, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Errors.WriteDenied(path, e);
        }
        catch (UserErrorException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Commit point: the rename.</summary>
    public void Publish() => DurableFile.Publish(_temporary, _path);

    public void Dispose()
    {
        if (File.Exists(_temporary))
        {
            File.Delete(_temporary);
        }
    }

    private static FileStreamOptions OptionsOf(bool isSecret)
    {
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        return new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = isSecret ? owner : owner | others,
        };
    }
}
