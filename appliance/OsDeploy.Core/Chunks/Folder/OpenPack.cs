using Microsoft.Win32.SafeHandles;
using OsDeploy.Storage;

namespace OsDeploy.Chunks.Folder;

/// <summary>
/// A pack that is being written. Its file is locked as long as its writer lives (FileShare.None is flock on Linux), so that
/// another process can tell a running capture from a dead one. Appending is for one thread at a time.
/// </summary>
/// <exception cref="UserErrorException"><c>disk-full</c>, <c>disk-write-failed</c></exception>
internal sealed class OpenPack(string path)
{
    private readonly Lock _sealing = new();
    private readonly List<PackEntry> _entries = [];
    private bool _isSealed;

    public Pack Pack { get; } = new(path);

    /// <summary>Serves reads too; whoever caches it closes it.</summary>
    public SafeFileHandle File { get; } = Create(path);

    public int Length { get; private set; } = PackFormat.HeaderLength;

    /// <summary>An fsync failed: nobody knows which of its bytes the disk has, so it has been deleted.</summary>
    public bool IsLost { get; private set; }

    /// <exception cref="UserErrorException"><c>disk-full</c>, <c>disk-write-failed</c>; the pack is as it was before.</exception>
    public PackEntry Append(ChunkId id, ReadOnlyMemory<byte> frame)
    {
        try
        {
            RandomAccess.Write(File, [PackFormat.RecordHeader(id, frame.Length), frame], Length);
        }
        catch (IOException e)
        {
            throw Errors.WriteFailed(Pack.Path, e);
        }

        var entry = new PackEntry(id, Length + PackFormat.RecordHeaderLength, frame.Length);
        _entries.Add(entry);
        Length = entry.End;
        return entry;
    }

    /// <summary>Commit point of the pack's chunks. Idempotent; may be tried again after <c>disk-full</c> unless the pack is lost.</summary>
    /// <param name="folder">Folder of sealed packs.</param>
    public void Seal(string folder)
    {
        lock (_sealing)
        {
            if (_isSealed)
            {
                return;
            }

            WriteTail(File, Pack.Path, _entries, Length);
            try
            {
                Publish(File, Pack, folder);
            }
            catch (UserErrorException)
            {
                IsLost = true;
                throw;
            }

            _isSealed = true;
        }
    }

    /// <summary>Cuts what lies behind the records and appends index and trailer. Nothing is durable yet.</summary>
    public static void WriteTail(SafeFileHandle file, string path, IReadOnlyList<PackEntry> entries, int recordsEnd)
    {
        try
        {
            RandomAccess.SetLength(file, recordsEnd);
            RandomAccess.Write(file, PackFormat.Tail(entries, recordsEnd), recordsEnd);
        }
        catch (IOException e)
        {
            throw Errors.WriteFailed(path, e);
        }
    }

    /// <summary>Makes a finished pack durable, then gives it its final name.</summary>
    public static void Publish(SafeFileHandle file, Pack pack, string folder)
    {
        var final = Path.Combine(folder, Path.GetFileName(pack.Path));
        try
        {
            DurableFile.Sync(file, pack.Path);
            DurableFile.Publish(pack.Path, final);
            pack.Path = final;
        }
        catch (UserErrorException)
        {
            // The kernel may have dropped the pages and called them clean: salvaging this file later would trust them.
            System.IO.File.Delete(pack.Path);
            System.IO.File.Delete(final);
            throw;
        }
    }

    private static SafeFileHandle Create(string path)
    {
        SafeFileHandle? file = null;
        try
        {
            file = System.IO.File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            RandomAccess.Write(file, PackFormat.Header, 0);
            return file;
        }
        catch (IOException e)
        {
            file?.Dispose();
            throw Errors.WriteFailed(path, e);
        }
    }
}
