using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Mono.Unix;
using Mono.Unix.Native;

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
    private const int Unlock = 8; // LOCK_UN

    private readonly SafeFileHandle _file;

    private FileLock(SafeFileHandle file) => _file = file;

    /// <returns>Null if another process holds it exclusively.</returns>
    /// <exception cref="UserErrorException"><c>store-read-failed</c></exception>
    public static FileLock? TryShare(string path) => TryTake(path, Shared);

    /// <returns>Null if another process holds it.</returns>
    /// <exception cref="UserErrorException"><c>store-read-failed</c></exception>
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

    // Said, not left to the close: a program that is just being started shares the open file until its exec, and would hold the lock.
    public void Dispose()
    {
        if (!_file.IsClosed)
        {
            _ = flock(_file, Unlock);
        }

        _file.Dispose();
    }

    /// <summary>What a flock that failed means for who asked.</summary>
    /// <returns>True: the file system has no locks (an NFS share without them, some FUSE ones), and nobody can hold it.</returns>
    /// <exception cref="IOException">Nobody knows.</exception>
    internal static bool IsGrantedAfter(Errno error) => error switch
    {
        Errno.EWOULDBLOCK => false,
        Errno.ENOLCK or Errno.EOPNOTSUPP or Errno.ENOSYS => true,
        _ => throw new UnixIOException(error),
    };

    private static FileLock? TryTake(string path, int operation)
    {
        FileLock? taken = null;
        try
        {
            taken = new FileLock(Open(path));
            if (taken.Take(operation))
            {
                return taken;
            }

            taken.Dispose();
            return null;
        }
        catch (IOException e)
        {
            taken?.Dispose();
            throw Errors.StoreReadFailed(path, e);
        }
    }

    // For writing, because NFS turns flock into a lock that needs it; else for reading, so that a store on write-protected media
    // can be read. Not File.OpenHandle: it takes a lock of its own.
    private static SafeFileHandle Open(string path)
    {
        var descriptor = Syscall.open(path, OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_CLOEXEC, FilePermissions.DEFFILEMODE);
        if (descriptor < 0 && Stdlib.GetLastError() is Errno.EROFS or Errno.EACCES)
        {
            descriptor = Syscall.open(path, OpenFlags.O_RDONLY | OpenFlags.O_CLOEXEC);
        }

        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw new UnixIOException(Stdlib.GetLastError());
    }

    private bool Take(int operation) =>
        flock(_file, operation | DoNotWait) == 0 || IsGrantedAfter(NativeConvert.ToErrno(Marshal.GetLastPInvokeError()));

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(SafeFileHandle file, int operation);
}
