using OsDeploy.Disks;
using OsDeploy.Images;
using OsDeploy.Imaging;
using Xunit;

namespace OsDeploy.Tests.Imaging;

public sealed class PartitionWishesTests
{
    private static readonly RegionRecord s_region = new(default, 1000, 10, 0, 1);

    private readonly List<string> _warnings = [];

    [Fact]
    public void Without_wishes_a_disk_is_as_the_image_has_it() => Assert.Equal(Disk().Partitions, Apply());

    [Fact]
    public void A_wish_for_what_the_image_does_anyway_changes_nothing()
    {
        var changed = Apply(Wish(1), Wish(2) with { Grow = true }, Wish(3, PartitionContent.Format) with { FileSystem = "ntfs" }, Wish(4, PartitionContent.Leave));

        Assert.Equal(Disk().Partitions, changed);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_partition_that_is_left_or_formatted_has_nothing_to_write()
    {
        var changed = Apply(Wish(1, PartitionContent.Leave), Wish(2, PartitionContent.Format));

        Assert.Equal((PartitionContent.Leave, null), (changed[0].Content, changed[0].Region));
        Assert.Equal((PartitionContent.Format, "ext4", null, null), (changed[1].Content, changed[1].FileSystem, changed[1].FileSystemUuid, changed[1].Region));
        Assert.Equal([1], PartitionWishes.Kept(Disk(), Disk() with { Partitions = changed }).Select(partition => partition.Number));
    }

    [Fact]
    public void Growth_moves_to_the_partition_that_is_wished_for_and_to_no_second_one()
    {
        var changed = Apply(Wish(3, PartitionContent.Format) with { Grow = true });

        Assert.Equal([3], changed.Where(partition => partition.Grow).Select(partition => partition.Number));
    }

    [Theory]
    [InlineData(1, PartitionContent.Image, true, "override-cannot-grow")]
    [InlineData(1, PartitionContent.Leave, true, "override-cannot-grow")]
    [InlineData(5, PartitionContent.Leave, false, "override-container")]
    [InlineData(5, PartitionContent.Format, false, "override-container")]
    [InlineData(6, PartitionContent.Format, false, "override-no-format")]
    public void What_cannot_be_is_refused(int number, PartitionContent content, bool grow, string code)
    {
        var refusal = Assert.Throws<UserErrorException>(() => Apply(Wish(number, content) with { Grow = grow }));

        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public void A_wish_that_comes_to_nothing_is_said()
    {
        var changed = Apply(Wish(3), Wish(4), Wish(9));

        Assert.Equal(Disk().Partitions, changed);
        Assert.Equal(3, _warnings.Count);
        Assert.All(_warnings.Zip([9, 3, 4]), pair => Assert.Contains($"partition {pair.Second} ", pair.First, StringComparison.Ordinal));
    }

    [Fact]
    public void A_wish_for_another_disk_is_not_for_this_one()
    {
        Assert.Equal(Disk().Partitions, Apply(Wish(1, PartitionContent.Leave) with { Disk = 2 }, Wish(9) with { Disk = 2 }));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void An_unfinished_restore_remembers_what_it_keeps_in_the_smallest_sector()
    {
        using var disk = new MemoryDisk(1 << 20);
        var kept = Enumerable.Range(1, DiskMark.MostKept).Select(i => new ByteRange(long.MaxValue - i, long.MaxValue - i)).ToList();
        DiskMark.Write(disk, 0, new string('x', ImageName.MaxLength), default, kept);

        Assert.Equal(kept, DiskMark.Read(disk, 0)!.Kept);
    }

    private static PartitionWish Wish(int number, PartitionContent content = PartitionContent.Image) => new(1, number, content, null, Grow: false);

    private static DiskRecord Disk() => new()
    {
        Number = 1,
        Size = 1 << 30,
        SectorSize = 512,
        Label = "dos",
        Table = [],
        Partitions =
        [
            Partition(1, PartitionContent.Image, "vfat"),
            Partition(2, PartitionContent.Image, "ext4") with { Grow = true, FileSystemUuid = "e2a1" },
            Partition(3, PartitionContent.Format, "ntfs"),
            Partition(4, PartitionContent.Leave, "ext4"),
            Partition(5, PartitionContent.Container, null),
            Partition(6, PartitionContent.Raw, null),
        ],
    };

    private static PartitionRecord Partition(int number, PartitionContent content, string? fileSystem) => new()
    {
        Number = number,
        Offset = number * 1000,
        Length = 1000,
        Type = "83",
        Content = content,
        FileSystem = fileSystem,
        Region = content is PartitionContent.Image or PartitionContent.Raw ? s_region : null,
    };

    private IReadOnlyList<PartitionRecord> Apply(params PartitionWish[] wishes) => PartitionWishes.Apply(Disk(), wishes, _warnings.Add).Partitions;
}
