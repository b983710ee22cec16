using OsDeploy.MachineTests.Disks;

namespace OsDeploy.MachineTests.Imaging;

/// <summary>Which files a partition holds, with everything that belongs to them.</summary>
internal static class Volumes
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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
