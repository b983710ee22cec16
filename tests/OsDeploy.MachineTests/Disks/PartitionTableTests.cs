using OsDeploy.Disks;

namespace OsDeploy.MachineTests.Disks;

/// <summary>Tables computed for other disks, judged by sfdisk.</summary>
public sealed class PartitionTableTests
{
    private const long Mib = 1 << 20;

    private const string Gpt = """
        label: gpt
        label-id: 11111111-2222-3333-4444-555555555555
        start=1MiB, size=50MiB, type=U, name="EFI system partition", uuid=AAAAAAAA-0000-0000-0000-000000000001
        size=16MiB, type=E3C9E316-0B5C-4DB8-817D-F92DF00215AE, attrs="GUID:63"
        size=100MiB, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7, name="Größe"
        size=30MiB, type=DE94BBA4-06D1-4D40-A16A-BFD50179D6AC, attrs="RequiredPartition,GUID:63", uuid=AAAAAAAA-0000-0000-0000-000000000004
        """;

    // Two logical partitions behind the one that grows, one before it, and a primary one behind the extended partition.
    private const string Mbr = """
        label: dos
        label-id: 0xdeadbeef
        1: start=1MiB, size=20MiB, type=7, bootable
        2: start=21MiB, size=150MiB, type=5
        3: start=171MiB, size=20MiB, type=27
        5: start=22MiB, size=20MiB, type=83
        6: start=43MiB, size=60MiB, type=83
        7: start=104MiB, size=20MiB, type=82
        8: start=125MiB, size=30MiB, type=83
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public PartitionTableTests() => Root.OrSkip();

    [Theory]
    [InlineData(512)]
    [InlineData(4096)]
    public async Task A_gpt_on_a_larger_disk_keeps_everything_but_positions(int sectorSize)
    {
        await using var small = await TestDisk.CreateAsync(200 * Mib, Gpt, sectorSize);
        await using var large = await TestDisk.CreateAsync(500 * Mib, sectorSize: sectorSize);
        var before = await small.InspectAsync();
        await WriteAsync(before, large, grow: 3);
        var after = await large.InspectAsync();
        Assert.Equal(before.Partitions.Select(partition => (partition.Number, partition.Type, partition.Uuid, partition.Name)),
            after.Partitions.Select(partition => (partition.Number, partition.Type, partition.Uuid, partition.Name)));
        Assert.Equal(Attributes(before), Attributes(after));
        Assert.Equal(before.Partitions.Take(3).Select(partition => partition.Offset), after.Partitions.Take(3).Select(partition => partition.Offset));
        Assert.Equal(before.Partitions[3].Length, after.Partitions[3].Length);
        Assert.Equal(after.Partitions[3].Offset, after.Partitions[2].Offset + after.Partitions[2].Length);
        Assert.InRange((500 * Mib) - (after.Partitions[3].Offset + after.Partitions[3].Length), 1, 2 * Mib);
        Assert.Equal(0, after.Partitions[3].Offset % Mib);
        Assert.Equal(5, after.Table.Count);
        Assert.Equal((500 * Mib) - sectorSize, after.Table[0].Offset);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task An_mbr_on_a_larger_disk_grows_any_partition_with_its_extended_one(int grow)
    {
        await using var small = await TestDisk.CreateAsync(200 * Mib, Mbr);
        await using var large = await TestDisk.CreateAsync(500 * Mib);
        var before = await small.InspectAsync();
        Assert.Equal(7, before.Partitions.Count);
        await WriteAsync(before, large, grow);
        var after = await large.InspectAsync();
        const long room = (500 - 191) * Mib;
        Assert.Equal(before.Partitions.Select(partition => (partition.Number, partition.Type)), after.Partitions.Select(partition => (partition.Number, partition.Type)));
        Assert.Equal(Attributes(before), Attributes(after));
        foreach (var (old, now) in before.Partitions.Zip(after.Partitions))
        {
            var grows = old.Number == grow || (old.IsContainer && grow > 4);
            Assert.Equal(old.Length + (grows ? room : 0), now.Length);
            var growing = before.Partitions.Single(partition => partition.Number == grow);
            Assert.Equal(old.Offset + (old.Offset > growing.Offset ? room : 0), now.Offset);
        }
    }

    [Fact]
    public async Task A_disk_of_the_same_size_gets_the_same_sectors()
    {
        await using var first = await TestDisk.CreateAsync(200 * Mib, Mbr);
        await using var second = await TestDisk.CreateAsync(200 * Mib);
        var before = await first.InspectAsync();
        await WriteAsync(before, second, grow: 6);
        Assert.Equal(before.Table.Select(piece => (piece.Offset, Convert.ToHexString(piece.Bytes))),
            (await second.InspectAsync()).Table.Select(piece => (piece.Offset, Convert.ToHexString(piece.Bytes))));
    }

    [Theory]
    [InlineData(Gpt)]
    [InlineData(Mbr)]
    public async Task A_smaller_disk_that_still_holds_every_partition_gets_the_table(string script)
    {
        await using var large = await TestDisk.CreateAsync(300 * Mib, script);
        await using var small = await TestDisk.CreateAsync(198 * Mib);
        var before = await large.InspectAsync();
        await WriteAsync(before, small, grow: 3);
        Assert.Equal(before.Partitions, (await small.InspectAsync()).Partitions);
    }

    [Fact]
    public async Task Boot_code_survives()
    {
        await using var small = await TestDisk.CreateAsync(200 * Mib, Gpt);
        await using var large = await TestDisk.CreateAsync(500 * Mib);
        using (var disk = DiskFile.OpenWrite(await small.IdentifyAsync()))
        {
            disk.Write(0, Enumerable.Repeat((byte)0x90, 440).ToArray());
        }

        await WriteAsync(await small.InspectAsync(), large, grow: 3);
        var zero = (await large.InspectAsync()).Table[^1];
        Assert.Equal(0, zero.Offset);
        Assert.All(zero.Bytes[..440], value => Assert.Equal(0x90, value));
    }

    private static async Task WriteAsync(DiskLayout image, TestDisk target, int grow)
    {
        var record = DiskRecords.Of(image, grow);
        var identity = await target.IdentifyAsync();
        var table = await PartitionTable.BuildAsync(record, LayoutPlan.For(record, identity.Size, identity.SectorSize), Cancel);
        Assert.Equal(0, table[^1].Offset); // the commit point
        using (var disk = DiskFile.OpenWrite(identity))
        {
            foreach (var piece in table)
            {
                disk.Write(piece.Offset, piece.Bytes);
            }

            disk.Flush();
        }

        var verdict = await new Command("sfdisk", "--verify", target.Path).RunAsync(Cancel);
        Assert.Contains("No errors detected", verdict.Output, StringComparison.Ordinal);
        Assert.Empty(verdict.ErrorOutput);
    }

    private static IEnumerable<string> Attributes(DiskLayout layout)
    {
        var table = layout.Sfdisk!.Value.GetProperty("partitiontable");
        yield return table.GetProperty("id").GetString()!;
        foreach (var partition in table.GetProperty("partitions").EnumerateArray())
        {
            yield return (partition.TryGetProperty("attrs", out var attributes) ? attributes.GetString() : "") + partition.TryGetProperty("bootable", out _);
        }
    }
}
