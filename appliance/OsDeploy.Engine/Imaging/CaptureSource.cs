using OsDeploy.Disks;
using OsDeploy.Images;
using OsDeploy.Windows;

namespace OsDeploy.Imaging;

/// <summary>One stretch of a disk that is read: a partition, or the disk's head.</summary>
/// <param name="Partition">Number; null for the head.</param>
internal sealed record SourceRegion(int? Partition, RegionReader Reader, long Length, RangeSet Used, IReadOnlyList<LeftOutFile> LeftOut);

/// <summary>One disk being captured: what it holds, which bytes of it are used, and the open device.</summary>
internal sealed class CaptureSource : IDisposable
{
    private readonly DiskFile _disk;
    private readonly IReadOnlyList<PartitionRecord> _plan;
    private readonly bool _withTable;

    private CaptureSource(
        DiskLayout layout, DiskFile disk, IReadOnlyList<PartitionRecord> plan, IReadOnlyDictionary<int, UsedMapResult> maps, IReadOnlyList<string> notes, CaptureOptions options)
    {
        (Layout, _disk, _plan, Notes, _withTable) = (layout, disk, plan, notes, options.WithTable);
        var partitions = plan.Where(record => maps.ContainsKey(record.Number)).Select(record => Region(
            record.Number, record.Offset, record.Length, maps[record.Number], options));
        var table = RangeSet.Of(layout.Table.Select(sectors => new ByteRange(sectors.Offset, sectors.Bytes.Length)));
        var head = RangeSet.Of(new ByteRange(0, options.WithTable ? layout.HeadLength : 0)).Subtract(table);
        Regions = head.Runs.IsEmpty
            ? [.. partitions]
            : [Region(null, 0, layout.HeadLength, new UsedMapResult(head, []), options), .. partitions];
    }

    public DiskLayout Layout { get; }

    public IReadOnlyList<SourceRegion> Regions { get; }

    /// <summary>What the operator is told of it, though it is captured.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Refuses or opens; from then on nobody can mount the disk or restore onto it. Reads maps of all partitions at once.</summary>
    /// <param name="number">1 is the first disk of the image.</param>
    public static async Task<CaptureSource> OpenAsync(string path, CaptureOptions options, int number, CancellationToken cancel)
    {
        var disk = DiskFile.OpenForCapture(await DiskInspector.IdentifyAsync(path, cancel));
        try
        {
            return await OpenAsync(disk, options, number, cancel);
        }
        catch
        {
            disk.Dispose();
            throw;
        }
    }

    private static async Task<CaptureSource> OpenAsync(DiskFile disk, CaptureOptions options, int number, CancellationToken cancel)
    {
        var (path, layout) = (disk.Path, await DiskInspector.InspectAsync(disk.Path, cancel));
        if (layout.Partitions.Count == 0)
        {
            throw ImagingErrors.NothingToCapture(path);
        }

        var plan = CapturePlan.For(layout, options);
        var read = CapturePlan.Read(plan);
        if (options.Kind == ImageKind.Manual && read.Count == 0)
        {
            throw ImagingErrors.NothingToKeep(path);
        }

        if ((await CaptureChecks.FindAsync(layout, read, options.AllowRaw, cancel)) is [var refusal, ..])
        {
            throw refusal;
        }

        // A backup of one partition becomes nobody else's system.
        var notes = options.Kind == ImageKind.Manual ? [] : await LookAsync(layout, number, read, options, cancel);
        var maps = await Task.WhenAll(layout.Partitions
            .Where(partition => read.Contains(partition.Number))
            .Select(async partition => (partition.Number, Map: await MapAsync(layout, partition, plan, cancel))));
        return new CaptureSource(layout, disk, plan, maps.ToDictionary(map => map.Number, map => map.Map), notes, options);
    }

    private static async Task<List<string>> LookAsync(DiskLayout layout, int number, IReadOnlySet<int> read, CaptureOptions options, CancellationToken cancel)
    {
        var found = new List<CaptureFinding>();
        foreach (var partition in layout.Partitions.Where(partition => read.Contains(partition.Number)))
        {
            found.AddRange(await CaptureLook.FindAsync(layout, number, partition, options.Systems?.GetValueOrDefault(partition.Number), cancel));
        }

        return !options.AllowUnprepared && found.Find(finding => finding.IsRefusal) is { } refusal
            ? throw refusal.Error
            : [.. found.Select(finding => finding.Error.Message)];
    }

    /// <summary>What the manifest says of this disk, once its regions are captured.</summary>
    public DiskRecord RecordOf(int number, IReadOnlyDictionary<SourceRegion, RegionRecord> captured)
    {
        var head = Regions.FirstOrDefault(region => region.Partition is null);
        return new DiskRecord
        {
            Number = number,
            Model = Layout.Disk.Model,
            Serial = Layout.Disk.Serial,
            Size = Layout.Disk.Size,
            SectorSize = Layout.Disk.SectorSize,
            Label = _withTable ? Layout.Label : "none",
            Sfdisk = _withTable ? Layout.Sfdisk : null,
            Table = _withTable ? Layout.Table : [],
            Head = head is null ? null : captured[head],
            Partitions =
            [
                .. from planned in _plan
                   let region = Regions.FirstOrDefault(region => region.Partition == planned.Number)
                   where _withTable || region is not null
                   select region is null ? planned : planned with
                   {
                       Region = captured[region],
                       LeftOut = region.LeftOut,
                       BadSectors = region.Reader.BadSectors.Runs.ToArray(),
                   },
            ],
        };
    }

    public void Dispose() => _disk.Dispose();

    private SourceRegion Region(int? partition, long offset, long length, UsedMapResult map, CaptureOptions options) =>
        new(partition, new RegionReader(_disk, offset, map.Used) { AllowBadSectors = options.AllowBadSectors }, length, map.Used, map.LeftOut);

    private static async Task<UsedMapResult> MapAsync(DiskLayout layout, PartitionLayout partition, IReadOnlyList<PartitionRecord> plan, CancellationToken cancel) =>
        plan.Any(record => record.Number == partition.Number && record.Content == PartitionContent.Image)
            ? await UsedMap.ReadAsync(layout, partition, cancel)
            : new UsedMapResult(RangeSet.Of(new ByteRange(0, partition.Length)), []);
}
