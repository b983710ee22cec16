namespace OsDeploy.Screens.Machine;

/// <summary>
/// A root shell on another console of this computer, which another process has opened: only a lock on a file, that ends with the process, can
/// tell of it. Whoever works there does not see what is about to happen to the disks.
/// </summary>
internal static class OpenShell
{
    /// <summary>Says that there is one, until what is returned is disposed.</summary>
    /// <param name="path">Null: this computer has no other consoles.</param>
    public static IDisposable? Mark(string? path) => path is null ? null : Lock(path);

    /// <inheritdoc cref="Mark"/>
    public static bool IsThere(string? path)
    {
        if (path is null)
        {
            return false;
        }

        try
        {
            using var own = Lock(path);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static FileStream Lock(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }
}
