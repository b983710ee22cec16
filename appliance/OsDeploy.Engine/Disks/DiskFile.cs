using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Mono.Unix;
using Mono.Unix.Native;
using OsDeploy.Storage;

namespace OsDeploy.Disks;

/// <summary>
/// A block device or image file opened for reading, or exclusively for writing. Reads that are aligned to
/// <see cref="DirectAlignment"/> (offset, length and memory) go past the page cache where the file system can: a disk is read
/// once, so caching it costs a copy and other programs' memory, and what is read back after a flush comes from the medium. Writes
/// to a device go past it too (two thirds of a restore's processor time were spent in it); an image file's holes are filled
/// better through it.
/// </summary>
public sealed partial class DiskFile : IDisk
{
    private const int DontNeed = 4; // POSIX_FADV_DONTNEED
    private const long PageSize = 4096;

    /// <summary>Serves every sector size in use (512 to 4096 bytes).</summary>
    public const int DirectAlignment = 4096;

    private readonly SafeFileHandle _handle;
    private readonly SafeFileHandle? _direct;
    private readonly bool _writesDirect;

    private DiskFile(DiskIdentity disk, SafeFileHandle handle, bool writesDirect)
    {
        (Path, Size, SectorSize, _handle) = (disk.Path, disk.Size, disk.SectorSize, handle);
        _direct = TryOpenDirect(disk.Path, writesDirect);
        _writesDirect = writesDirect && _direct is not null;
    }

    public string Path { get; }

    public long Size { get; }

    public int SectorSize { get; }

    /// <summary>Opens for looking only: keeps nobody out.</summary>
    public static DiskFile OpenRead(DiskIdentity disk) => new(disk, Open(disk.Path, OpenFlags.O_RDONLY), writesDirect: false);

    /// <summary>
    /// Opens for reading and keeps writers out: the kernel lets nobody mount or claim a block device meanwhile; an image file is
    /// locked against a restore onto it, but several may capture it. Loop devices over either stay possible.
    /// </summary>
    /// <exception cref="UserErrorException"><c>disk-in-use</c>, <c>disk-not-opened</c></exception>
    public static DiskFile OpenForCapture(DiskIdentity disk)
    {
        var handle = disk.IsBlockDevice
            ? Open(disk.Path, OpenFlags.O_RDONLY | OpenFlags.O_EXCL)
            : OpenImage(disk.Path, FileAccess.Read, FileShare.Read);
        return new(disk, handle, writesDirect: false);
    }

    /// <summary>
    /// Opens for writing and keeps everyone else out: the kernel refuses a block device that is mounted or held, whatever
    /// namespace it is mounted in; an image file is locked against a second osdeploy.
    /// </summary>
    /// <exception cref="UserErrorException"><c>disk-in-use</c>, <c>disk-read-only</c>, <c>disk-not-opened</c></exception>
    public static DiskFile OpenWrite(DiskIdentity disk)
    {
        if (disk.IsReadOnly)
        {
            throw DiskErrors.IsReadOnly(disk);
        }

        var handle = disk.IsBlockDevice
            ? Open(disk.Path, OpenFlags.O_RDWR | OpenFlags.O_EXCL)
            : OpenImage(disk.Path, FileAccess.ReadWrite, FileShare.None);
        return new(disk, handle, writesDirect: disk.IsBlockDevice);
    }

    public void Read(long offset, Span<byte> buffer)
    {
        RequireInside(offset, buffer.Length);
        var handle = _direct is not null && IsAligned(offset, buffer) ? _direct : _handle;
        while (!buffer.IsEmpty)
        {
            var read = RandomAccess.Read(handle, buffer, offset);
            if (read == 0)
            {
                throw new EndOfStreamException($"{Path} ends at byte {offset}, before its size says.");
            }

            offset += read;
            buffer = buffer[read..];
        }
    }

    public void Write(long offset, ReadOnlySpan<byte> content)
    {
        RequireInside(offset, content.Length);
        RandomAccess.Write(_writesDirect && IsAligned(offset, content) ? _direct! : _handle, content, offset);
    }

    public void Flush() => DurableFile.Sync(_handle, Path);

    public void DropCache(long offset, long length)
    {
        // The kernel keeps a page that is only partly named, so name whole pages.
        var start = offset / PageSize * PageSize;
        var end = (offset + length + PageSize - 1) / PageSize * PageSize;
        _ = posix_fadvise(_handle, start, end - start, DontNeed);
    }

    public void Dispose()
    {
        _direct?.Dispose();
        _handle.Dispose();
    }

    // A short read leaves the rest unaligned: the loop then fails with EINVAL instead of reading wrong bytes; it does not happen
    // inside a disk whose size is known.
    private static unsafe bool IsAligned(long offset, ReadOnlySpan<byte> buffer)
    {
        fixed (byte* memory = buffer)
        {
            return ((offset | (long)buffer.Length | (nint)memory) & (DirectAlignment - 1)) == 0;
        }
    }

    private static unsafe SafeFileHandle? TryOpenDirect(string path, bool isForWriting)
    {
        var descriptor = Syscall.open(path, (isForWriting ? OpenFlags.O_RDWR : OpenFlags.O_RDONLY) | OpenFlags.O_DIRECT | OpenFlags.O_CLOEXEC);
        if (descriptor < 0)
        {
            return null; // tmpfs and some network file systems
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        var probe = NativeMemory.AlignedAlloc(DirectAlignment, DirectAlignment);
        try
        {
            _ = RandomAccess.Read(handle, new Span<byte>(probe, DirectAlignment), 0);
            return handle;
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            handle.Dispose();
            return null;
        }
        finally
        {
            NativeMemory.AlignedFree(probe);
        }
    }

    private void RequireInside(long offset, int length)
    {
        if (offset < 0 || offset > Size - length)
        {
            throw new EndOfStreamException($"Bytes {offset} to {offset + length} are not inside {Path} ({Size} bytes).");
        }
    }

    private static SafeFileHandle Open(string path, OpenFlags flags)
    {
        var descriptor = Syscall.open(path, flags | OpenFlags.O_CLOEXEC);
        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        var error = Stdlib.GetLastError();
        throw error == Errno.EBUSY
            ? DiskErrors.InUse(path, "it is mounted, or another program holds it")
            : DiskErrors.NotOpened(path, new UnixIOException(error));
    }

    // .NET turns the sharing into a lock (flock) that every osdeploy asks for in this way.
    private static SafeFileHandle OpenImage(string path, FileAccess access, FileShare share)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, access, share);
        }
        catch (IOException e) when (e is not FileNotFoundException and not DirectoryNotFoundException)
        {
            throw DiskErrors.InUse(path, "another program holds it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskErrors.NotOpened(path, e as IOException ?? new IOException(e.Message, e));
        }
    }

    [LibraryImport("libc")]
    private static partial int posix_fadvise(SafeFileHandle descriptor, long offset, long length, int advice);
}
