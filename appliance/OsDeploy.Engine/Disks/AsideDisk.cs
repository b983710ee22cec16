namespace OsDeploy.Disks;

/// <summary>A disk whose table is set aside, read as it is when the table is in its place.</summary>
internal sealed class AsideDisk(IDisk disk) : IDisk
{
    public string Path => disk.Path;

    public long Size => disk.Size;

    public int SectorSize => disk.SectorSize;

    public void Read(long offset, Span<byte> buffer)
    {
        disk.Read(offset, buffer);
        if (offset == 0 && buffer.Length >= SectorSize && TableAside.Read(buffer) is not null)
        {
            TableAside.PutBack(buffer);
        }
    }

    public void Write(long offset, ReadOnlySpan<byte> content) => throw new NotSupportedException("Only looked at.");

    public void Flush() => disk.Flush();

    public void DropCache(long offset, long length) => disk.DropCache(offset, length);

    public void Dispose() => disk.Dispose();
}
