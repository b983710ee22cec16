using OsDeploy.Images;

namespace OsDeploy.Benchmarks.Machine;

/// <summary>A disk as a sparse file: a GPT with one partition that leaves the first and the last MiB free.</summary>
internal static class DiskImage
{
    private const long Margin = 1 << 20;
    private const string BasicData = "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7";
    private const string LinuxData = "0FC63DAF-8483-4772-8E79-3D69D8477DE4";

    public static ByteRange PartitionOf(string file) => ByteRange.Between(Margin, new FileInfo(file).Length - Margin);

    public static async Task MakeAsync(string file, long size, string fileSystem, CancellationToken cancel)
    {
        File.Delete(file);
        using (var handle = File.OpenHandle(file, FileMode.CreateNew, FileAccess.Write))
        {
            RandomAccess.SetLength(handle, size);
        }

        var (type, sectors) = (fileSystem == "ntfs" ? BasicData : LinuxData, (size - (2 * Margin)) / 512);
        await new Command("sfdisk", "--quiet", "--no-reread", "--no-tell-kernel", file)
            .WithInput($"label: gpt\nstart={Margin / 512}, size={sectors}, type={type}, name=bench\n")
            .RunAsync(cancel);
        var place = PartitionOf(file);
        await using var partition = await LoopDevice.AttachAsync(file, place.Start, place.Length, isReadOnly: false, cancel);
        await Format(fileSystem, partition.Path).RunAsync(cancel);
    }

    /// <summary>Copies a disk, holes as holes.</summary>
    public static async Task CopyAsync(string from, string to, CancellationToken cancel) =>
        await new Command("cp", "--sparse=always", "--reflink=auto", from, to).RunAsync(cancel);

    private static Command Format(string fileSystem, string device) => fileSystem == "ntfs"
        ? new Command("mkntfs", "-F", "-Q", "-q", "-p", $"{Margin / 512}", "-H", "255", "-S", "63", "-L", "bench", device)
        : new Command("mkfs.ext4", "-q", "-F", "-L", "bench", device);
}
