using Microsoft.Win32.SafeHandles;
using Mono.Unix;
using Mono.Unix.Native;

namespace OsDeploy.Chunks.Folder;

/// <summary>
/// Open files of packs, at most so many that a large store does not use up the process's descriptors. Safe for all threads;
/// a file that is closed here while a thread reads it stays open until that read is done.
/// </summary>
internal sealed class PackHandles : IDisposable
{
    private const int Limit = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<Pack, SafeFileHandle> _open = [];
    private readonly Queue<Pack> _closable = new();

    /// <summary>The pack's file, which stays open at least until the result is disposed.</summary>
    /// <exception cref="FileNotFoundException">The pack is gone.</exception>
    /// <exception cref="IOException">The disk cannot open it.</exception>
    public RentedFile Rent(Pack pack)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(pack, out var file))
            {
                file = Open(pack.Path);
                _open.Add(pack, file);
                _closable.Enqueue(pack);
                CloseOldest();
            }

            return new RentedFile(file);
        }
    }

    /// <summary>Takes over the file of a pack that is being written; it stays open until <see cref="MayClose"/>.</summary>
    public void Keep(Pack pack, SafeFileHandle file)
    {
        lock (_gate)
        {
            _open.Add(pack, file);
        }
    }

    public void MayClose(Pack pack)
    {
        lock (_gate)
        {
            _closable.Enqueue(pack);
        }
    }

    public void Close(Pack pack)
    {
        lock (_gate)
        {
            if (_open.Remove(pack, out var file))
            {
                file.Dispose();
            }
        }
    }

    public void CloseAll()
    {
        lock (_gate)
        {
            foreach (var file in _open.Values)
            {
                file.Dispose();
            }

            _open.Clear();
            _closable.Clear();
        }
    }

    public void Dispose() => CloseAll();

    private void CloseOldest()
    {
        while (_closable.Count > Limit)
        {
            if (_open.Remove(_closable.Dequeue(), out var file))
            {
                file.Dispose();
            }
        }
    }

    // Not File.OpenHandle: it takes a lock, and a pack just sealed is still locked by its writer.
    private static SafeFileHandle Open(string path)
    {
        var descriptor = Syscall.open(path, OpenFlags.O_RDONLY | OpenFlags.O_CLOEXEC);
        if (descriptor < 0)
        {
            var error = Stdlib.GetLastError();
            throw error == Errno.ENOENT ? new FileNotFoundException("A pack is gone.", path) : new UnixIOException(error);
        }

        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    internal readonly struct RentedFile : IDisposable
    {
        public RentedFile(SafeFileHandle file)
        {
            var added = false;
            file.DangerousAddRef(ref added);
            File = file;
        }

        public SafeFileHandle File { get; }

        public void Dispose() => File.DangerousRelease();
    }
}
