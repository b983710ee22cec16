using OsDeploy.Chunks;

namespace OsDeploy.Images;

/// <summary>
/// What a reader demands of a manifest before it believes a number in it. A manifest may come from anywhere; only its
/// hash is trusted, and a hash proves origin, not sense.
/// </summary>
internal static class ManifestRules
{
    private const int MaxDisks = 32;
    private const int MaxPartitions = 256;
    private const int MaxTableBytes = 4 << 20;

    public static void Check(Manifest manifest)
    {
        Require(manifest.Format == Manifest.CurrentFormat, $"format {manifest.Format} is not known to this version of osdeploy");
        Require(Enum.IsDefined(manifest.Kind), "kind");
        Require(ImageName.TryParse(manifest.Image, out _), "image name");
        Require(manifest.Firmware is "uefi" or "bios" or "any", "firmware");
        Require(manifest.ChunkSize is >= 4096 and <= ChunkCodec.MaxContentLength && int.IsPow2(manifest.ChunkSize), "chunk size");
        Require(manifest.Disks.Count is > 0 and <= MaxDisks, "number of disks");
        Require(manifest.Disks.Select(disk => disk.Number).Distinct().Count() == manifest.Disks.Count, "two disks with one number");
        foreach (var disk in manifest.Disks)
        {
            CheckDisk(disk);
        }
    }

    private static void CheckDisk(DiskRecord disk)
    {
        Require(disk.SectorSize is 512 or 1024 or 2048 or 4096, "sector size");
        Require(disk.Size > 0 && disk.Size % disk.SectorSize == 0, "disk size");
        Require(disk.Label is "gpt" or "dos" or "none", "table kind");
        Require(disk.Partitions.Count <= MaxPartitions, "number of partitions");
        Require(disk.Partitions.Count(partition => partition.Grow) <= 1, "two partitions that grow");
        Require(disk.Partitions.Select(partition => partition.Number).Distinct().Count() == disk.Partitions.Count, "two partitions with one number");
        foreach (var table in disk.Table)
        {
            Require(table.Bytes.Length <= MaxTableBytes && IsInside(table.Offset, table.Bytes.Length, disk.Size), "table sectors");
        }

        Require(disk.Head is null || disk.Head.Length <= disk.Size, "head");
        foreach (var partition in disk.Partitions)
        {
            CheckPartition(partition, disk);
        }

        var inOrder = disk.Partitions.Where(partition => partition.Content != PartitionContent.Container).OrderBy(partition => partition.Offset).ToList();
        Require(inOrder.Zip(inOrder.Skip(1)).All(pair => pair.First.Offset + pair.First.Length <= pair.Second.Offset), "partitions that overlap");
        Require(disk.Head is null || inOrder.Count == 0 || disk.Head.Length <= inOrder[0].Offset, "head reaches into a partition");
    }

    private static void CheckPartition(PartitionRecord partition, DiskRecord disk)
    {
        Require(partition.Number is > 0 and <= 1024, "partition number");
        Require(partition.Length > 0 && IsInside(partition.Offset, partition.Length, disk.Size), "partition outside the disk");
        Require(partition.Offset % disk.SectorSize == 0 && partition.Length % disk.SectorSize == 0, "partition not on sector bounds");
        var hasRegion = partition.Content is PartitionContent.Image or PartitionContent.Raw;
        Require(Enum.IsDefined(partition.Content), "partition content");
        Require(hasRegion == partition.Region is not null, "partition content");
        Require(partition.Region is null || partition.Region.Length == partition.Length, "region length");
        Require(!partition.Grow || partition.Content != PartitionContent.Container, "an extended partition that grows by itself");
        Require(partition.Content is not PartitionContent.Format || partition.FileSystem is not null, "data partition without a file system");
    }

    private static bool IsInside(long offset, long length, long size) => offset >= 0 && length >= 0 && offset <= size - length;

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new FormatException("The manifest contradicts itself: " + what + ".");
        }
    }
}
