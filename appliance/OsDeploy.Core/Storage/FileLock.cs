using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OsDeploy.Storage;

/// <summary>
/// An advisory lock between processes (flock), on a file that exists for nothing else. It ends with the process, however that
/// ends. Never waits.
/// </summary>
internal sealed partial class FileLock : IDisposable
{
    private const int Shared = 1; // LOCK_SH
    private const int Exclusive = 2; // LOCK_EX
    private const int DoNotWait = 4; // LOCK_NB

    private readonly SafeFileHandle _file;

    private FileLock(SafeFileHandle file) => _file = file;

    /// <returns>Null if another process holds it exclusively.</returns>
    public static FileLock? TryShare(string path) => TryTake(path, Shared);

    /// <returns>Null if another process holds it.</returns>
    public static FileLock? TryOwn(string path) => TryTake(path, Exclusive);

    /// <summary>From shared to exclusive. When that fails the lock is shared again.</summary>
    /// <exception cref="IOException">
    /// It is not even shared any more: flock gives up the old lock first, and another process was quicker.
    /// </exception>
    public bool TryUpgrade()
    {
        if (Take(Exclusive))
        {
            return true;
        }

        Downgrade();
        return false;
    }

    public void Downgrade()
    {
        if (!Take(Shared))
        {
            throw new IOException("The lock went to another process.");
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileLock? TryTake(string path, int operation)
    {
        try
        {
            var taken = new FileLock(Open(path));
            if (taken.Take(operation))
            {
                return taken;
            }

            taken.Dispose();
            return null;
        }
        catch (IOException) when (File.Exists(path))
        {
            return null; // .NET takes the shared lock while it opens, and could not
        }
    }

    // Only reading, so that a store on write-protected media can be read.
    private static SafeFileHandle Open(string path) => File.Exists(path)
        ? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)
        : File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);

    private bool Take(int operation) => flock(_file, operation | DoNotWait) == 0;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(SafeFileHandle file, int operation);
}
