using OsDeploy.MachineTests.Disks;

namespace OsDeploy.MachineTests.Imaging;

/// <summary>What the file systems' own tools say of a partition: is it clean, and which files does it hold.</summary>
internal static class Volumes
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task AssertCleanAsync(TestDisk disk, int number)
    {
        var fileSystem = (await disk.PartitionAsync(number)).FileSystem;
        await using var device = await disk.AttachAsync(number, isReadOnly: true);
        string[] check = fileSystem switch
        {
            "ntfs" => ["ntfsresize", "--info", "--force", "--no-progress-bar", device.Path],
            "ext2" or "ext3" or "ext4" => ["e2fsck", "-f", "-n", device.Path],
            "btrfs" => ["btrfs", "check", "--readonly", device.Path],
            "xfs" => ["xfs_repair", "-n", device.Path],
            "vfat" => ["fsck.fat", "-n", device.Path],
            "exfat" => ["fsck.exfat", "-n", device.Path],
            "f2fs" => ["fsck.f2fs", "--dry-run", device.Path],
            _ => throw new ArgumentOutOfRangeException(nameof(number), fileSystem, "has no checker"),
        };
        await TestDisk.RunAsync(check);
    }

    /// <summary>SHA-256 over names, contents, times, owners, modes, links, extended attributes and access control lists of all files.</summary>
    public static async Task<string> FilesAsync(TestDisk disk, int number, string scratch)
    {
        var fileSystem = (await disk.PartitionAsync(number)).FileSystem;
        if (fileSystem is "vfat")
        {
            await using var device = await disk.AttachAsync(number, isReadOnly: true);
            var copy = Directory.CreateDirectory(Path.Combine(scratch, Guid.NewGuid().ToString("N"))).FullName;
            await TestDisk.RunAsync("mcopy", "-s", "-m", "-n", "-i", device.Path, "::/", copy);
            return await DigestAsync(copy);
        }

        await using var mount = await disk.MountAsync(number, isReadOnly: true);
        return await DigestAsync(mount.Folder);
    }

    private static async Task<string> DigestAsync(string folder)
    {
        var archive = Path.GetTempFileName();
        try
        {
            await TestDisk.RunAsync(
                "tar", "--create", "--file", archive, "--directory", folder, "--sort=name", "--numeric-owner", "--xattrs", "--acls",
                "--format=posix", "--pax-option=delete=atime,delete=ctime", "--exclude=./lost+found", ".");
            await using var content = File.OpenRead(archive);
            return Convert.ToHexString(await System.Security.Cryptography.SHA256.HashDataAsync(content, Cancel));
        }
        finally
        {
            File.Delete(archive);
        }
    }
}
