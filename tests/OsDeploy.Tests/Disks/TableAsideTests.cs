using OsDeploy.Disks;
using OsDeploy.Tests.Imaging;
using Xunit;

namespace OsDeploy.Tests.Disks;

public sealed class TableAsideTests
{
    private const int SectorSize = 512;

    private static readonly SetAside s_restore = new(AsideWork.Restore, 3);

    [Fact]
    public void What_is_set_aside_is_found_and_comes_back_to_the_byte() => Seeded.Cases(500, random =>
    {
        var table = TableOf(random);
        using var disk = DiskOf(table);
        var work = new SetAside(random.Next(2) == 0 ? AsideWork.Restore : AsideWork.Personalisation, random.Next(1, 256));

        TableAside.Put(disk, work);

        Assert.Equal(work, TableAside.Read(disk));
        Assert.Equal(1, disk.Writes);
        TableAside.PutBack(disk);
        Assert.Equal(table, disk.Content);
        Assert.Null(TableAside.Read(disk));
    });

    [Fact]
    public void Neither_the_signature_nor_an_entry_that_a_loader_knows_is_left()
    {
        Seeded.Cases(500, random =>
        {
            using var disk = DiskOf(TableOf(random));
            TableAside.Put(disk, s_restore);

            Assert.False(MbrEntry.IsTable(disk.Content));
            Assert.All(Enumerable.Range(0, 4), entry => Assert.False(disk.Content[446 + (16 * entry)] is 0x00 or 0x80));
        });

        using var gpt = DiskOf(TableOf(MbrEntry.Protective));
        TableAside.Put(gpt, s_restore);
        Assert.DoesNotContain(MbrEntry.All(gpt.Content), entry => entry.Type == MbrEntry.Protective);
    }

    [Fact]
    public void Set_aside_for_another_partition_it_comes_back_the_same()
    {
        var table = TableOf(new Random(Seeded.Seed));
        using var disk = DiskOf(table);
        TableAside.Put(disk, s_restore);
        TableAside.Put(disk, new SetAside(AsideWork.Personalisation, 5));

        Assert.Equal(new SetAside(AsideWork.Personalisation, 5), TableAside.Read(disk));
        TableAside.PutBack(disk);
        Assert.Equal(table, disk.Content);
    }

    [Fact]
    public void A_sector_of_anybody_elses_is_not_taken_for_one_and_not_written()
    {
        var random = new Random(Seeded.Seed);
        foreach (var sector in new[] { new byte[SectorSize], Filled(0xFF), Filled(0xD1), Filled(0xD2), TableOf(random) })
        {
            using var disk = DiskOf(sector);
            Assert.Null(TableAside.Read(disk));
            TableAside.PutBack(disk);
            Assert.Equal(0, disk.Writes);
        }

        var foreign = new byte[SectorSize];
        for (var run = 0; run < 20_000; run++)
        {
            random.NextBytes(foreign);
            (foreign[510], foreign[511]) = (0xD1, 3); // its last bytes are ours by chance
            Assert.Null(TableAside.Read(foreign));
        }
    }

    [Fact]
    public void A_table_that_would_not_come_back_as_it_was_is_refused_and_not_written()
    {
        var odd = TableOf(new Random(Seeded.Seed));
        odd[446] = 0x01;
        foreach (var (sector, partition) in new[] { (odd, 1), (new byte[SectorSize], 1), (TableOf(MbrEntry.Protective), 256) })
        {
            using var disk = DiskOf(sector);
            var error = Assert.Throws<UserErrorException>(() => TableAside.Put(disk, new SetAside(AsideWork.Restore, partition)));
            Assert.Equal("disk-table-aside", error.Code);
            Assert.Equal(0, disk.Writes);
        }
    }

    private static byte[] Filled(byte value) => [.. Enumerable.Repeat(value, SectorSize)];

    private static MemoryDisk DiskOf(byte[] sector)
    {
        var disk = new MemoryDisk(SectorSize);
        disk.Fill(sector);
        return disk;
    }

    private static byte[] TableOf(byte type)
    {
        var sector = new byte[SectorSize];
        (sector[450], sector[454], sector[510], sector[511]) = (type, 1, 0x55, 0xAA);
        return sector;
    }

    private static byte[] TableOf(Random random)
    {
        var sector = new byte[SectorSize];
        random.NextBytes(sector);
        for (var entry = 446; entry < 510; entry += 16)
        {
            sector[entry] = (byte)(random.Next(2) * 0x80);
            sector[entry + 4] = (byte)random.Next(1, 256);
        }

        (sector[510], sector[511]) = (0x55, 0xAA);
        return sector;
    }
}
