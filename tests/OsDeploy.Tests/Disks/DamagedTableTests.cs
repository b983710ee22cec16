using OsDeploy.Disks;
using OsDeploy.Images;
using Xunit;

namespace OsDeploy.Tests.Disks;

/// <summary>Tables come from disks and manifests that may hold anything.</summary>
public sealed class DamagedTableTests
{
    private const long Size = 1 << 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_checksum_is_that_of_the_standard() => Assert.Equal(0xCBF43926, Crc32.Of("123456789"u8));

    [Fact]
    public void A_chain_of_logical_partitions_that_runs_in_a_circle_is_refused()
    {
        using var disk = new MemoryDisk(Size);
        Sector(disk, 0, type: 0x05, start: 100, length: 1000);
        Sector(disk, 100, type: 0x05, start: 0, length: 10); // links to itself
        Assert.Throws<FormatException>(() => PartitionTable.Read(disk, "dos"));
    }

    [Fact]
    public void A_chain_that_leaves_the_disk_is_refused()
    {
        using var disk = new MemoryDisk(Size);
        Sector(disk, 0, type: 0x0F, start: 4_000_000_000, length: 10);
        Assert.Throws<FormatException>(() => PartitionTable.Read(disk, "dos"));
    }

    [Fact]
    public void A_gpt_header_with_a_wrong_checksum_is_refused()
    {
        using var disk = new MemoryDisk(Size);
        disk.Write(512, "EFI PART"u8);
        Assert.Throws<FormatException>(() => PartitionTable.Read(disk, "gpt"));
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("dos")]
    public async Task An_image_without_its_table_is_an_error_that_says_so(string label)
    {
        var image = new DiskRecord { Number = 1, Size = Size, SectorSize = 512, Label = label, Table = [new(0, new byte[512])], Partitions = [] };
        var target = LayoutPlan.For(image, 2 * Size, 512);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => PartitionTable.BuildAsync(image, target, Cancel));
        Assert.Equal("disk-table-damaged", error.Code);
    }

    [Fact]
    public void Random_sectors_are_never_a_fault()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var run = 0; run < 2000; run++)
        {
            using var disk = new MemoryDisk(64 << 10);
            for (var sector = 0; sector < 128; sector++)
            {
                Sector(disk, sector, (byte)(random.Next(3) == 0 ? 5 : random.Next(256)), (uint)random.Next(random.Next(1, 200)), (uint)random.Next());
            }

            try
            {
                PartitionTable.Read(disk, "dos");
            }
            catch (FormatException)
            {
                // said no in the agreed way
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, run {run}: {e}");
            }
        }
    }

    private static void Sector(MemoryDisk disk, long number, byte type, uint start, uint length)
    {
        var sector = new byte[512];
        sector[446 + 4] = type;
        BitConverter.TryWriteBytes(sector.AsSpan(446 + 8), start);
        BitConverter.TryWriteBytes(sector.AsSpan(446 + 12), length);
        (sector[510], sector[511]) = (0x55, 0xAA);
        disk.Write(number * 512, sector);
    }

    private sealed class MemoryDisk(long size) : IDisk
    {
        private readonly byte[] _content = new byte[size];

        public string Path => "memory";

        public long Size => _content.Length;

        public int SectorSize => 512;

        public void Read(long offset, Span<byte> buffer) => _content.AsSpan((int)offset, buffer.Length).CopyTo(buffer);

        public void Write(long offset, ReadOnlySpan<byte> content) => content.CopyTo(_content.AsSpan((int)offset));

        public void Flush()
        {
        }

        public void DropCache(long offset, long length)
        {
        }

        public void Dispose()
        {
        }
    }
}
