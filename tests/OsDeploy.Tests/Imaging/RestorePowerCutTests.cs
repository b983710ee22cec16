using System.Buffers.Binary;
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

    private static readonly int[] s_bootSectors = [PartitionOffset, PartitionOffset + PartitionLength - 512];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [InlineData(true, true)]
    public Task A_disk_never_looks_bootable_unless_it_is_whole(bool isPartitionOnly, bool hasMoved = false) => Seeded.CasesAsync(40, async random =>
    {
        var image = await ImagedAsync(random, isPartitionOnly, hasMoved);
        var old = RandomBootable(random, image);
        for (var cut = 0; ; cut++)
        {
            using var disk = new MemoryDisk(DiskLength) { PowerFailsAtWrite = cut };
            disk.Fill(old);
            if (await RunsToTheEndAsync(image, disk))
            {
                AssertRestored(image, old, disk.Content);
                Assert.True(cut > 4, "the restore wrote too little to be cut short anywhere");
                return;
            }

            var medium = disk.PowerCut(random);
            AssertSafe(image, old, medium);
            await AssertFinishesAsync(image, old, medium);
        }
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_disk_that_holds_the_image_already_is_not_written(bool isPartitionOnly)
    {
        var image = await ImagedAsync(new Random(Seeded.Seed), isPartitionOnly, hasMoved: false);
        using var disk = new MemoryDisk(DiskLength) { PowerFailsAtWrite = 0 };
        disk.Fill(image.Source);

        Assert.True(await RunsToTheEndAsync(image, disk));
        Assert.Equal(0, disk.Writes);
    }

    private static void AssertSafe(Imaged image, byte[] old, byte[] medium)
    {
        var isOld = medium.AsSpan().SequenceEqual(old);
        var first = medium.AsSpan(image.FirstSector, 512);
        var starts = MbrEntry.IsTable(first) && MbrEntry.IsTable(medium);
        Assert.True(isOld || !starts || IsRestored(image, medium), "a half-restored disk looks bootable");
    }

    private static async Task AssertFinishesAsync(Imaged image, byte[] old, byte[] medium)
    {
        using var disk = new MemoryDisk(DiskLength);
        disk.Fill(medium);
        Assert.True(await RunsToTheEndAsync(image, disk));
        AssertRestored(image, old, disk.Content);
    }

    private static void AssertRestored(Imaged image, byte[] old, byte[] content)
    {
        Assert.True(IsRestored(image, content));
        Assert.True(image.Table.Count > 0 || content.AsSpan(0, 512).SequenceEqual(old.AsSpan(0, 512)), "the table is not what it was");
    }

    private static bool IsRestored(Imaged image, byte[] content) => image.Checked.All(range =>
        content.AsSpan((int)range.Start, (int)range.Length).SequenceEqual(image.Source.AsSpan((int)range.Start, (int)range.Length)));

    private static async Task<bool> RunsToTheEndAsync(Imaged image, MemoryDisk disk)
    {
        var progress = new JobProgress();
        using var target = new RestoreTarget(image.Found, disk, image.Record) { Table = image.Table };
        target.Regions.AddRange(image.Regions.Select(region => new TargetRegion(disk, region.Offset, region.Index, region.Placed)));
        target.ToPatch.AddRange(image.Regions.Select(region => region.Placed).OfType<PlacedPartition>().Where(placed => placed.HasMoved));
        var workers = new WorkerPool(ChunkSize);
        foreach (var region in target.Regions)
        {
            await new RegionCompare(workers, progress).RunAsync(region, DiskMark.Read(disk, image.FirstSector) is not null || TableAside.Read(disk) is not null, new Meter(), Cancel);
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
        foreach (var sector in new[] { 0, image.FirstSector })
        {
            (old[sector + 510], old[sector + 511]) = (0x55, 0xAA);
        }

        foreach (var entry in Enumerable.Range(0, 4))
        {
            (old[446 + (16 * entry)], old[446 + (16 * entry) + 4]) = (0, 7);
        }

        // Part of the image is there already, as on a disk of the same room.
        image.Source.AsSpan(PartitionOffset + (10 * ChunkSize), 8 * ChunkSize).CopyTo(old.AsSpan(PartitionOffset + (10 * ChunkSize)));
        return old;
    }

    private static async Task<Imaged> ImagedAsync(Random random, bool isPartitionOnly, bool hasMoved)
    {
        var store = new MemoryChunkStore();
        var source = new byte[DiskLength];
        random.NextBytes(source);
        (source[510], source[511]) = (0x55, 0xAA);
        (source[PartitionOffset + 510], source[PartitionOffset + 511]) = (0x55, 0xAA);
        source.AsSpan(PartitionOffset + (4 * ChunkSize), 2 * ChunkSize).Clear();
        MakeNtfs(source);
        var headUsed = RangeSet.Of(ByteRange.Between(512, PartitionOffset));
        var partitionUsed = RangeSet.Of(ByteRange.Between(0, 12 * ChunkSize), ByteRange.Between((14 * ChunkSize) + 100, PartitionLength));
        var head = await CaptureAsync(source, 0, PartitionOffset, headUsed, store);
        var partition = await CaptureAsync(source, PartitionOffset, PartitionLength, partitionUsed, store);
        var record = new PartitionRecord { Number = 1, Offset = PartitionOffset + (hasMoved ? 512 : 0), Length = PartitionLength, Type = "7", Content = PartitionContent.Raw };
        List<(long, RegionIndex, PlacedPartition?)> regions = [(PartitionOffset, partition, new PlacedPartition(record, PartitionOffset, PartitionLength))];
        var parts = partitionUsed.Runs.ToArray().Select(run => run with { Start = run.Start + PartitionOffset });
        if (hasMoved)
        {
            SetStart(source, PartitionOffset / 512);
        }

        if (isPartitionOnly)
        {
            return new Imaged(source, store, [], regions, [.. parts], PartitionOffset);
        }

        regions.Insert(0, (0, head, null));
        return new Imaged(source, store, [new TableSectors(0, source[..512])], regions, [new ByteRange(0, PartitionOffset), .. parts], 0);
    }

    // Two boot sectors, and each says where on the disk it lies.
    private static void MakeNtfs(byte[] source)
    {
        foreach (var at in s_bootSectors)
        {
            "NTFS    "u8.CopyTo(source.AsSpan(at + 3));
            BinaryPrimitives.WriteUInt16LittleEndian(source.AsSpan(at + 0x0B), 512);
            BinaryPrimitives.WriteInt64LittleEndian(source.AsSpan(at + 0x28), (PartitionLength / 512) - 1);
        }
    }

    private static void SetStart(byte[] source, uint start) =>
        Array.ForEach(s_bootSectors, at => BinaryPrimitives.WriteUInt32LittleEndian(source.AsSpan(at + 0x1C), start));

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
            new DiskIdentity("memory", null, null, null, null, DiskLength, 512, false, false, false, []), "dos", null, [], 0, "bios",
            [new PartitionLayout(1, PartitionOffset, PartitionLength, "7", null, null, IsContainer: false, null, null, null, null)]);
    }
}
