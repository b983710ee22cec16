using OsDeploy.Disks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>The two ends of a restore of one disk: making it unfinished before the first write, and publishing it after the last.</summary>
internal abstract class RestoreCommit(RestoreTarget target)
{
    public RestoreTarget Target { get; } = target;

    /// <summary>From here on the disk (or the partition) does not start and carries the mark.</summary>
    public abstract void Invalidate();

    /// <summary>Chunks of a region that are written and verified before the commit point.</summary>
    public virtual IReadOnlyList<RegionChunk> WrittenBeforeCommit(TargetRegion region) => region.Differing;

    public virtual IReadOnlyList<RegionChunk> VerifiedBeforeCommit(IReadOnlyList<RegionChunk> chosen) => chosen;

    /// <summary>File systems and the commit point. Not cancelled half-way through a tool's work on a file system.</summary>
    public abstract Task FinishAsync(CancellationToken cancel);

    /// <summary>Reads back what the commit point itself wrote.</summary>
    /// <returns>Bytes read back.</returns>
    public abstract Task<long> VerifyAsync(RegionVerify verify, CancellationToken cancel);

    protected async Task FinishFileSystemsAsync(CancellationToken cancel)
    {
        foreach (var placed in Target.ToPatch)
        {
            StartSectors.Patch(Target.Disk, placed);
        }

        foreach (var placed in Target.ToMake)
        {
            var record = placed.Record;
            await using var device = await LoopDevice.AttachAsync(Target.Found.Disk, placed.Offset, placed.Length, isReadOnly: false, cancel);
            await FileSystems.MakeAsync(record.FileSystem!, device, record.FileSystemUuid, record.FileSystemLabel, cancel);
        }

        foreach (var placed in Target.ToGrow)
        {
            await using var device = await LoopDevice.AttachAsync(Target.Found.Disk, placed.Offset, placed.Length, isReadOnly: false, cancel);
            await FileSystems.GrowAsync(placed.Record.FileSystem!, device, cancel);
        }

        Target.Disk.Flush();
    }
}

/// <summary>Whole disk: the partition table is the commit point; its last sector (the MBR) is written alone, after all else is durable.</summary>
internal sealed class TableCommit(RestoreTarget target, RestorePreview preview) : RestoreCommit(target)
{
    public override void Invalidate()
    {
        // The mark alone comes first and is durable before anything else changes: a write may be torn by a power cut.
        DiskMark.Write(Target.Disk, 0, preview.Image, preview.Version);
        Target.Disk.Flush();
        foreach (var sectors in Target.Table.SkipLast(1))
        {
            Target.Disk.Write(sectors.Offset, new byte[sectors.Bytes.Length]);
        }

        // A backup GPT of the disk's earlier life, unless restored content lies there.
        var last = Target.Disk.Size - Target.Disk.SectorSize;
        if (Target.Regions.TrueForAll(region => region.Offset + region.Index.Length <= last))
        {
            Target.Disk.Write(last, new byte[Target.Disk.SectorSize]);
        }

        Target.Disk.Flush();
    }

    public override async Task FinishAsync(CancellationToken cancel)
    {
        await FinishFileSystemsAsync(cancel);
        cancel.ThrowIfCancellationRequested();
        foreach (var sectors in Target.Table.SkipLast(1))
        {
            Target.Disk.Write(sectors.Offset, sectors.Bytes);
        }

        Target.Disk.Flush();
        Target.Disk.Write(Target.Table[^1].Offset, Target.Table[^1].Bytes); // commit point
        Target.Disk.Flush();
    }

    public override Task<long> VerifyAsync(RegionVerify verify, CancellationToken cancel)
    {
        foreach (var sectors in Target.Table)
        {
            var present = new byte[sectors.Bytes.Length];
            Target.Disk.DropCache(sectors.Offset, present.Length);
            Target.Disk.Read(sectors.Offset, present);
            if (!present.AsSpan().SequenceEqual(sectors.Bytes))
            {
                throw ImagingErrors.VerifyFailed(Target.Disk.Path, sectors.Offset);
            }
        }

        return Task.FromResult(Target.Table.Sum(sectors => (long)sectors.Bytes.Length));
    }
}

/// <summary>
/// Partitions into the table the disk has: a partition's first chunk is its commit point. Until then its first sector carries the
/// mark, and the other partitions start as before. A partition larger than the image grows after it.
/// </summary>
internal sealed class PartitionCommit(RestoreTarget target, RegionWriter writer, RestorePreview preview) : RestoreCommit(target)
{
    private IEnumerable<TargetRegion> Changed => Target.Regions.Where(region => region.Differing.Count > 0);

    public override void Invalidate()
    {
        foreach (var region in Changed)
        {
            DiskMark.Write(Target.Disk, region.Offset, preview.Image, preview.Version);
        }

        Target.Disk.Flush();
        foreach (var region in Changed)
        {
            var rest = new byte[FirstChunk(region).Length - Target.Disk.SectorSize];
            Target.Disk.Write(region.Offset + Target.Disk.SectorSize, rest);
        }

        Target.Disk.Flush();
    }

    public override IReadOnlyList<RegionChunk> WrittenBeforeCommit(TargetRegion region) =>
        [.. region.Differing.Where(chunk => chunk.Number != 0)];

    public override IReadOnlyList<RegionChunk> VerifiedBeforeCommit(IReadOnlyList<RegionChunk> chosen) =>
        [.. chosen.Where(chunk => chunk.Number != 0)];

    public override async Task FinishAsync(CancellationToken cancel)
    {
        foreach (var region in Changed)
        {
            await writer.WriteFirstChunkAsync(region, cancel); // commit point
        }

        await FinishFileSystemsAsync(cancel);
    }

    public override Task<long> VerifyAsync(RegionVerify verify, CancellationToken cancel)
    {
        // The first chunk was proven before it was written; growing and start sectors have changed it since where they apply.
        var unchanged = Changed.Where(region => !Target.ToGrow.Contains(region.Placed!) && !Target.ToPatch.Contains(region.Placed!));
        return SumAsync(unchanged, region => verify.RunAsync(region, [.. region.Index.ChunkList.Take(1)], new Meter(), cancel));
    }

    private static async Task<long> SumAsync(IEnumerable<TargetRegion> regions, Func<TargetRegion, Task<long>> work)
    {
        var sum = 0L;
        foreach (var region in regions)
        {
            sum += await work(region);
        }

        return sum;
    }

    private static ByteRange FirstChunk(TargetRegion region) => region.Index.RangeOf(0);
}
