namespace OsDeploy.Disks;

/// <summary>
/// A block device or a raw image file, by byte position. Safe for several threads at once. The only interface through which
/// osdeploy writes a disk.
/// </summary>
public interface IDisk : IDisposable
{
    string Path { get; }

    /// <summary>Bytes.</summary>
    long Size { get; }

    /// <summary>Logical sector size in bytes; 512 for an image file.</summary>
    int SectorSize { get; }

    /// <summary>Fills the whole buffer.</summary>
    /// <exception cref="IOException">A sector cannot be read, or the range lies behind the end.</exception>
    void Read(long offset, Span<byte> buffer);

    /// <exception cref="IOException">The disk refused, or the range lies behind the end.</exception>
    void Write(long offset, ReadOnlySpan<byte> content);

    /// <summary>Everything written so far is on the medium when this returns.</summary>
    /// <exception cref="UserErrorException"><c>disk-write-failed</c>: final, the disk cannot be trusted.</exception>
    void Flush();

    /// <summary>Forgets cached content of a flushed range, so that the next read comes from the medium.</summary>
    void DropCache(long offset, long length);
}
