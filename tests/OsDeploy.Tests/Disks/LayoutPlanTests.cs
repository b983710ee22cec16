using OsDeploy.Disks;
using OsDeploy.Images;
using Xunit;

namespace OsDeploy.Tests.Disks;

public sealed class LayoutPlanTests
{
    private const long Mib = 1 << 20;
    private const long Gib = 1 << 30;
    private const string Esp = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B";
    private const string Msr = "E3C9E316-0B5C-4DB8-817D-F92DF00215AE";
    private const string Basic = "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7";
    private const string Recovery = "DE94BBA4-06D1-4D40-A16A-BFD50179D6AC";
    private const string Linux = "0FC63DAF-8483-4772-8E79-3D69D8477DE4";

    private static readonly DiskRecord s_windows = Disk("gpt", 64 * Gib,
        Partition(1, 1 * Mib, 100 * Mib, Esp, "vfat"),
        Partition(2, 101 * Mib, 16 * Mib, Msr, null, PartitionContent.Raw),
        Partition(3, 117 * Mib, 60 * Gib, Basic, "ntfs", grow: true),
        Partition(4, (117 * Mib) + (60 * Gib), 700 * Mib, Recovery, "ntfs"));

    [Fact]
    public void The_same_size_moves_nothing()
    {
        var layout = LayoutPlan.For(s_windows, s_windows.Size, 512);
        Assert.True(layout.IsSameSize);
        Assert.All(layout.Partitions, placed => Assert.False(placed.HasMoved || placed.HasGrown));
    }

    [Fact]
    public void A_larger_disk_goes_to_the_growing_partition_and_Recovery_moves_to_the_end()
    {
        var layout = LayoutPlan.For(s_windows, 128 * Gib, 512);
        Assert.False(layout.IsSameSize);
        Assert.Equal([false, false, true, false], layout.Partitions.Select(placed => placed.HasGrown));
        Assert.Equal([false, false, false, true], layout.Partitions.Select(placed => placed.HasMoved));
        var (windows, recovery) = (layout.Partitions[2], layout.Partitions[3]);
        Assert.Equal(windows.Offset + windows.Length, recovery.Offset);
        Assert.Equal(0, recovery.Offset % Mib);
        var backupGpt = 33 * 512;
        Assert.InRange((128 * Gib) - recovery.Offset - recovery.Length, backupGpt, Mib + backupGpt);
    }

    [Fact]
    public void Less_than_one_MiB_more_changes_no_partition()
    {
        var image = s_windows with { Size = s_windows.Partitions[3].Offset + s_windows.Partitions[3].Length + (33 * 512) };
        var layout = LayoutPlan.For(image, image.Size + Mib - 512, 512);
        Assert.False(layout.IsSameSize);
        Assert.All(layout.Partitions, placed => Assert.False(placed.HasMoved || placed.HasGrown));
    }

    [Fact]
    public void Without_a_growing_partition_a_larger_disk_keeps_its_room()
    {
        var image = s_windows with { Partitions = [.. s_windows.Partitions.Select(partition => partition with { Grow = false })] };
        Assert.All(LayoutPlan.For(image, 128 * Gib, 512).Partitions, placed => Assert.False(placed.HasMoved || placed.HasGrown));
    }

    [Fact]
    public void A_smaller_disk_is_refused_with_both_numbers_unless_all_fits()
    {
        var needed = s_windows.Partitions[3].Offset + s_windows.Partitions[3].Length + (33 * 512);
        Assert.All(LayoutPlan.For(s_windows, needed, 512).Partitions, placed => Assert.False(placed.HasMoved || placed.HasGrown));
        var error = Assert.Throws<UserErrorException>(() => LayoutPlan.For(s_windows, needed - 512, 512));
        Assert.Equal("disk-too-small", error.Code);
        Assert.Contains(Digits(needed), error.Message, StringComparison.Ordinal);
        Assert.Contains(Digits(needed - 512), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_with_other_sectors_is_refused()
    {
        var error = Assert.Throws<UserErrorException>(() => LayoutPlan.For(s_windows, 128 * Gib, 4096));
        Assert.Equal("disk-sector-size", error.Code);
    }

    [Fact]
    public void An_extended_partition_grows_with_its_logical_one_and_what_lies_behind_moves()
    {
        var image = Disk("dos", 10 * Gib,
            Partition(1, Mib, Gib, "7", "ntfs"),
            Partition(2, 1025 * Mib, 6 * Gib, "f", null, PartitionContent.Container),
            Partition(5, 1026 * Mib, 2 * Gib, "83", "ext4", grow: true),
            Partition(6, (1027 * Mib) + (2 * Gib), Gib, "82", "swap", PartitionContent.Swap),
            Partition(3, (1025 * Mib) + (6 * Gib), Gib, "27", "ntfs"));
        var layout = LayoutPlan.For(image, 12 * Gib, 512);
        var room = (12 * Gib) - ((1025 * Mib) + (7 * Gib));
        Assert.Equal([0, room, room, 0, 0], layout.Partitions.Select(placed => placed.Length - placed.Record.Length));
        Assert.Equal([0, 0, 0, room, room], layout.Partitions.Select(placed => placed.Offset - placed.Record.Offset));
    }

    [Fact]
    public void An_extended_partition_never_grows_by_itself()
    {
        var image = Disk("dos", 10 * Gib,
            Partition(1, Mib, 3 * Gib, "f", null, PartitionContent.Container, grow: true),
            Partition(5, 2 * Mib, Gib, "83", "ext4"),
            Partition(2, (4 * Gib) + Mib, Gib, "27", "ntfs"));
        var layout = LayoutPlan.For(image, 12 * Gib, 512);
        Assert.All(layout.Partitions, placed => Assert.False(placed.HasMoved || placed.HasGrown));
        Assert.Equal(GrowthMap.Nothing, GrowthMap.Of(layout));
    }

    [Fact]
    public void An_mbr_partition_never_ends_behind_two_TiB()
    {
        var image = Disk("dos", 100 * Gib, Partition(1, Mib, 99 * Gib, "7", "ntfs", grow: true));
        var placed = LayoutPlan.For(image, 4096 * Gib, 512).Partitions[0];
        Assert.Equal(2048 * Gib, placed.Offset + placed.Length);
        Assert.True(placed.Length / 512 <= uint.MaxValue);
    }

    [Fact]
    public void A_file_system_without_a_table_grows_with_its_disk()
    {
        var image = Disk("none", Gib, Partition(1, 0, Gib, "", "ext4", grow: true));
        Assert.Equal(2 * Gib, LayoutPlan.For(image, 2 * Gib, 512).Partitions[0].Length);
    }

    [Fact]
    public void By_default_the_largest_partition_grows_that_can_and_may()
    {
        Assert.Equal(3, LayoutPlan.DefaultGrow(s_windows.Partitions));
        Assert.Null(LayoutPlan.DefaultGrow([
            Partition(1, 0, 50 * Gib, Recovery, "ntfs"),
            Partition(2, 0, 50 * Gib, Basic, "exfat"),
            Partition(3, 0, 50 * Gib, Basic, "ntfs", PartitionContent.Leave),
            Partition(4, 0, 50 * Gib, "27", "ntfs"),
        ]));
        Assert.Equal(2, LayoutPlan.DefaultGrow([
            Partition(1, 0, 20 * Gib, Basic, "ntfs"),
            Partition(2, 0, 30 * Gib, Linux, "btrfs"),
            Partition(3, 0, 30 * Gib, Linux, "xfs"),
            Partition(4, 0, 90 * Gib, Linux, "LVM2_member", PartitionContent.Raw),
        ]));
    }

    [Fact]
    public void Random_layouts_stay_ordered_inside_the_disk_and_grow_one_partition_only()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var run = 0; run < 500; run++)
        {
            var partitions = new List<PartitionRecord>();
            var position = Mib;
            for (var number = 1; number <= random.Next(1, 9); number++)
            {
                position += random.Next(0, 5000) * 512L;
                var length = random.Next(1, 100_000) * 512L;
                partitions.Add(Partition(number, position, length, Basic, "ntfs"));
                position += length;
            }

            var grow = random.Next(partitions.Count);
            partitions[grow] = partitions[grow] with { Grow = true };
            var label = random.Next(2) == 0 ? "gpt" : "dos";
            var image = Disk(label, position + (random.Next(33, 5000) * 512L), [.. partitions]);
            var size = image.Size + (random.Next(1, 1_000_000) * 512L);
            var placed = LayoutPlan.For(image, size, 512).Partitions;

            Assert.All(placed.Zip(placed.Skip(1)), pair => Assert.True(pair.First.Offset + pair.First.Length <= pair.Second.Offset, $"seed {seed}, run {run}"));
            Assert.True(placed[^1].Offset + placed[^1].Length <= size - (label == "gpt" ? 33 * 512 : 0), $"seed {seed}, run {run}");
            Assert.All(placed.Where((_, i) => i != grow), other => Assert.Equal(other.Record.Length, other.Length));
            Assert.InRange(size - (placed[^1].Offset + placed[^1].Length), 0, Mib + (33 * 512));
        }
    }

    private static string Digits(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static DiskRecord Disk(string label, long size, params PartitionRecord[] partitions) => new()
    {
        Number = 1,
        Size = size,
        SectorSize = 512,
        Label = label,
        Table = [],
        Partitions = partitions,
    };

    private static PartitionRecord Partition(
        int number, long offset, long length, string type, string? fileSystem, PartitionContent content = PartitionContent.Image, bool grow = false) => new()
    {
        Number = number,
        Offset = offset,
        Length = length,
        Type = type,
        FileSystem = fileSystem,
        Content = content,
        Grow = grow,
    };
}
