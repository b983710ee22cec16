using System.Security.Cryptography;
using OsDeploy.Disks;

namespace OsDeploy.Lab.Disks;

/// <summary>Which files a partition holds, with everything that belongs to them.</summary>
/// <param name="Count">Files, not folders.</param>
/// <param name="Digest">SHA-256 over names, contents, times, owners, modes, links, extended attributes and access control lists.</param>
internal sealed record PartitionFiles(int Count, string Digest)
{
    /// <summary>Reads a partition with the drivers that systems use, not with what captures and restores.</summary>
    /// <param name="fileSystem">As the inspection of disks names it. FAT is read without a mount: not every kernel can.</param>
    /// <param name="without">Folders that do not count, as <c>./etc</c>.</param>
    public static async Task<PartitionFiles> ReadAsync(LoopDevice device, string? fileSystem, CancellationToken cancel, params IReadOnlyList<string> without)
    {
        if (fileSystem is not "vfat")
        {
            await using var mount = await PartitionMount.CreateAsync(device, fileSystem, isReadOnly: true, cancel);
            return await OfFolderAsync(mount.Folder, without, cancel);
        }

        await using var attached = device;
        var copy = Directory.CreateTempSubdirectory("osdeploy-files-");
        try
        {
            await new Command("mcopy", "-s", "-m", "-n", "-i", device.Path, "::/", copy.FullName).RunAsync(cancel);
            return await OfFolderAsync(copy.FullName, without, cancel);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    /// <summary>Those of every partition of a disk that has a file system with files, without what is one computer's own.</summary>
    public static async Task<IReadOnlyList<PartitionFiles>> OfDiskAsync(string path, CancellationToken cancel)
    {
        var layout = await DiskInspector.InspectAsync(path, cancel);
        var all = new List<PartitionFiles>();
        foreach (var partition in layout.Partitions.Where(partition => partition.FileSystem is "vfat" or "ntfs" or "ext4"))
        {
            var device = await LoopDevice.AttachAsync(layout.Disk, partition.Offset, partition.Length, isReadOnly: true, cancel);
            all.Add(await ReadAsync(device, partition.FileSystem, cancel, "./etc"));
        }

        return all;
    }

    private static int CountOf(string folder, IReadOnlyList<string> without) => Directory
        .EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
        .Count(file => !without.Any(path => file.StartsWith(Path.GetFullPath(Path.Combine(folder, path)) + "/", StringComparison.Ordinal)));

    private static async Task<PartitionFiles> OfFolderAsync(string folder, IReadOnlyList<string> without, CancellationToken cancel)
    {
        var archive = Path.GetTempFileName();
        try
        {
            await new Command("tar",
            [
                "--create", "--file", archive, "--directory", folder, "--sort=name", "--numeric-owner", "--xattrs", "--acls",
                "--format=posix", "--pax-option=delete=atime,delete=ctime", "--exclude=./lost+found", .. without.Select(path => "--exclude=" + path), ".",
            ]).RunAsync(cancel);
            await using var content = File.OpenRead(archive);
            var digest = Convert.ToHexString(await SHA256.HashDataAsync(content, cancel));
            return new PartitionFiles(CountOf(folder, without), digest);
        }
        finally
        {
            File.Delete(archive);
        }
    }
}
