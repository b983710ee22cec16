using OsDeploy.Disks;
using OsDeploy.Images;
using OsDeploy.Text;

namespace OsDeploy.Imaging;

/// <summary>What an operator should know about a target before saying yes.</summary>
internal static class RestoreNotes
{
    public static IEnumerable<string> For(RestoreTarget target)
    {
        var disk = Printable.Of(target.Found.Disk.Path);
        foreach (var partition in target.Found.Partitions.Where(partition => partition.FileSystem is "BitLocker" or "crypto_LUKS"))
        {
            yield return $"{disk} partition {partition.Number} is encrypted ({Printable.Of(partition.FileSystem)}): its data and its recovery key are lost for good.";
        }

        if (DiskMark.Read(target.Disk, 0) is { } unfinished)
        {
            yield return $"{disk} holds an unfinished restore of {Printable.Of(unfinished.Image)}; what it wrote is used.";
        }

        if (target.Found.Aside is { } aside)
        {
            yield return $"{DiskErrors.Unfinished(target.Found.Disk.Path, aside).Message} It is done again.";
        }

        foreach (var partition in target.ToMake)
        {
            yield return $"{disk} partition {partition.Record.Number} is formatted as {Printable.Of(partition.Record.FileSystem)}.";
        }

        foreach (var partition in target.ToGrow)
        {
            yield return $"{disk} partition {partition.Record.Number} grows from {Sizes.Of(partition.Record.Length)} to {Sizes.Of(partition.Length)}.";
        }

        foreach (var partition in target.Record.Partitions.Where(partition => !target.IsPartitionOnly && partition.Content == PartitionContent.Leave))
        {
            yield return target.Found.Partitions.Any(found => found.Offset == target.PlaceOf(partition).Offset && found.Length == target.PlaceOf(partition).Length)
                ? $"{disk} partition {partition.Number} gets its table entry only; its content is left as it is."
                : $"{disk} partition {partition.Number} is not where the image has it: it comes out empty, and what the disk holds there now is lost.";
        }
    }
}
