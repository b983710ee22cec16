using OsDeploy.Cli.Output;
using OsDeploy.Disks;
using OsDeploy.Images;
using OsDeploy.Imaging;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class LossTextTests
{
    private static readonly RestoreOptions s_wholeDisk = new(ImageKind.Image, ImageName.Parse("lab"));

    private static readonly DiskLayout s_disk = new(
        new DiskIdentity("disk.img", null, null, null, null, 1 << 30, 512, false, false, false, []), "gpt", null, [], 0, "uefi",
        [
            Partition(1, "vfat", "ESP", 64),
            Partition(2, null, null, 16),
            Partition(3, "ntfs", "Win\u001b[2Jdows", 600),
        ]);

    [Fact]
    public void A_whole_disk_is_lost_whole() => Assert.Equal("Everything on this disk will be lost.", LossText.Of(s_disk, s_wholeDisk));

    [Fact]
    public void One_partition_is_named_with_what_is_in_it() => Assert.Equal(
        "Partition 1 (vfat, ESP, 64.0 MiB) will be overwritten; the others stay.",
        LossText.Of(s_disk, s_wholeDisk with { Partitions = new HashSet<int> { 1 } }));

    [Fact]
    public void Several_partitions_are_all_named_and_their_labels_are_made_harmless()
    {
        var text = LossText.Of(s_disk, s_wholeDisk with { Partitions = new HashSet<int> { 3, 2 } });

        Assert.StartsWith("Partitions 2 (Microsoft reserved, 16.0 MiB) and 3 (ntfs, Win", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void A_table_alone_may_lose_partitions() =>
        Assert.Contains("will be lost", LossText.Of(s_disk, s_wholeDisk with { TableOnly = true }), StringComparison.Ordinal);

    private static PartitionLayout Partition(int number, string? fileSystem, string? label, long mebibytes) => new(
        number, (long)number << 30, mebibytes << 20, "E3C9E316-0B5C-4DB8-817D-F92DF00215AE", null, null, false, fileSystem, null, null, label);
}
