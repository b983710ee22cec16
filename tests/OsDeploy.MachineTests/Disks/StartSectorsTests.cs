using System.Globalization;
using OsDeploy.Disks;

namespace OsDeploy.MachineTests.Disks;

public sealed class StartSectorsTests
{
    private const long Mib = 1 << 20;

    public StartSectorsTests() => Root.OrSkip();

    [Theory]
    [InlineData("ntfs", 100, 512)]
    [InlineData("ntfs", 100, 4096)]
    [InlineData("fat16", 100, 512)]
    [InlineData("fat32", 100, 512)]
    [InlineData("fat32", 300, 4096)]
    [InlineData("exfat", 100, 512)]
    [InlineData("exfat", 100, 4096)]
    public async Task A_moved_file_system_knows_its_new_start_in_both_boot_sectors(string fileSystem, int mib, int sectorSize)
    {
        await using var disk = await TestDisk.CreateAsync((mib + 10) * Mib, string.Create(CultureInfo.InvariantCulture, $"label: gpt\nstart=1MiB, size={mib}MiB"), sectorSize);
        await disk.FormatAsync(1, fileSystem);
        var partition = await disk.PartitionAsync(1);

        // As if the partition had come from 7 MiB further on.
        var record = DiskRecords.Of(await disk.InspectAsync()).Partitions[0] with { Offset = 8 * Mib };
        using (var file = DiskFile.OpenWrite(await disk.IdentifyAsync()))
        {
            StartSectors.Patch(file, new PlacedPartition(record, Mib, record.Length));
        }

        var boot = await ReadAsync(disk, partition.Offset, 12 * sectorSize);
        var start = (ulong)(Mib / sectorSize);
        if (fileSystem == "exfat")
        {
            Assert.Equal(start, BitConverter.ToUInt64(boot, 64));
            Assert.Equal(boot, await ReadAsync(disk, partition.Offset + (12 * sectorSize), 12 * sectorSize));
        }
        else
        {
            Assert.Equal(start, BitConverter.ToUInt32(boot, 0x1C));
            var backup = fileSystem == "ntfs" ? partition.Length - sectorSize : fileSystem == "fat32" ? 6 * sectorSize : 0;
            Assert.Equal(boot[..512], (await ReadAsync(disk, partition.Offset + backup, 512)));
        }

        await FileSystemCheck.RunAsync(disk, 1);
    }

    [Theory]
    [InlineData("ext4")]
    [InlineData("btrfs")]
    public async Task A_file_system_without_such_a_note_is_left_alone(string fileSystem)
    {
        await using var disk = await TestDisk.CreateAsync(132 * Mib, "label: gpt\nstart=1MiB, size=130MiB");
        await disk.FormatAsync(1, fileSystem);
        var before = await disk.HashAsync();
        var record = DiskRecords.Of(await disk.InspectAsync()).Partitions[0] with { Offset = 8 * Mib };
        using (var file = DiskFile.OpenWrite(await disk.IdentifyAsync()))
        {
            StartSectors.Patch(file, new PlacedPartition(record, Mib, record.Length));
        }

        Assert.Equal(before, await disk.HashAsync());
    }

    private static async Task<byte[]> ReadAsync(TestDisk disk, long offset, int length)
    {
        using var file = DiskFile.OpenRead(await disk.IdentifyAsync());
        var content = new byte[length];
        file.Read(offset, content);
        return content;
    }
}
