using OsDeploy.Disks;

namespace OsDeploy.Tests.Imaging;

/// <summary>
/// A disk that remembers which writes were flushed: <see cref="PowerCut"/> gives one of the states a real disk can be in after losing power,
/// where any unflushed write may be missing, whole, or torn at a sector.
/// </summary>
internal sealed class MemoryDisk(int length, int sectorSize = 512) : IDisk
{
    private readonly Lock _gate = new();
    private readonly byte[] _flushed = new byte[length];
    private readonly List<(long Offset, byte[] Content)> _unflushed = [];

    public byte[] Content { get; } = new byte[length];

    public string Path => "memory";

    public long Size => Content.Length;

    public int SectorSize => sectorSize;

    public int Writes { get; private set; }

    /// <summary>The write that fails and takes the power with it; null: none.</summary>
    public int? PowerFailsAtWrite { get; init; }

    /// <summary>Byte offsets whose sector cannot be read until it is written, as on a disk with spare sectors.</summary>
    public HashSet<long> BadOffsets { get; } = [];

    public void Fill(ReadOnlySpan<byte> content)
    {
        content.CopyTo(Content);
        Content.CopyTo(_flushed.AsSpan());
    }

    public void Read(long offset, Span<byte> buffer)
    {
        var end = offset + buffer.Length;
        lock (_gate)
        {
            if (offset < 0 || end > Size || BadOffsets.Any(bad => bad >= offset && bad < end))
            {
                throw new IOException("cannot read");
            }

            Content.AsSpan((int)offset, buffer.Length).CopyTo(buffer);
        }
    }

    public void Write(long offset, ReadOnlySpan<byte> content)
    {
        lock (_gate)
        {
            if (Writes >= PowerFailsAtWrite)
            {
                throw new IOException("power failed");
            }

            Writes++;
            var end = offset + content.Length;
            BadOffsets.RemoveWhere(bad => bad >= offset && bad < end);
            content.CopyTo(Content.AsSpan((int)offset));
            _unflushed.Add((offset, content.ToArray()));
        }
    }

    public void Flush()
    {
        lock (_gate)
        {
            if (Writes >= PowerFailsAtWrite)
            {
                throw new IOException("power failed");
            }

            Content.CopyTo(_flushed.AsSpan());
            _unflushed.Clear();
        }
    }

    public void DropCache(long offset, long length)
    {
        // There is no cache in front of this memory.
    }

    /// <summary>What the medium may hold after the power failed.</summary>
    public byte[] PowerCut(Random random)
    {
        var medium = (byte[])_flushed.Clone();
        foreach (var (offset, content) in _unflushed.Where(_ => random.Next(2) == 0))
        {
            var sectors = random.Next(content.Length / sectorSize + 1);
            content.AsSpan(0, Math.Min(content.Length, sectors * sectorSize)).CopyTo(medium.AsSpan((int)offset));
        }

        return medium;
    }

    public void Dispose()
    {
        // Memory only.
    }
}
