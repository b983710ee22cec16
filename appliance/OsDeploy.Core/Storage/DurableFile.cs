using System.Runtime.InteropServices;
using Mono.Unix;
using Mono.Unix.Native;

namespace OsDeploy.Storage;

/// <summary>
/// The one place that makes bytes survive a power cut. <c>FileStream.Flush(true)</c> and <c>RandomAccess.FlushToDisk</c> report no
/// error when fsync fails on Linux (.NET 10: dotnet/runtime pal_io.c <c>SystemNative_FSync</c>), so they are banned and this
/// class calls fsync itself. An fsync error is final for the file: the kernel may have dropped the dirty pages, so nobody
/// retries and trusts.
/// </summary>
public static partial class DurableFile
{
    /// <summary>Flushes a file's data and size.</summary>
    /// <param name="handle">Any open file or block device.</param>
    /// <exception cref="UserErrorException"><c>disk-write-failed</c>, <c>disk-full</c></exception>
    public static void Sync(SafeHandle handle, string path)
    {
        var added = false;
        try
        {
            handle.DangerousAddRef(ref added);
            ThrowIfFailed(fdatasync((int)handle.DangerousGetHandle()), path);
        }
        finally
        {
            if (added)
            {
                handle.DangerousRelease();
            }
        }
    }

    /// <summary>Makes renames, creations and removals in a folder durable.</summary>
    public static void SyncFolder(string folder)
    {
        var descriptor = Syscall.open(folder, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_CLOEXEC);
        ThrowIfFailed(descriptor, folder);
        try
        {
            ThrowIfFailed(Syscall.fsync(descriptor), folder);
        }
        finally
        {
            _ = Syscall.close(descriptor);
        }
    }

    /// <summary>
    /// Writes a file so that after a power cut the name holds either the whole new content or what it held before.
    /// Commit point: the rename.
    /// </summary>
    /// <param name="overwrite">False: an existing file is left as it is (immutable names).</param>
    public static void Write(string path, ReadOnlySpan<byte> content, bool overwrite)
    {
        if (!overwrite && File.Exists(path))
        {
            return;
        }

        using var file = new PreparedFile(path, content);
        file.Publish();
    }

    /// <summary>As <see cref="Write"/>, replacing what is there, for its owner's eyes only.</summary>
    public static void WriteSecret(string path, ReadOnlySpan<byte> content)
    {
        using var file = new PreparedFile(path, content, isSecret: true);
        file.Publish();
    }

    /// <summary>Gives a file that is already synced its final name and makes the name durable.</summary>
    public static void Publish(string synced, string path)
    {
        ThrowIfFailed(Syscall.rename(synced, path), path);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Moves a file to another folder of the same file system. Commit point: the rename.</summary>
    public static void Move(string path, string destination)
    {
        Publish(path, destination);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes a folder that survives a power cut; its parent must exist. One that is there is left as it is.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(path);
        }
        catch (IOException e)
        {
            throw Errors.WriteFailed(path, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Errors.WriteDenied(path, e);
        }

        SyncFolder(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path))!);
    }

    /// <summary>Removes a file and makes the removal durable.</summary>
    public static void Delete(string path)
    {
        File.Delete(path);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>A name beside <paramref name="path"/> that readers and <c>check</c> know to ignore.</summary>
    public static string TemporaryNameFor(string path) => $"{path}.{Environment.ProcessId:x}-{Guid.NewGuid().ToString("N")[..8]}.tmp";

    private static void ThrowIfFailed(int result, string path)
    {
        if (result >= 0)
        {
            return;
        }

        var number = Marshal.GetLastPInvokeError();
        var error = NativeConvert.TryToErrno(number, out var known) ? known : Errno.EIO;
        throw Errors.WriteFailed(path, new UnixIOException(error));
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fdatasync(int descriptor);
}
