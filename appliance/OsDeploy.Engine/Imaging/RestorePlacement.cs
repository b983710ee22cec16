using OsDeploy.Disks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>Matches an image with its target disks: refuses, claims them, and says where every region goes.</summary>
internal sealed class RestorePlacement(IImageStore store, VersionId version, Manifest manifest, RestoreOptions options, Action<string> warn)
{
    public async Task<List<RestoreTarget>> ClaimAsync(IReadOnlyList<string> disks, CancellationToken cancel)
    {
        if (disks.Distinct().Count() != disks.Count)
        {
            throw ImagingErrors.TargetNamedTwice(disks.GroupBy(disk => disk).First(group => group.Count() > 1).Key);
        }

        if (disks.Count != (options.Partitions is null ? manifest.Disks.Count : 1))
        {
            throw ImagingErrors.DiskCount(options.Image, manifest.Disks.Count, disks.Count);
        }

        var targets = new List<RestoreTarget>();
        try
        {
            foreach (var (path, record) in disks.Zip(manifest.Disks))
            {
                targets.Add(options.Partitions is { } numbers
                    ? await ClaimPartitionsAsync(path, record, numbers, cancel)
                    : await ClaimDiskAsync(path, record, cancel));
            }

            return targets;
        }
        catch
        {
            targets.ForEach(target => target.Dispose());
            throw;
        }
    }

    private async Task<RestoreTarget> ClaimDiskAsync(string path, DiskRecord image, CancellationToken cancel)
    {
        if (options.Kind == ImageKind.Manual && image.Table.Count == 0)
        {
            throw ImagingErrors.NoTableInImage(options.Image);
        }

        var record = PartitionWishes.Apply(image, options.Wishes, warn);
        var identity = await DiskInspector.IdentifyAsync(path, cancel);
        Refuse(identity, record);
        var layout = LayoutPlan.For(record, identity.Size, identity.SectorSize);
        var target = new RestoreTarget(await WhatItHoldsAsync(identity, cancel), DiskFile.OpenWrite(identity), record);
        try
        {
            target.Table = await PartitionTable.BuildAsync(record, layout, cancel);
            target.Placements = layout.Partitions;
            target.Kept = KeptIn(target, [.. PartitionWishes.Kept(image, record)]);
            if (record.Head is not null)
            {
                target.Regions.Add(new TargetRegion(target.Disk, 0, await IndexAsync(record.Head, cancel), null));
            }

            foreach (var placed in options.TableOnly ? [] : layout.Partitions)
            {
                await PlaceAsync(target, placed, cancel);
            }

            RequireReplaced(target);
            return target;
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    private async Task<RestoreTarget> ClaimPartitionsAsync(string path, DiskRecord record, IReadOnlySet<int> numbers, CancellationToken cancel)
    {
        var found = await DiskInspector.InspectAsync(path, cancel);
        if (TargetChecks.FindForAnyWrite(found.Disk, options.AllowRemovable) is [var refusal, ..])
        {
            throw refusal;
        }

        if (found.Disk.SectorSize != record.SectorSize)
        {
            throw DiskErrors.OtherSectorSize(found.Disk.SectorSize, record.SectorSize);
        }

        RequireWanted(record, numbers);
        var target = new RestoreTarget(found, DiskFile.OpenWrite(found.Disk), record);
        try
        {
            foreach (var number in numbers.Order())
            {
                await PlaceAsync(target, PlacedIn(found, record, number), cancel);
            }

            RequireReplaced(target);
            return target;
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    // Named one by one or not: what a host's plan keeps is not overwritten.
    private void RequireWanted(DiskRecord image, IReadOnlySet<int> numbers)
    {
        var wished = PartitionWishes.Apply(image, options.Wishes, warn);
        foreach (var partition in wished.Partitions.Zip(image.Partitions).Where(pair =>
            numbers.Contains(pair.First.Number) && pair.First.Region is null && pair.Second.Region is not null).Select(pair => pair.First))
        {
            throw ImagingErrors.NotForThisHost(partition.Number, partition.Content == PartitionContent.Leave ? "left as it is" : "formatted");
        }
    }

    // Bytes are worth keeping only where a table says that they are this partition; an unfinished restore has taken the table away and
    // remembers what it said.
    private static List<ByteRange> KeptIn(RestoreTarget target, List<PartitionRecord> kept)
    {
        if (kept.Count > DiskMark.MostKept)
        {
            throw ImagingErrors.TooManyKept(kept.Count, DiskMark.MostKept);
        }

        var remembered = DiskMark.Read(target.Disk, 0)?.Kept ?? [];
        var places = new List<ByteRange>();
        foreach (var placed in kept.Select(target.PlaceOf))
        {
            var place = new ByteRange(placed.Offset, placed.Length);
            var isThere = remembered.Contains(place) || target.Found.Partitions.Any(found => found.Offset == place.Start && found.Length == place.Length);
            places.Add(isThere ? place : throw ImagingErrors.WishNeedsSameLayout(target.Disk.Path, placed.Record.Number, place.Start, place.Length));
        }

        return places;
    }

    // With its table back, what was half done before would start.
    private static void RequireReplaced(RestoreTarget target)
    {
        if (target.Found.Aside is { } aside && target.Found.Partitions.FirstOrDefault(partition => partition.Number == aside.Partition) is { } half
            && !target.IsReplaced(half))
        {
            throw DiskErrors.Unfinished(target.Found.Disk.Path, aside);
        }
    }

    // A manual image holds one partition and goes into whichever the operator names; any other goes back to its number.
    private PlacedPartition PlacedIn(DiskLayout found, DiskRecord record, int number)
    {
        var source = record.Partitions.SingleOrDefault(partition =>
            partition.Region is not null && (options.Kind == ImageKind.Manual || partition.Number == number))
            ?? throw ImagingErrors.PartitionNotInImage(options.Image, number);
        var place = found.Partitions.FirstOrDefault(partition => partition.Number == number && !partition.IsContainer)
            ?? throw ImagingErrors.NoSuchPartition(found.Disk.Path, number);
        return place.Length >= source.Length
            ? new PlacedPartition(source, place.Offset, place.Length)
            : throw ImagingErrors.PartitionTooSmall(found.Disk.Path, number, place.Length, source.Length);
    }

    private async Task PlaceAsync(RestoreTarget target, PlacedPartition placed, CancellationToken cancel)
    {
        var record = placed.Record;
        switch (record.Content)
        {
            case PartitionContent.Image or PartitionContent.Raw:
                target.Regions.Add(new TargetRegion(target.Disk, placed.Offset, await IndexAsync(record.Region!, cancel), placed));
                break;
            case PartitionContent.Format:
            case PartitionContent.Swap when !await HoldsSwapAsync(target, placed, cancel):
                // What cannot be made is refused now, not after everything else was written.
                Refuse(FileSystems.WhyNotMade(record.FileSystem!, placed.Length, record.FileSystemLabel, target.Disk.SectorSize));
                target.ToMake.Add(placed);
                return;
            default:
                return;
        }

        if (placed.HasMoved)
        {
            target.ToPatch.Add(placed);
        }

        if (placed.HasGrown && record.Content == PartitionContent.Image && FileSystems.CanGrow(record.FileSystem))
        {
            Refuse(FileSystems.WhyNotGrown(record.FileSystem!));
            target.ToGrow.Add(placed);
        }
    }

    private static void Refuse(UserErrorException? refusal)
    {
        if (refusal is not null)
        {
            throw refusal;
        }
    }

    private static async Task<bool> HoldsSwapAsync(RestoreTarget target, PlacedPartition placed, CancellationToken cancel)
    {
        await using var device = await LoopDevice.AttachAsync(target.Found.Disk, placed.Offset, placed.Length, isReadOnly: true, cancel);
        return await FileSystems.IsSwapAsync(device, placed.Record.FileSystemUuid, placed.Record.FileSystemLabel, cancel);
    }

    private void Refuse(DiskIdentity identity, DiskRecord record)
    {
        // An image file or a loop device starts no computer, so this computer's firmware says nothing about it.
        var firmware = identity.IsBlockDevice && !identity.Path.StartsWith("/dev/loop", StringComparison.Ordinal)
            ? TargetChecks.ComputerFirmware()
            : manifest.Firmware;
        if (TargetChecks.Find(identity, record, manifest.Firmware, firmware, options.AllowRemovable, options.AllowOtherFirmware) is [var refusal, ..])
        {
            throw refusal;
        }
    }

    // What lies on the target is shown to the operator and decides nothing: a table nobody can read is no reason to refuse a disk.
    private static async Task<DiskLayout> WhatItHoldsAsync(DiskIdentity identity, CancellationToken cancel)
    {
        try
        {
            return await DiskInspector.InspectAsync(identity.Path, cancel);
        }
        catch (UserErrorException)
        {
            return new DiskLayout(identity, "none", null, [], 0, "bios", []);
        }
    }

    private Task<RegionIndex> IndexAsync(RegionRecord region, CancellationToken cancel) =>
        VersionReader.ReadIndexAsync(store, version, region, manifest.ChunkSize, cancel);
}
