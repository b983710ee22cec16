using OsDeploy.Images;
using OsDeploy.Imaging;
using Xunit;

namespace OsDeploy.Tests.Imaging;

public sealed class RegionReaderTests
{
    private const int Length = 300_000;

    [Fact]
    public void Free_bytes_read_as_zero_and_used_bytes_as_they_are() => Seeded.Cases(200, random =>
    {
        using var disk = RandomDisk(random);
        var used = RandomUsed(random, Length);
        var start = random.Next(Length);
        var buffer = new byte[random.Next(1, 400_000)];
        random.NextBytes(buffer);

        new RegionReader(disk, 512, used).Read(start, buffer);

        for (var i = 0; i < buffer.Length; i++)
        {
            var isUsed = used.Within(new ByteRange(start + i, 1)).Any();
            Assert.Equal(isUsed ? disk.Content[512 + start + i] : 0, buffer[i]);
        }
    });

    [Fact]
    public void An_unreadable_sector_stops_the_reading_and_is_named()
    {
        using var disk = RandomDisk(new Random(1));
        disk.BadOffsets.Add(512 + 70_000);
        var reader = new RegionReader(disk, 512, RangeSet.Of(new ByteRange(0, Length)));

        var error = Assert.Throws<UserErrorException>(() => reader.Read(0, new byte[Length]));

        Assert.Equal("sector-unreadable", error.Code);
        Assert.Contains(((512 + 70_000) / 512).ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void When_allowed_only_the_unreadable_sector_becomes_zero_and_is_listed()
    {
        using var disk = RandomDisk(new Random(2));
        disk.BadOffsets.Add(512 + 70_000);
        var reader = new RegionReader(disk, 512, RangeSet.Of(new ByteRange(0, Length))) { AllowBadSectors = true };
        var buffer = new byte[Length];

        reader.Read(0, buffer);

        var sector = new ByteRange(70_000 / 512 * 512, 512);
        Assert.Equal([sector], reader.BadSectors.Runs.ToArray());
        var expected = disk.Content.AsSpan(512, Length).ToArray();
        expected.AsSpan((int)sector.Start, 512).Clear();
        Assert.Equal(expected, buffer);
    }

    [Fact]
    public void An_unreadable_sector_in_free_space_is_nobodys_business()
    {
        using var disk = RandomDisk(new Random(3));
        disk.BadOffsets.Add(512 + 70_000);
        var used = RangeSet.Of(new ByteRange(0, 69_632), new ByteRange(71_680, 10_000));
        var buffer = new byte[100_000];

        new RegionReader(disk, 512, used).Read(0, buffer);

        Assert.Equal(disk.Content.AsSpan(512, 69_632).ToArray(), buffer[..69_632]);
    }

    private static MemoryDisk RandomDisk(Random random)
    {
        var content = new byte[Length + 512];
        random.NextBytes(content);
        var disk = new MemoryDisk(content.Length);
        disk.Fill(content);
        return disk;
    }

    internal static RangeSet RandomUsed(Random random, int length) => RangeSet.Of(Enumerable.Range(0, random.Next(12))
        .Select(_ => random.Next(length))
        .Select(start => new ByteRange(start, random.Next(Math.Min(length - start, 60_000) + 1))));
}
