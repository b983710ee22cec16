using OsDeploy.Disks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>The two ends of a restore of one disk: making it unfinished before the first write, and publishing it after the last.</summary>
/// <param name="personal">Null: nothing becomes the host's own.</param>
internal abstract class RestoreCommit(RestoreTarget target, RestorePersonal? personal)
{
    public RestoreTarget Target { get; } = target;

    protected RestorePersonal? Personal { get; } = personal;

    /// <summary>From here on the disk (or each changed partition) does not start and carries the mark.</summary>
    public abstract void Invalidate();

    /// <summary>Chunks of a region that are written and verified before the commit point.</summary>
    public virtual IReadOnlyList<RegionChunk> WrittenBeforeCommit(TargetRegion region) => region.Differing;

    public virtual IReadOnlyList<RegionChunk> VerifiedBeforeCommit(IReadOnlyList<RegionChunk> chosen) => chosen;

    /// <summary>Work on file systems that can be done while the disk does not start. May be cancelled between two of them.</summary>
    public abstract Task PrepareAsync(CancellationToken cancel);

    /// <summary>The commit point. Not cancelled: from here on it takes a moment.</summary>
    public abstract Task CommitAsync();

    /// <summary>Reads back what the commit point itself wrote.</summary>
    /// <returns>Bytes read back.</returns>
    public abstract Task<long> VerifyAsync(RegionVerify verify);

    protected async Task MakeAsync(CancellationToken cancel)
    {
        foreach (var placed in Target.ToMake)
        {
            var record = placed.Record;
            await using var device = await AttachAsync(placed, cancel);
            await FileSystems.MakeAsync(record.FileSystem!, device, record.FileSystemUuid, record.FileSystemLabel, cancel);
        }
    }

    /// <summary>What its place on this disk asks of a file system that came from elsewhere.</summary>
    protected async Task FitAsync(PlacedPartition placed, CancellationToken cancel)
    {
        if (Target.ToPatch.Contains(placed))
        {
            StartSectors.Patch(Target.Disk, placed);
        }

        if (Target.ToGrow.Contains(placed))
        {
            await using var device = await AttachAsync(placed, cancel);
            await FileSystems.GrowAsync(placed.Record.FileSystem!, device, cancel);
        }

        Target.Disk.Flush();
    }

    private Task<LoopDevice> AttachAsync(PlacedPartition placed, CancellationToken cancel) =>
        LoopDevice.AttachAsync(Target.Found.Disk, placed.Offset, placed.Length, isReadOnly: false, cancel);
}

/// <summary>Whole disk: the partition table is the commit point; its last sector (the MBR) is written alone, after all else is durable.</summary>
internal sealed class TableCommit(RestoreTarget target, RestorePersonal? personal, RestorePreview preview) : RestoreCommit(target, personal)
{
    public override void Invalidate()
    {
        // The mark alone comes first and is durable before anything else changes: a write may be torn by a power cut.
        DiskMark.Write(Target.Disk, 0, preview.Image, preview.Version, Target.Kept.Count > 0 ? Target.Kept : null);
        Target.Disk.Flush();
        foreach (var sectors in Target.Table.SkipLast(1))
        {
            Target.Disk.Write(sectors.Offset, new byte[sectors.Bytes.Length]);
        }

        // A backup GPT of the disk's earlier life, unless the last sector is some partition's.
        var last = Target.Disk.Size - Target.Disk.SectorSize;
        if (!Target.IsInPartition(last))
        {
            Target.Disk.Write(last, new byte[Target.Disk.SectorSize]);
        }

        Target.Disk.Flush();
    }

    public override async Task PrepareAsync(CancellationToken cancel)
    {
        await MakeAsync(cancel);
        foreach (var placed in Target.ToPatch.Union(Target.ToGrow))
        {
            await FitAsync(placed, cancel);
        }

        Target.Disk.Flush();
        if (Personal is not null)
        {
            await Personal.RunAsync(cancel);
            Target.Disk.Flush();
        }
    }

    public override Task CommitAsync()
    {
        foreach (var sectors in Target.Table.SkipLast(1))
        {
            Target.Disk.Write(sectors.Offset, sectors.Bytes);
        }

        Target.Disk.Flush();
        Target.Disk.Write(Target.Table[^1].Offset, Target.Table[^1].Bytes); // commit point
        Target.Disk.Flush();
        return Task.CompletedTask;
    }

    public override Task<long> VerifyAsync(RegionVerify verify)
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
