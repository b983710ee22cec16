using OsDeploy.Disks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>
/// Partitions into the table the disk has, each for itself: its first sector is its commit point, and until then it carries the mark while
/// the others start as before. Fields that depend on the place, growth and what becomes the host's own need a whole file system and come
/// after it: meanwhile the disk's table is set aside, and putting it back is the commit point.
/// </summary>
internal sealed class PartitionCommit(RestoreTarget target, RestorePersonal? personal, RegionWriter writer, RestorePreview preview) : RestoreCommit(target, personal)
{
    private List<TargetRegion> Changed => [.. Target.Regions.Where(region => region.Differing.Count > 0 || IsWorkedOn(region))];

    public override void Invalidate()
    {
        foreach (var region in Changed.Where(IsSetAside))
        {
            TableAside.Require(Target.Disk, NumberOf(region));
        }

        Invalidate(Changed);
    }

    public override IReadOnlyList<RegionChunk> WrittenBeforeCommit(TargetRegion region) =>
        [.. region.Differing.Where(chunk => chunk.Number != 0)];

    public override IReadOnlyList<RegionChunk> VerifiedBeforeCommit(IReadOnlyList<RegionChunk> chosen) =>
        [.. chosen.Where(chunk => chunk.Number != 0)];

    // What follows must not wait for a network: the disk does not start meanwhile.
    public override Task PrepareAsync(CancellationToken cancel) => Personal?.TakeSecretsAsync(cancel) ?? Task.CompletedTask;

    public override async Task CommitAsync()
    {
        await MakeAsync(CancellationToken.None);
        foreach (var region in Changed)
        {
            await (IsWorkedOn(region) ? WorkOnAsync(region) : writer.WriteFirstChunkAsync(region, CancellationToken.None)); // commit point of this partition
        }
    }

    public override async Task<long> VerifyAsync(RegionVerify verify)
    {
        // Growing, start sectors and the host's own files have changed the first chunk since, where they apply; it was proven before it was written.
        var verified = 0L;
        foreach (var region in Changed.Where(region => !IsWorkedOn(region)))
        {
            verified += await verify.RunAsync(region, [.. region.Index.ChunkList.Take(1)], new Meter(), CancellationToken.None);
        }

        return verified;
    }

    private async Task WorkOnAsync(TargetRegion region)
    {
        try
        {
            if (IsSetAside(region))
            {
                TableAside.Put(Target.Disk, new SetAside(AsideWork.Restore, NumberOf(region)));
            }

            await writer.WriteFirstChunkAsync(region, CancellationToken.None);
            await FitAsync(region.Placed!, CancellationToken.None);
            if (IsPersonal(region))
            {
                await Personal!.RunAsync(region.Placed!.Record.Number, CancellationToken.None);
                Target.Disk.Flush();
            }

            TableAside.PutBack(Target.Disk); // commit point
        }
        catch
        {
            Invalidate([region]);
            throw;
        }
    }

    // The head of its file system too, which some loaders look for behind the mark. The table comes back last, also one that a power cut left aside.
    private void Invalidate(List<TargetRegion> regions)
    {
        foreach (var region in regions)
        {
            DiskMark.Write(Target.Disk, region.Offset, preview.Image, preview.Version);
        }

        Target.Disk.Flush();
        foreach (var region in regions)
        {
            var rest = new byte[region.Index.RangeOf(0).Length - Target.Disk.SectorSize];
            Target.Disk.Write(region.Offset + Target.Disk.SectorSize, rest);
        }

        Target.Disk.Flush();
        TableAside.PutBack(Target.Disk);
    }

    // On this disk: a manual image goes into a partition with a number of its own.
    private int NumberOf(TargetRegion region) => Target.Found.Partitions.First(partition => !partition.IsContainer && partition.Offset == region.Offset).Number;

    // A file system without a table has its own first sector there.
    private bool IsSetAside(TargetRegion region) => IsWorkedOn(region) && region.Offset > 0;

    private bool IsWorkedOn(TargetRegion region) => Target.ToGrow.Contains(region.Placed!) || Target.ToPatch.Contains(region.Placed!) || IsPersonal(region);

    private bool IsPersonal(TargetRegion region) => Personal?.Concerns(region.Placed!.Record.Number) == true;
}
