using OsDeploy.Disks;
using OsDeploy.Images;

namespace OsDeploy.MachineTests.Disks;

/// <summary>The record a capture would keep of a disk, without its content.</summary>
internal static class DiskRecords
{
    public static DiskRecord Of(DiskLayout layout, int? grow = null) => new()
    {
        Number = 1,
        Size = layout.Disk.Size,
        SectorSize = layout.Disk.SectorSize,
        Label = layout.Label,
        Sfdisk = layout.Sfdisk,
        Table = layout.Table,
        Partitions =
        [
            .. layout.Partitions.Select(partition => new PartitionRecord
            {
                Number = partition.Number,
                Offset = partition.Offset,
                Length = partition.Length,
                Type = partition.Type,
                Name = partition.Name,
                Uuid = partition.Uuid,
                Content = partition.IsContainer ? PartitionContent.Container : PartitionContent.Image,
                FileSystem = partition.FileSystem,
                Grow = partition.Number == grow,
            }),
        ],
    };
}
