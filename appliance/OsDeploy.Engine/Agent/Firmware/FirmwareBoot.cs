using OsDeploy.Boot;
using OsDeploy.Disks;

namespace OsDeploy.Agent.Firmware;

/// <summary>Tells the firmware of this computer what a restored disk starts with.</summary>
internal static class FirmwareBoot
{
    private const string Variables = "/sys/firmware/efi/efivars";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static bool HasVariables => Directory.Exists(Variables) && Directory.EnumerateFileSystemEntries(Variables).Any();

    /// <returns>What was done; null: nothing had to be.</returns>
    /// <exception cref="UserErrorException">It could not be told.</exception>
    public static async Task<string?> RegisterAsync(PresentDisk disk, CancellationToken cancel)
    {
        if (!HasVariables)
        {
            return null;
        }

        var layout = await DiskInspector.InspectAsync(disk.Path, cancel);
        if (layout.Partitions.FirstOrDefault(partition => PartitionTypes.IsEfiSystem(partition.Type) && partition.FileSystem == "vfat") is not { } partition)
        {
            return null; // what it holds starts another way
        }

        await using var device = await LoopDevice.AttachAsync(layout.Disk, partition.Offset, partition.Length, isReadOnly: true, cancel);
        var loader = await FileSystems.LookIntoFatAsync(device, LoaderIn, cancel) ?? throw AgentErrors.NoLoader();
        var system = RestoredSystem.Of(disk.Disk, disk.Path, layout.Disk.SectorSize, partition, loader);
        return await new BootRegistration(async arguments =>
            (await new Command("efibootmgr", arguments).WithOwnSession().WithDeadline(s_patience).RunAsync(CancellationToken.None)).Output, await IsFromNetworkAsync(cancel)).RunAsync(system);
    }

    private static async Task<bool> IsFromNetworkAsync(CancellationToken cancel) => KernelParameters.Parse(await File.ReadAllTextAsync("/proc/cmdline", cancel)).Boot is not null;

    // Where there are two systems the other's loader knows of Windows, and not the other way round.
    /// <returns>The first that is there; null: none is.</returns>
    internal static string? LoaderIn(string folder) => EfiLoaders.Distributions.Concat(EfiLoaders.All).FirstOrDefault(loader => File.Exists(folder + loader));
}
