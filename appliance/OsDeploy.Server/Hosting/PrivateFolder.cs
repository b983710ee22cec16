namespace OsDeploy.Server.Hosting;

/// <summary>The data folder is for the daemon's eyes only.</summary>
internal static class PrivateFolder
{
    public static void Ensure(string path)
    {
        try
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw HostingErrors.FolderNotMade(path, e);
        }
    }
}
