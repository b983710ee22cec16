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
        if (Personal is not null)
        {
            await Personal.RunAsync(cancel);
            Target.Disk.Flush();
        }
    }
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

    public override Task PrepareAsync(CancellationToken cancel) => FinishFileSystemsAsync(cancel);

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

/// <summary>
/// Partitions into the table the disk has: a partition's first sector is its commit point. Until then it carries the mark, and
/// the other partitions start as before. Fields that depend on the place, and growth, need a whole file system: they come
/// after it, and the mark comes back if they fail.
/// </summary>
internal sealed class PartitionCommit(RestoreTarget target, RestorePersonal? personal, RegionWriter writer, RestorePreview preview) : RestoreCommit(target, personal)
{
    private IEnumerable<TargetRegion> Changed => Target.Regions.Where(region => region.Differing.Count > 0 || IsPersonal(region));

    public override void Invalidate()
    {
        Mark();
        foreach (var region in Changed)
        {
            var rest = new byte[region.Index.RangeOf(0).Length - Target.Disk.SectorSize];
            Target.Disk.Write(region.Offset + Target.Disk.SectorSize, rest);
        }

        Target.Disk.Flush();
    }

    public override IReadOnlyList<RegionChunk> WrittenBeforeCommit(TargetRegion region) =>
        [.. region.Differing.Where(chunk => chunk.Number != 0)];

    public override IReadOnlyList<RegionChunk> VerifiedBeforeCommit(IReadOnlyList<RegionChunk> chosen) =>
        [.. chosen.Where(chunk => chunk.Number != 0)];

    // What follows the first chunk must not wait for a network: a power cut then would leave a system that starts as the master.
    public override Task PrepareAsync(CancellationToken cancel) => Personal?.TakeSecretsAsync(cancel) ?? Task.CompletedTask;

    public override async Task CommitAsync()
    {
        foreach (var region in Changed)
        {
            await writer.WriteFirstChunkAsync(region, CancellationToken.None); // commit point
        }

        try
        {
            await FinishFileSystemsAsync(CancellationToken.None);
        }
        catch
        {
            Invalidate(); // the head of its file system too, which some loaders look for behind the mark
            throw;
        }
    }

    public override async Task<long> VerifyAsync(RegionVerify verify)
    {
        // Growing, start sectors and the host's own files have changed the first chunk since, where they apply; it was proven before it was written.
        var verified = 0L;
        foreach (var region in Changed.Where(region => !Target.ToGrow.Contains(region.Placed!) && !Target.ToPatch.Contains(region.Placed!) && !IsPersonal(region)))
        {
            verified += await verify.RunAsync(region, [.. region.Index.ChunkList.Take(1)], new Meter(), CancellationToken.None);
        }

        return verified;
    }

    private bool IsPersonal(TargetRegion region) => Personal?.Concerns(region.Placed!.Record.Number) == true;

    private void Mark()
    {
        foreach (var region in Changed)
        {
            DiskMark.Write(Target.Disk, region.Offset, preview.Image, preview.Version);
        }

        Target.Disk.Flush();
    }
}
