using System.Globalization;
using OsDeploy.Disks;
using OsDeploy.Images;

namespace OsDeploy.MachineTests.Disks;

/// <summary>
/// The oracle is the file system itself: a copy in which every byte outside the map is 0xA5 must pass its checker and give back every
/// file.
/// </summary>
public sealed class UsedMapTests : IDisposable
{
    private const long Mib = 1 << 20;
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("osdeploy-files-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public UsedMapTests() => Root.OrSkip();

    public void Dispose() => _files.Delete(recursive: true);

    [Theory]
    [InlineData("fat16", 200)]
    [InlineData("fat32", 400)]
    [InlineData("ntfs", 400)]
    [InlineData("ext2", 400)]
    [InlineData("ext3", 400)]
    [InlineData("ext4", 400)]
    [InlineData("ext4", 400, "-b", "4096")]
    [InlineData("btrfs", 400)]
    [InlineData("xfs", 400)]
    [InlineData("exfat", 400)]
    [InlineData("f2fs", 400)]
    public async Task A_file_system_lives_on_with_nothing_but_its_used_bytes(string fileSystem, int mib, params string[] options)
    {
        // Odd bounds: the partition ends 512 bytes behind a cluster, and is not the first.
        await using var disk = await TestDisk.CreateAsync((mib + 40) * Mib, string.Create(CultureInfo.InvariantCulture, $"""
            label: gpt
            start=2048, size=4096
            start=8192, size={(mib * 2048) + 1}
            """));
        await disk.FormatAsync(2, fileSystem, options);
        await WriteFilesAsync(mib);
        await disk.CopyInAsync(2, _files.FullName);
        var layout = await disk.InspectAsync();
        var partition = layout.Partitions[1];
        Assert.True(UsedMap.Supports(partition.FileSystem));
        Assert.Empty(await CaptureChecks.FindAsync(layout, null, allowRaw: false, Cancel));

        var before = await disk.HashAsync();
        var map = await UsedMap.ReadAsync(layout, partition, Cancel);
        Assert.Equal(before, await disk.HashAsync());
        var free = map.Used.Gaps(new(0, partition.Length));
        Assert.InRange(map.Used.TotalLength, 1, partition.Length - 1);
        Assert.True(map.Used.TotalLength < partition.Length * 9 / 10, $"{map.Used.TotalLength} of {partition.Length} bytes are said to be used");
        Fill(layout.Disk, partition, free);
        await FileSystemCheck.RunAsync(disk, 2);
        await FileSystemCheck.AssertFilesAsync(disk, 2, _files.FullName);
    }

    [Fact]
    public async Task A_fat12_is_taken_whole()
    {
        await using var disk = await TestDisk.CreateAsync(20 * Mib, "label: dos\nstart=2048, size=16MiB, type=1");
        await disk.FormatAsync(1, "fat12");
        var layout = await disk.InspectAsync();
        var map = await UsedMap.ReadAsync(layout, layout.Partitions[0], Cancel);
        Assert.Equal([new ByteRange(0, 16 * Mib)], map.Used.Runs.ToArray());
    }

    [Fact]
    public async Task Page_swap_and_hibernation_files_of_windows_are_left_out_but_for_their_head()
    {
        await using var disk = await TestDisk.CreateAsync(400 * Mib, "label: gpt\nstart=2048, size=380MiB");
        await disk.FormatAsync(1, "ntfs");
        await using (var mount = await disk.MountAsync(1))
        {
            WriteRandom(Path.Combine(mount.Folder, "pagefile.sys"), 20 * Mib, seed: 1);
            WriteRandom(Path.Combine(mount.Folder, "keep.bin"), Mib, seed: 2);
            WriteRandom(Path.Combine(mount.Folder, "pagefile.sys"), 9 * Mib, seed: 3, append: true); // a second run
            WriteRandom(Path.Combine(mount.Folder, "swapfile.sys"), 100, seed: 4); // resident
            using var sparse = File.OpenHandle(Path.Combine(mount.Folder, "hiberfil.sys"), FileMode.CreateNew, FileAccess.Write);
            RandomAccess.Write(sparse, new byte[1], 8 * Mib); // begins with a hole: kept as it is
        }

        var layout = await disk.InspectAsync();
        var map = await UsedMap.ReadAsync(layout, layout.Partitions[0], Cancel);
        Assert.Equal([new LeftOutFile("/pagefile.sys", (29 * Mib) - (64 << 10))], map.LeftOut);
        var expectedHead = new byte[64 << 10];
        new Random(1).NextBytes(expectedHead);
        Fill(layout.Disk, layout.Partitions[0], map.Used.Gaps(new(0, layout.Partitions[0].Length)));
        await FileSystemCheck.RunAsync(disk, 1);
        await using var after = await disk.MountAsync(1, isReadOnly: true);
        var content = await File.ReadAllBytesAsync(Path.Combine(after.Folder, "pagefile.sys"), Cancel);
        Assert.Equal(29 * Mib, content.Length);
        Assert.Equal(expectedHead, content[..expectedHead.Length]);
        Assert.All(content[expectedHead.Length..].Distinct(), value => Assert.Equal(0xA5, value));
        var kept = new byte[Mib];
        new Random(2).NextBytes(kept);
        Assert.Equal(kept, await File.ReadAllBytesAsync(Path.Combine(after.Folder, "keep.bin"), Cancel));
    }

    [Fact]
    public async Task A_swap_file_on_ext4_is_left_out_but_a_file_that_only_has_its_name_is_kept()
    {
        await using var disk = await TestDisk.CreateAsync(400 * Mib, "label: gpt\nstart=2048, size=380MiB");
        await disk.FormatAsync(1, "ext4");
        await using (var mount = await disk.MountAsync(1))
        {
            WriteRandom(Path.Combine(mount.Folder, "swapfile"), 30 * Mib, seed: 1);
            WriteRandom(Path.Combine(mount.Folder, "swap.img"), 5 * Mib, seed: 2);
            await TestDisk.RunAsync("mkswap", Path.Combine(mount.Folder, "swapfile"));
        }

        var layout = await disk.InspectAsync();
        var map = await UsedMap.ReadAsync(layout, layout.Partitions[0], Cancel);
        Assert.Equal([new LeftOutFile("/swapfile", (30 * Mib) - (64 << 10))], map.LeftOut);
        Fill(layout.Disk, layout.Partitions[0], map.Used.Gaps(new(0, layout.Partitions[0].Length)));
        await FileSystemCheck.RunAsync(disk, 1);
        await using var after = await disk.MountAsync(1, isReadOnly: true);
        Assert.Equal("swap", await TestDisk.RunAsync("blkid", "-p", "-o", "value", "-s", "TYPE", Path.Combine(after.Folder, "swapfile")));
        var kept = new byte[5 * Mib];
        new Random(2).NextBytes(kept);
        Assert.Equal(kept, await File.ReadAllBytesAsync(Path.Combine(after.Folder, "swap.img"), Cancel));
    }

    [Fact]
    public async Task A_file_system_larger_than_its_partition_has_no_map()
    {
        await using var disk = await TestDisk.CreateAsync(400 * Mib, "label: gpt\nstart=2048, size=380MiB");
        await disk.FormatAsync(1, "ext4");
        await new Command("sfdisk", "--quiet", "--no-reread", "--no-tell-kernel", "-N", "1", disk.Path).WithInput("size=100MiB").RunAsync(Cancel);
        var layout = await disk.InspectAsync();
        var error = await Assert.ThrowsAsync<UserErrorException>(() => UsedMap.ReadAsync(layout, layout.Partitions[0], Cancel));
        Assert.Equal("volume-map", error.Code);
    }

    private static void Fill(DiskIdentity identity, PartitionLayout partition, RangeSet free)
    {
        using var disk = DiskFile.OpenWrite(identity);
        var junk = new byte[Mib];
        Array.Fill(junk, (byte)0xA5);
        foreach (var run in free.Runs)
        {
            for (var position = run.Start; position < run.End; position += junk.Length)
            {
                disk.Write(partition.Offset + position, junk.AsSpan(0, (int)Math.Min(junk.Length, run.End - position)));
            }
        }

        disk.Flush();
    }

    // Files of many sizes, so that the map has many runs.
    private async Task WriteFilesAsync(int mib)
    {
        var random = new Random(42);
        foreach (var folder in Enumerable.Range(0, 10).Select(i => _files.CreateSubdirectory($"folder {i}")))
        {
            for (var i = 0; i < 12; i++)
            {
                var content = new byte[random.Next(1, mib < 100 ? 20_000 : 300_000)];
                random.NextBytes(content);
                await File.WriteAllBytesAsync(Path.Combine(folder.FullName, $"file-{i}.bin"), content, Cancel);
            }
        }
    }

    private static void WriteRandom(string path, long length, int seed, bool append = false)
    {
        var content = new byte[length];
        new Random(seed).NextBytes(content);
        using var file = new FileStream(path, append ? FileMode.Append : FileMode.CreateNew);
        file.Write(content);
    }
}
