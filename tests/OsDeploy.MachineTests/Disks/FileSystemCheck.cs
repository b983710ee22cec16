using System.Security.Cryptography;
using OsDeploy.Disks;

namespace OsDeploy.MachineTests.Disks;

/// <summary>Asks a file system's own tools whether it is whole, and compares its files with those of a folder.</summary>
public static class FileSystemCheck
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Fails if the checker of the partition's file system finds anything.</summary>
    public static async Task RunAsync(TestDisk disk, int number)
    {
        var fileSystem = (await disk.PartitionAsync(number)).FileSystem;
        await using var device = await disk.AttachAsync(number, isReadOnly: fileSystem is not "btrfs");
        string[] command = fileSystem switch
        {
            "vfat" => ["fsck.fat", "-n", device.Path],
            "exfat" => ["fsck.exfat", "-n", device.Path],
            "ntfs" => ["ntfsresize", "--check", "--force", device.Path],
            "ext2" or "ext3" or "ext4" => ["e2fsck", "-f", "-n", device.Path],
            "btrfs" => ["btrfs", "check", "--readonly", "--check-data-csum", device.Path],
            "xfs" => ["xfs_repair", "-n", device.Path],
            "f2fs" => ["fsck.f2fs", "--dry-run", device.Path],
            _ => throw new InvalidOperationException($"no checker for {fileSystem}"),
        };
        await TestDisk.RunAsync(command);
        if (fileSystem == "btrfs")
        {
            await ScrubAsync(device);
        }
    }

    /// <summary>Fails unless the partition holds every file of the folder with the same content.</summary>
    public static async Task AssertFilesAsync(TestDisk disk, int number, string folder)
    {
        var fileSystem = (await disk.PartitionAsync(number)).FileSystem;
        if (fileSystem == "f2fs")
        {
            await AssertBlocksAsync(disk, number, folder);
        }
        else if (fileSystem == "vfat")
        {
            var copy = Directory.CreateTempSubdirectory("osdeploy-copy-").FullName;
            try
            {
                await using var device = await disk.AttachAsync(number, isReadOnly: true);
                await TestDisk.RunAsync("mcopy", "-s", "-i", device.Path, "::/", copy);
                AssertSame(folder, copy);
            }
            finally
            {
                Directory.Delete(copy, recursive: true);
            }
        }
        else
        {
            await using var mount = await disk.MountAsync(number, isReadOnly: true);
            AssertSame(folder, mount.Folder);
        }
    }

    // Nothing here reads files out of an f2fs; but every whole block of every file must lie somewhere in the partition.
    private static async Task AssertBlocksAsync(TestDisk disk, int number, string folder)
    {
        const int blockSize = 4096;
        await using var device = await disk.AttachAsync(number, isReadOnly: true);
        var partition = await File.ReadAllBytesAsync(device.Path, Cancel);
        var blocks = partition.Chunk(blockSize).Select(block => Convert.ToHexString(SHA256.HashData(block))).ToHashSet();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var whole = File.ReadAllBytes(file).Chunk(blockSize).Where(block => block.Length == blockSize);
            Assert.All(whole, block => Assert.Contains(Convert.ToHexString(SHA256.HashData(block)), blocks));
        }
    }

    private static void AssertSame(string expected, string actual)
    {
        var files = Directory.EnumerateFiles(expected, "*", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var name = Path.GetRelativePath(expected, file);
            Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(actual, name))), $"{name} differs");
        }
    }

    // "check" reads one copy of the metadata; a scrub reads all, and counts what it had to mend from another copy.
    private static async Task ScrubAsync(LoopDevice device)
    {
        var folder = Directory.CreateTempSubdirectory("osdeploy-scrub-").FullName;
        await TestDisk.RunAsync("mount", device.Path, folder);
        try
        {
            var result = await TestDisk.RunAsync("btrfs", "scrub", "start", "-B", folder);
            Assert.Contains("no errors found", result, StringComparison.Ordinal);
        }
        finally
        {
            await new Command("umount", folder).RunAsync(Cancel);
            Directory.Delete(folder);
        }
    }
}
