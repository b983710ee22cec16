using OsDeploy.Disks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>What a capture will do with each partition: decided from the layout and the options alone, before anything is read.</summary>
internal static class CapturePlan
{
    /// <exception cref="UserErrorException">A partition was named that the disk does not have.</exception>
    public static IReadOnlyList<PartitionRecord> For(DiskLayout layout, CaptureOptions options)
    {
        if (layout.Partitions.Any(partition => partition.IsContainer && partition.Number == options.GrowPartition))
        {
            throw ImagingErrors.ContainerCannotGrow(layout.Disk.Path, options.GrowPartition!.Value);
        }

        foreach (var number in Named(options).Where(number => layout.Partitions.All(partition => partition.Number != number)))
        {
            throw ImagingErrors.NoSuchPartition(layout.Disk.Path, number);
        }

        var records = layout.Partitions.Select(partition => RecordOf(partition, options)).ToList();
        var grow = options.GrowPartition ?? LayoutPlan.DefaultGrow(records);
        return [.. records.Select(record => record with { Grow = record.Number == grow })];
    }

    /// <summary>The partitions whose bytes are read.</summary>
    public static IReadOnlySet<int> Read(IReadOnlyList<PartitionRecord> records) => records
        .Where(record => record.Content is PartitionContent.Image or PartitionContent.Raw)
        .Select(record => record.Number)
        .ToHashSet();

    private static PartitionRecord RecordOf(PartitionLayout partition, CaptureOptions options)
    {
        var data = options.Data?.GetValueOrDefault(partition.Number);
        var content = ContentOf(partition, options, data);
        return new PartitionRecord
        {
            Number = partition.Number,
            Offset = partition.Offset,
            Length = partition.Length,
            Type = partition.Type,
            Uuid = partition.Uuid,
            Name = partition.Name,
            Content = content,
            FileSystem = content == PartitionContent.Format ? data!.FileSystem : partition.FileSystem,
            FileSystemUuid = content == PartitionContent.Format ? null : partition.FileSystemUuid,
            FileSystemLabel = partition.FileSystemLabel,
        };
    }

    private static PartitionContent ContentOf(PartitionLayout partition, CaptureOptions options, DataPlan? data) => partition switch
    {
        { IsContainer: true } => PartitionContent.Container,
        _ when data is { EveryByte: true } => PartitionContent.Raw,
        _ when data is { FileSystem: null } => PartitionContent.Leave,
        _ when data is not null => PartitionContent.Format,
        _ when options.Partitions is { } chosen && !chosen.Contains(partition.Number) => PartitionContent.Leave,
        { FileSystem: "swap" } => PartitionContent.Swap,
        _ when UsedMap.Supports(partition.FileSystem) => PartitionContent.Image,
        _ => PartitionContent.Raw,
    };

    private static IEnumerable<int> Named(CaptureOptions options) => (options.Partitions ?? new HashSet<int>())
        .Concat(options.Data?.Keys ?? [])
        .Concat(options.GrowPartition is { } grow ? [grow] : []);
}
