using OsDeploy.Disks;
using OsDeploy.Images;

namespace OsDeploy.Imaging;

/// <summary>Brings a host's wishes and an image together. What an image cannot do is refused or said, never passed over in silence.</summary>
internal static class PartitionWishes
{
    /// <summary>The disk as it is to be restored.</summary>
    /// <param name="wishes">Of all disks; null: none.</param>
    /// <param name="warn">Told what comes to nothing without harm.</param>
    /// <exception cref="UserErrorException"><c>override-container</c>, <c>override-no-format</c>, <c>override-cannot-grow</c></exception>
    public static DiskRecord Apply(DiskRecord image, IReadOnlyList<PartitionWish>? wishes, Action<string> warn)
    {
        var here = (wishes ?? []).Where(wish => wish.Disk == image.Number).ToList();
        foreach (var wish in here.Where(wish => image.Partitions.All(partition => partition.Number != wish.Number)))
        {
            warn($"The plan names partition {wish.Number} of disk {wish.Disk}, which this version does not have.");
        }

        var partitions = image.Partitions.Select(partition =>
            here.Find(wish => wish.Number == partition.Number) is { } wish ? Changed(partition, wish, warn) : partition).ToList();
        return image with { Partitions = WithGrowth(partitions, here) };
    }

    /// <summary>Partitions whose bytes are to survive although the image would replace them.</summary>
    public static IEnumerable<PartitionRecord> Kept(DiskRecord image, DiskRecord wished) => wished.Partitions.Zip(image.Partitions)
        .Where(pair => pair.First.Content == PartitionContent.Leave && pair.Second.Content != PartitionContent.Leave)
        .Select(pair => pair.First);

    private static PartitionRecord Changed(PartitionRecord partition, PartitionWish wish, Action<string> warn)
    {
        if (partition.Content == PartitionContent.Container)
        {
            return wish.Content == PartitionContent.Image ? partition : throw ImagingErrors.WishForContainer(partition.Number);
        }

        switch (wish.Content)
        {
            case PartitionContent.Leave:
                return Emptied(partition) with { Content = PartitionContent.Leave };
            case PartitionContent.Format:
                var fileSystem = wish.FileSystem ?? partition.FileSystem ?? throw ImagingErrors.WishWithoutFileSystem(partition.Number);
                return partition.Content == PartitionContent.Format && partition.FileSystem == fileSystem
                    ? partition
                    : Emptied(partition) with { Content = PartitionContent.Format, FileSystem = fileSystem, FileSystemUuid = null };
            default:
                if (partition.Content is PartitionContent.Format or PartitionContent.Leave)
                {
                    warn($"The plan wants partition {partition.Number} from the image, which holds nothing for it: "
                        + (partition.Content == PartitionContent.Leave ? "it is left as it is." : "it is formatted, as when it was captured."));
                }

                return partition;
        }
    }

    private static PartitionRecord Emptied(PartitionRecord partition) => partition with { Region = null, LeftOut = [], BadSectors = [] };

    private static List<PartitionRecord> WithGrowth(List<PartitionRecord> partitions, List<PartitionWish> wishes)
    {
        var grows = wishes.Where(wish => wish.Grow).Select(wish => partitions.Find(partition => partition.Number == wish.Number)).FirstOrDefault(partition => partition is not null);
        if (grows is null or { Grow: true })
        {
            return partitions;
        }

        var canGrow = grows.Content == PartitionContent.Format || (grows.Content == PartitionContent.Image && FileSystems.CanGrow(grows.FileSystem));
        return canGrow
            ? [.. partitions.Select(partition => partition with { Grow = partition.Number == grows.Number })]
            : throw ImagingErrors.WishCannotGrow(grows.Number, grows.FileSystem);
    }
}
