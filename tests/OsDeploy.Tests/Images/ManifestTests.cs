using System.Text;
using System.Text.Json;
using OsDeploy.Chunks;
using OsDeploy.Images;
using Xunit;

namespace OsDeploy.Tests.Images;

public sealed class ManifestTests
{
    [Fact]
    public void A_manifest_comes_back_from_its_bytes_as_it_was()
    {
        var manifest = Full();
        var back = Manifest.Parse(manifest.ToBytes());
        Assert.Equivalent(manifest with { Disks = [] }, back with { Disks = [] }, strict: true);
        Assert.Equal(manifest.ToBytes(), back.ToBytes());
    }

    [Theory]
    [InlineData("\"format\":1", "\"format\":2")]
    [InlineData("\"image\":\"win11\"", "\"image\":\"../win11\"")]
    [InlineData("\"firmware\":\"uefi\"", "\"firmware\":\"coreboot\"")]
    [InlineData("\"chunkSize\":262144", "\"chunkSize\":262143")]
    [InlineData("\"chunkSize\":262144", "\"chunkSize\":1073741824")]
    [InlineData("\"sectorSize\":512", "\"sectorSize\":0")]
    [InlineData("\"size\":1073741824", "\"size\":-512")]
    [InlineData("\"offset\":1048576", "\"offset\":-1048576")]
    [InlineData("\"offset\":1048576", "\"offset\":1048577")]
    [InlineData("\"offset\":1048576", "\"offset\":9223372036854775296")]
    [InlineData("\"label\":\"gpt\"", "\"label\":\"apm\"")]
    [InlineData("\"content\":\"Image\"", "\"content\":\"Leave\"")]
    [InlineData("\"kind\":\"Image\"", "\"kind\":7")]
    [InlineData("\"format\":1", "\"format\":1,\"format\":1")]
    [InlineData("\"format\":1", "\"format\":1,\"unknown\":true")]
    [InlineData("\"image\":\"win11\",", "")]
    [InlineData("\"image\":\"win11\"", "\"image\":null")]
    public void A_manifest_that_contradicts_itself_is_refused(string part, string replacement)
    {
        var text = Encoding.UTF8.GetString(Full().ToBytes());
        Assert.Contains(part, text, StringComparison.Ordinal);
        var at = text.IndexOf(part, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Manifest.Parse(Encoding.UTF8.GetBytes(text[..at] + replacement + text[(at + part.Length)..])));
    }

    [Fact]
    public void An_extended_partition_grows_only_with_a_logical_one()
    {
        var disk = Full().Disks[0];
        var container = new PartitionRecord { Number = 3, Offset = 300 << 20, Length = 10 << 20, Type = "5", Content = PartitionContent.Container };
        PartitionRecord[] others = [disk.Partitions[0] with { Grow = false }, disk.Partitions[1]];
        Manifest.Parse((Full() with { Disks = [disk with { Partitions = [.. others, container] }] }).ToBytes());
        var growing = Full() with { Disks = [disk with { Partitions = [.. others, container with { Grow = true }] }] };
        var error = Assert.Throws<FormatException>(() => Manifest.Parse(growing.ToBytes()));
        Assert.Contains("extended", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mutated_bytes_are_refused_or_parsed_but_never_crash() => Seeded.Cases(4000, random =>
    {
        var bytes = Mutation.Of(Full().ToBytes(), random);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Manifest.Parse(bytes);
        }
        catch (FormatException)
        {
            // The only way to say no.
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16 << 20, "a small input took much memory");
    });

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Throws<FormatException>(() => Manifest.Parse(Encoding.UTF8.GetBytes(new string('[', 100_000))));

    private static Manifest Full() => new()
    {
        Format = 1,
        Kind = ImageKind.Image,
        Image = "win11",
        CapturedAt = new DateTimeOffset(2026, 11, 20, 8, 30, 0, TimeSpan.Zero),
        CapturedBy = "pc-07",
        Program = "osdeploy 0.1.0",
        Firmware = "uefi",
        ChunkSize = 256 << 10,
        Stamps = ["2 unreadable sectors"],
        Disks =
        [
            new DiskRecord
            {
                Number = 1,
                Model = "Disk \"A\"",
                Serial = "ÄÖ-1",
                Size = 1 << 30,
                SectorSize = 512,
                Label = "gpt",
                Sfdisk = JsonDocument.Parse("""{"partitiontable":{"label":"gpt"}}""").RootElement,
                Table = [new TableSectors(0, new byte[512]), new TableSectors((1 << 30) - 512, [1, 2, 3])],
                Head = new RegionRecord(ChunkId.Of("head"u8), 1 << 20, 4096, 0, 1),
                Partitions =
                [
                    new PartitionRecord
                    {
                        Number = 1, Offset = 1 << 20, Length = 100 << 20, Type = "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7", Name = "Basic data", Uuid = "u",
                        Content = PartitionContent.Image, FileSystem = "ntfs", FileSystemUuid = "01D9", FileSystemLabel = "Windows", Grow = true,
                        Region = new RegionRecord(ChunkId.Of("ntfs"u8), 100 << 20, 50 << 20, 1 << 20, 200),
                        LeftOut = [new LeftOutFile("pagefile.sys", 1 << 30)], BadSectors = [new ByteRange(4096, 512)],
                    },
                    new PartitionRecord { Number = 2, Offset = 200 << 20, Length = 10 << 20, Type = "S", Content = PartitionContent.Swap, FileSystemUuid = "x" },
                ],
            },
        ],
    };
}
