namespace OsDeploy.SystemImages;

/// <summary>Where a system comes from. Nothing that it says is believed before <see cref="SignedSystem"/> has looked at it.</summary>
public interface ISystemMedium
{
    /// <summary>Names of the folders in <c>osdeploy</c>.</summary>
    /// <exception cref="UserErrorException"><c>system-image-unknown</c>, <c>system-image-unreadable</c></exception>
    IReadOnlyList<string> ListFolders();

    /// <summary>A file of <c>osdeploy/FOLDER</c>.</summary>
    /// <exception cref="UserErrorException"><c>system-image-incomplete</c>, <c>system-image-unreadable</c></exception>
    Stream Open(string folder, string name);
}

/// <summary>A medium that is mounted.</summary>
/// <param name="root">Its folder.</param>
public sealed class MountedMedium(string root) : ISystemMedium
{
    private string Systems => Path.Combine(root, SystemFiles.Folder);

    public IReadOnlyList<string> ListFolders()
    {
        try
        {
            return [.. Directory.EnumerateDirectories(Systems).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SystemImageErrors.Unknown(e);
        }
    }

    public Stream Open(string folder, string name)
    {
        try
        {
            return new FileStream(Path.Combine(Systems, folder, name), new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.Read, Options = FileOptions.SequentialScan });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SystemImageErrors.Incomplete(name, e);
        }
    }
}
