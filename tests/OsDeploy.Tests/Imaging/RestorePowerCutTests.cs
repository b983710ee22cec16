using OsDeploy.Disks;
using OsDeploy.Images;
using OsDeploy.Imaging;
using Xunit;

namespace OsDeploy.Tests.Imaging;

/// <summary>
/// The power fails at every write of a restore in turn. Whatever the medium then holds, it must be the disk as it was, a disk that does
/// not start, or the restored disk; and the next restore must finish it.
/// </summary>
public sealed class RestorePowerCutTests
{
    private const int ChunkSize = 4096;
    private const int DiskLength = 256 << 10;
    private const int PartitionOffset = 8192;
    private const int PartitionLength = (25 * ChunkSize) + 512;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_disk_never_looks_bootable_unless_it_is_whole(bool isPartitionOnly) => Seeded.CasesAsync(40, async random =>
    {
        var image = await ImagedAsync(random, isPartitionOnly);
        var old = RandomBootable(random, image);
        for (var cut = 0; ; cut++)
        {
            using var disk = new MemoryDisk(DiskLength) { PowerFailsAtWrite = cut };
            disk.Fill(old);
            if (await RunsToTheEndAsync(image, disk))
            {
                AssertRestored(image, disk.Content);
                Assert.True(cut > 4, "the restore wrote too little to be cut short anywhere");
                return;
            }

            var medium = disk.PowerCut(random);
            AssertSafe(image, old, medium);
            await AssertFinishesAsync(image, medium);
        }
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_disk_that_holds_the_image_already_is_not_written(bool isPartitionOnly)
    {
        var image = await ImagedAsync(new Random(Seeded.Seed), isPartitionOnly);
        using var disk = new MemoryDisk(DiskLength) { PowerFailsAtWrite = 0 };
        disk.Fill(image.Source);

        Assert.True(await RunsToTheEndAsync(image, disk));
        Assert.Equal(0, disk.Writes);
    }

    private static void AssertSafe(Imaged image, byte[] old, byte[] medium)
    {
        var isOld = medium.AsSpan().SequenceEqual(old);
        var first = medium.AsSpan(image.FirstSector, 512);
        var starts = first[510] == 0x55 && first[511] == 0xAA;
        Assert.True(isOld || !starts || IsRestored(image, medium), "a half-restored disk looks bootable");
    }

    private static async Task AssertFinishesAsync(Imaged image, byte[] medium)
    {
        using var disk = new MemoryDisk(DiskLength);
        disk.Fill(medium);
        Assert.True(await RunsToTheEndAsync(image, disk));
        AssertRestored(image, disk.Content);
    }

    private static void AssertRestored(Imaged image, byte[] content) => Assert.True(IsRestored(image, content));

    private static bool IsRestored(Imaged image, byte[] content) => image.Checked.All(range =>
        content.AsSpan((int)range.Start, (int)range.Length).SequenceEqual(image.Source.AsSpan((int)range.Start, (int)range.Length)));

    private static async Task<bool> RunsToTheEndAsync(Imaged image, MemoryDisk disk)
    {
        var progress = new JobProgress();
        using var target = new RestoreTarget(image.Found, disk, image.Record) { Table = image.Table };
        target.Regions.AddRange(image.Regions.Select(region => new TargetRegion(disk, region.Offset, region.Index, region.Placed)));
        var workers = new WorkerPool(ChunkSize);
        foreach (var region in target.Regions)
        {
            await new RegionCompare(workers, progress).RunAsync(region, DiskMark.Read(disk, image.FirstSector) is not null, new Meter(), Cancel);
        }

        var preview = new RestorePreview(new VersionId(default), "lab", 0, 0, 0, 0, 0, true, []);
        var options = new RestoreOptions(ImageKind.Image, ImageName.Parse("lab"), Verify: VerifyMode.All);
        try
        {
            await using var plan = new RestorePlan(new MemoryImageStore(image.Store), progress, workers, [target], options, preview);
            await plan.RunAsync(Cancel);
            return true;
        }
        catch (Exception e) when (e is IOException or UserErrorException { Code: "disk-write-failed" })
        {
            return false;
        }
    }

    private static byte[] RandomBootable(Random random, Imaged image)
    {
        var old = new byte[DiskLength];
        random.NextBytes(old);
        (old[image.FirstSector + 510], old[image.FirstSector + 511]) = (0x55, 0xAA);

        // Part of the image is there already, as on a disk of the same room.
        image.Source.AsSpan(PartitionOffset + (10 * ChunkSize), 8 * ChunkSize).CopyTo(old.AsSpan(PartitionOffset + (10 * ChunkSize)));
        return old;
    }

    private static async Task<Imaged> ImagedAsync(Random random, bool isPartitionOnly)
    {
        var store = new MemoryChunkStore();
        var source = new byte[DiskLength];
        random.NextBytes(source);
        (source[510], source[511]) = (0x55, 0xAA);
        (source[PartitionOffset + 510], source[PartitionOffset + 511]) = (0x55, 0xAA);
        source.AsSpan(PartitionOffset + (4 * ChunkSize), 2 * ChunkSize).Clear();
        var headUsed = RangeSet.Of(ByteRange.Between(512, PartitionOffset));
        var partitionUsed = RangeSet.Of(ByteRange.Between(0, 12 * ChunkSize), ByteRange.Between((14 * ChunkSize) + 100, PartitionLength));
        var head = await CaptureAsync(source, 0, PartitionOffset, headUsed, store);
        var partition = await CaptureAsync(source, PartitionOffset, PartitionLength, partitionUsed, store);
        var record = new PartitionRecord { Number = 1, Offset = PartitionOffset, Length = PartitionLength, Type = "7", Content = PartitionContent.Raw };
        List<(long, RegionIndex, PlacedPartition?)> regions = [(PartitionOffset, partition, new PlacedPartition(record, PartitionOffset, PartitionLength))];
        var parts = partitionUsed.Runs.ToArray().Select(run => run with { Start = run.Start + PartitionOffset });
        if (isPartitionOnly)
        {
            return new Imaged(source, store, [], regions, [.. parts], PartitionOffset);
        }

        regions.Insert(0, (0, head, null));
        return new Imaged(source, store, [new TableSectors(0, source[..512])], regions, [new ByteRange(0, PartitionOffset), .. parts], 0);
    }

    private static async Task<RegionIndex> CaptureAsync(byte[] source, long offset, long length, RangeSet used, MemoryChunkStore store)
    {
        using var disk = new MemoryDisk(source.Length);
        disk.Fill(source);
        using var workers = new WorkerPool(ChunkSize);
        var capture = new RegionCapture(store, workers, ChunkSize, new JobProgress());
        return await capture.RunAsync(new RegionReader(disk, offset, used), length, used, new Meter(), Cancel);
    }

    private sealed record Imaged(
        byte[] Source,
        MemoryChunkStore Store,
        IReadOnlyList<TableSectors> Table,
        IReadOnlyList<(long Offset, RegionIndex Index, PlacedPartition? Placed)> Regions,
        IReadOnlyList<ByteRange> Checked,
        int FirstSector)
    {
        public DiskRecord Record { get; } = new() { Number = 1, Size = DiskLength, SectorSize = 512, Label = "dos", Table = [], Partitions = [] };

        public DiskLayout Found { get; } = new(
            new DiskIdentity("memory", null, null, null, null, DiskLength, 512, false, false, false, []), "dos", null, [], 0, "bios", []);
    }
}
