using OsDeploy.Disks;
using OsDeploy.Imaging;
using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>What is about to be lost on a disk: the line above the question.</summary>
internal static class LossText
{
    public const string WholeDisk = "Everything on this disk will be lost.";

    public static string Of(DiskLayout disk, RestoreOptions options) => options switch
    {
        { Partitions: { } numbers } => OfPartitions([.. disk.Partitions.Where(partition => numbers.Contains(partition.Number))]),
        { TableOnly: true } => "The partition table and the boot code will be replaced; a partition that the new table does not have, or has elsewhere, will be lost.",
        _ => WholeDisk,
    };

    private static string OfPartitions(IReadOnlyList<PartitionLayout> partitions) =>
        $"Partition{(partitions.Count > 1 ? "s" : "")} {string.Join(" and ", partitions.Select(NameOf))} will be overwritten; the others stay.";

    private static string NameOf(PartitionLayout partition)
    {
        var facts = new[]
        {
            partition.FileSystem ?? PartitionTypes.NameOf(partition.Type),
            partition.FileSystemLabel ?? partition.Name ?? "",
            Sizes.Of(partition.Length),
        };
        return $"{partition.Number} ({string.Join(", ", facts.Where(fact => fact.Length > 0).Select(fact => Printable.Of(fact)))})";
    }
}
