using OsDeploy.Lab.Disks;
using OsDeploy.MachineTests.Disks;

namespace OsDeploy.MachineTests.Imaging;

/// <summary>Which files a partition holds, with everything that belongs to them.</summary>
internal static class Volumes
{
    /// <summary>Number of its files, and SHA-256 over all that is in and about them.</summary>
    /// <param name="without">Folders that do not count, as <c>./etc</c>.</param>
    public static async Task<PartitionFiles> FilesAsync(TestDisk disk, int number, params IReadOnlyList<string> without) =>
        await PartitionFiles.ReadAsync(await disk.AttachAsync(number, isReadOnly: true), (await disk.PartitionAsync(number)).FileSystem, TestContext.Current.CancellationToken, without);
}
