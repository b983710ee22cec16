using OsDeploy.Disks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>One disk being captured: what it holds, which bytes of it are used, and the open device.</summary>
internal sealed class CaptureSource : IDisposable
{
    private readonly DiskFile _disk;
    private readonly IReadOnlyList<PartitionRecord> _plan;
    private readonly Dictionary<int, UsedMapResult> _maps;
    private readonly RangeSet _headUsed;
    private readonly List<(RegionReader Reader, long Length, RangeSet Used)> _regions = [];

    private CaptureSource(DiskLayout layout, DiskFile disk, IReadOnlyList<PartitionRecord> plan, Dictionary<int, UsedMapResult> maps, bool withTable)
    {
        (Layout, _disk, _plan, _maps) = (layout, disk, plan, maps);
        _headUsed = withTable
            ? RangeSet.Of(new ByteRange(0, layout.HeadLength)).Subtract(RangeSet.Of(layout.Table.Select(sectors => new ByteRange(sectors.Offset, sectors.Bytes.Length))))
            : RangeSet.Empty;
    }

    public DiskLayout Layout { get; }

    public long UsedBytes => _maps.Values.Sum(map => map.Used.TotalLength) + _headUsed.TotalLength;

    /// <summary>Refuses or opens. Reads maps of all partitions at once.</summary>
    public static async Task<CaptureSource> OpenAsync(string path, CaptureOptions options, CancellationToken cancel)
    {
        var layout = await DiskInspector.InspectAsync(path, cancel);
        if (layout.Partitions.Count == 0)
        {
            throw ImagingErrors.NothingToCapture(path);
        }

        var plan = CapturePlan.For(layout, options);
        var read = CapturePlan.Read(plan);
        if ((await CaptureChecks.FindAsync(layout, read, options.AllowRaw, cancel)) is [var refusal, ..])
        {
            throw refusal;
        }

        var maps = await Task.WhenAll(layout.Partitions
            .Where(partition => read.Contains(partition.Number))
            .Select(async partition => (partition.Number, Map: await MapAsync(layout, partition, cancel))));
        return new CaptureSource(layout, DiskFile.OpenRead(layout.Disk), plan, maps.ToDictionary(map => map.Number, map => map.Map), options.WithTable);
    }

    public async Task<DiskRecord> CaptureAsync(int number, CaptureOptions options, RegionCapture capture, ICaptureLease lease, Meter meter, CancellationToken cancel)
    {
        var head = _headUsed.Runs.IsEmpty ? null : await CaptureRegionAsync(0, Layout.HeadLength, _headUsed, options, capture, lease, meter, cancel);
        var partitions = new List<PartitionRecord>();
        foreach (var planned in _plan.Where(record => options.WithTable || record.Content is PartitionContent.Image or PartitionContent.Raw))
        {
            partitions.Add(_maps.TryGetValue(planned.Number, out var map)
                ? await CapturePartitionAsync(planned, map, options, capture, lease, meter, cancel)
                : planned);
        }

        return new DiskRecord
        {
            Number = number,
            Model = Layout.Disk.Model,
            Serial = Layout.Disk.Serial,
            Size = Layout.Disk.Size,
            SectorSize = Layout.Disk.SectorSize,
            Label = options.WithTable ? Layout.Label : "none",
            Sfdisk = options.WithTable ? Layout.Sfdisk : null,
            Table = options.WithTable ? Layout.Table : [],
            Head = head,
            Partitions = partitions,
        };
    }

    /// <summary>Reads every region once more, adding chunks the store lacks.</summary>
    public async Task CaptureAgainAsync(RegionCapture capture, Meter meter, CancellationToken cancel)
    {
        foreach (var (reader, length, used) in _regions)
        {
            await capture.RunAsync(reader, length, used, meter, cancel);
        }
    }

    public void Dispose() => _disk.Dispose();

    private static async Task<UsedMapResult> MapAsync(DiskLayout layout, PartitionLayout partition, CancellationToken cancel) =>
        UsedMap.Supports(partition.FileSystem)
            ? await UsedMap.ReadAsync(layout, partition, cancel)
            : new UsedMapResult(RangeSet.Of(new ByteRange(0, partition.Length)), []);

    private async Task<PartitionRecord> CapturePartitionAsync(
        PartitionRecord planned, UsedMapResult map, CaptureOptions options, RegionCapture capture, ICaptureLease lease, Meter meter, CancellationToken cancel)
    {
        var region = await CaptureRegionAsync(planned.Offset, planned.Length, map.Used, options, capture, lease, meter, cancel);
        var bad = _regions[^1].Reader.BadSectors;
        return planned with { Region = region, LeftOut = map.LeftOut, BadSectors = bad.Runs.ToArray() };
    }

    private async Task<RegionRecord> CaptureRegionAsync(
        long offset, long length, RangeSet used, CaptureOptions options, RegionCapture capture, ICaptureLease lease, Meter meter, CancellationToken cancel)
    {
        var reader = new RegionReader(_disk, offset, used) { AllowBadSectors = options.AllowBadSectors };
        _regions.Add((reader, length, used));
        var index = await capture.RunAsync(reader, length, used, meter, cancel);
        var zero = index.ChunkList.Where(chunk => chunk.Id is null).Sum(chunk => used.Within(index.RangeOf(chunk.Number)).Sum(run => run.Length));
        return new RegionRecord(await lease.WriteIndexAsync(index.ToBytes(), cancel), length, used.TotalLength, zero, index.ChunkList.Count);
    }
}
