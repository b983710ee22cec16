using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Mono.Unix;
using Mono.Unix.Native;

namespace OsDeploy.Disks;

/// <summary>
/// Held while a loop device is attached and while stale ones are cleared away: one at a time on this computer, so that the
/// cleaner never takes a fresh device over the same range for a stale one.
/// </summary>
internal sealed partial class LoopTurn : IDisposable
{
    private const int Exclusive = 2; // LOCK_EX

    // Within the process the turn is waited for without holding a thread.
    private static readonly SemaphoreSlim s_inProcess = new(1);

    private readonly SafeFileHandle _file;

    private LoopTurn(SafeFileHandle file) => _file = file;

    public static async Task<LoopTurn> TakeAsync(CancellationToken cancel)
    {
        await s_inProcess.WaitAsync(cancel);
        try
        {
            return new LoopTurn(await Task.Run(Lock, CancellationToken.None));
        }
        catch
        {
            s_inProcess.Release();
            throw;
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        s_inProcess.Release();
    }

    // Another process holds it for as long as losetup runs. It ends with its process, however that ends.
    private static SafeFileHandle Lock()
    {
        Directory.CreateDirectory(LoopRecord.Folder);
        var path = Path.Combine(LoopRecord.Folder, "lock");
        var descriptor = Syscall.open(path, OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_CLOEXEC, FilePermissions.S_IRUSR | FilePermissions.S_IWUSR);
        if (descriptor < 0)
        {
            throw new UnixIOException(Stdlib.GetLastError());
        }

        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        while (flock(file, Exclusive) != 0)
        {
            var error = (Errno)Marshal.GetLastPInvokeError();
            if (error != Errno.EINTR)
            {
                file.Dispose();
                throw new UnixIOException(error);
            }
        }

        return file;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(SafeFileHandle file, int operation);
}
