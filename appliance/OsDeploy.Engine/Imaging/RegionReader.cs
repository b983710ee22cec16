using OsDeploy.Disks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>
/// Reads a region as its chunks are hashed: used bytes as they are on the disk, all others zero, so that free space never
/// makes two equal file systems differ.
/// </summary>
/// <param name="offset">Where the region begins on the disk, in bytes.</param>
internal sealed class RegionReader(IDisk disk, long offset, RangeSet used)
{
    // One read over a small gap costs less than two reads around it.
    private const int MaxGap = 64 << 10;

    private readonly Lock _badGate = new();
    private readonly List<ByteRange> _bad = [];

    /// <summary>True: unreadable sectors count as zero and are listed in <see cref="BadSectors"/>.</summary>
    public bool AllowBadSectors { get; init; }

    /// <summary>Unreadable byte ranges of the region met so far.</summary>
    public RangeSet BadSectors
    {
        get
        {
            lock (_badGate)
            {
                return RangeSet.Of(_bad);
            }
        }
    }

    /// <summary>Whether bytes of this stretch could not be read.</summary>
    public bool IsBad(ByteRange range)
    {
        lock (_badGate)
        {
            return _bad.Exists(bad => bad.Start < range.End && range.Start < bad.End);
        }
    }

    /// <param name="start">First byte of the region to read.</param>
    /// <param name="buffer">Filled whole; bytes behind the region's end are zero because they are in no used run.</param>
    /// <exception cref="UserErrorException"><c>sector-unreadable</c></exception>
    public void Read(long start, Span<byte> buffer)
    {
        var position = start;
        ByteRange? pending = null;
        foreach (var run in used.Within(new ByteRange(start, buffer.Length)))
        {
            if (pending is { } before && run.Start - before.End <= MaxGap)
            {
                pending = ByteRange.Between(before.Start, run.End);
                continue;
            }

            position = ReadRuns(start, position, pending, buffer);
            pending = run;
        }

        position = ReadRuns(start, position, pending, buffer);
        buffer[(int)(position - start)..].Clear();
    }

    // Reads one stretch of runs and clears what lies between the position and it and in its gaps.
    private long ReadRuns(long start, long position, ByteRange? stretch, Span<byte> buffer)
    {
        if (stretch is not { } range)
        {
            return position;
        }

        var wide = Widened(range, position, start + buffer.Length);
        var target = buffer.Slice((int)(wide.Start - start), (int)wide.Length);
        try
        {
            disk.Read(offset + wide.Start, target);
        }
        catch (IOException)
        {
            ReadSectorBySector(wide, target);
        }

        buffer[(int)(position - start)..(int)(wide.Start - start)].Clear();
        foreach (var gap in used.Gaps(wide).Runs)
        {
            target.Slice((int)(gap.Start - wide.Start), (int)gap.Length).Clear();
        }

        return wide.End;
    }

    // Whole pages, where there is room for them, so that the disk can be read past the page cache.
    private ByteRange Widened(ByteRange range, long first, long end)
    {
        const long page = DiskFile.DirectAlignment;
        var (start, stop) = (range.Start / page * page, (range.End + page - 1) / page * page);
        return ByteRange.Between(
            start >= first ? start : range.Start,
            stop <= Math.Min(end, disk.Size - offset) ? stop : range.End);
    }

    private void ReadSectorBySector(ByteRange range, Span<byte> target)
    {
        target.Clear();
        foreach (var run in used.Within(range))
        {
            for (var position = run.Start; position < run.End;)
            {
                var sectorEnd = ((offset + position) / disk.SectorSize + 1) * disk.SectorSize - offset;
                var sector = ByteRange.Between(position, Math.Min(sectorEnd, run.End));
                ReadSector(sector, target.Slice((int)(sector.Start - range.Start), (int)sector.Length));
                position = sector.End;
            }
        }
    }

    private void ReadSector(ByteRange sector, Span<byte> target)
    {
        try
        {
            disk.Read(offset + sector.Start, target);
        }
        catch (IOException e)
        {
            if (!AllowBadSectors)
            {
                throw ImagingErrors.SectorUnreadable(disk.Path, (offset + sector.Start) / disk.SectorSize, e);
            }

            target.Clear();
            lock (_badGate)
            {
                _bad.Add(sector);
            }
        }
    }
}
