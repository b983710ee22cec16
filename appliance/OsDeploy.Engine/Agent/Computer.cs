using OsDeploy.Agent.Firmware;
using OsDeploy.Agent.Hardware;
using OsDeploy.Api.Hosts;
using OsDeploy.Disks;

namespace OsDeploy.Agent;

/// <summary>The computer an agent works on.</summary>
public abstract class Computer
{
    /// <summary>It exists for a test only; servers that do not allow such are not told of it.</summary>
    public abstract bool IsLab { get; }

    public abstract Task<(HardwareIdentity Identity, Inventory Inventory)> ReadAsync(CancellationToken cancel);

    /// <summary>Disks that are there now; looked for anew each time.</summary>
    public abstract Task<IReadOnlyList<PresentDisk>> DisksAsync(CancellationToken cancel);

    /// <summary>What is on a disk now; null: that cannot be read.</summary>
    public virtual async Task<DiskLayout?> LookAtAsync(PresentDisk disk, CancellationToken cancel)
    {
        try
        {
            return await DiskInspector.InspectAsync(disk.Path, cancel);
        }
        catch (Exception e) when (e is UserErrorException or IOException or UnauthorizedAccessException)
        {
            return null; // bad sectors, or just being unplugged
        }
    }

    /// <summary>Tells the firmware what a disk that was restored as a whole starts with.</summary>
    /// <returns>What was done; null: nothing had to be.</returns>
    /// <exception cref="UserErrorException">It could not be told; the disk is as good as without.</exception>
    public virtual Task<string?> RegisterSystemAsync(PresentDisk disk, CancellationToken cancel) => Task.FromResult<string?>(null);

    /// <summary>Why it cannot be restarted or switched off; null: it can.</summary>
    public abstract UserErrorException? WhyNoReboot();

    /// <summary>Returns when the restart is under way.</summary>
    public abstract Task RebootAsync(CancellationToken cancel);

    /// <inheritdoc cref="RebootAsync"/>
    public abstract Task PowerOffAsync(CancellationToken cancel);
}

/// <summary>The computer this program runs on.</summary>
public sealed class RealComputer : Computer
{
    public override bool IsLab => false;

    public override async Task<(HardwareIdentity Identity, Inventory Inventory)> ReadAsync(CancellationToken cancel)
    {
        var reader = new HardwareReader("/");
        var names = await PciNames.ReadAsync(cancel);
        var disks = await DisksAsync(cancel);
        return (reader.ReadIdentity(), reader.ReadInventory([.. disks.Select(disk => disk.Disk)], await PartitionsAsync(disks, cancel), names));
    }

    private async Task<IReadOnlyList<HostPartition>> PartitionsAsync(IReadOnlyList<PresentDisk> disks, CancellationToken cancel)
    {
        var found = new List<HostPartition>();
        foreach (var disk in disks)
        {
            var layout = await LookAtAsync(disk, cancel);
            found.AddRange((layout?.Partitions ?? []).Where(partition => !partition.IsContainer).Select(partition => new HostPartition(
                disk.Disk.Name, partition.Number, partition.Length, PresentDisk.TextOf(partition.FileSystem), PresentDisk.TextOf(partition.FileSystemLabel ?? partition.Name))));
        }

        return found;
    }

    // A live system runs from a loop device over its own image; the stick this one came from is nobody's target.
    public override async Task<IReadOnlyList<PresentDisk>> DisksAsync(CancellationToken cancel) =>
        [.. (await DiskInspector.ListAsync(cancel)).Where(disk => !disk.Path.StartsWith("/dev/loop", StringComparison.Ordinal) && !disk.InUse.Contains(DiskInspector.StartMediumUse)).Select(PresentDisk.Of)];

    public override Task<string?> RegisterSystemAsync(PresentDisk disk, CancellationToken cancel) => FirmwareBoot.RegisterAsync(disk, cancel);

    public override UserErrorException? WhyNoReboot() => KernelReboot.IsOurs ? null : Command.WhyMissing("systemctl");

    public override Task RebootAsync(CancellationToken cancel) =>
        KernelReboot.IsOurs ? KernelReboot.RestartAsync(cancel) : new Command("systemctl", "reboot").RunAsync(cancel);

    public override Task PowerOffAsync(CancellationToken cancel) =>
        KernelReboot.IsOurs ? KernelReboot.PowerOffAsync(cancel) : new Command("systemctl", "poweroff").RunAsync(cancel);
}

/// <param name="Disk">Image file or block device.</param>
/// <param name="Serial">Serial number it is to have.</param>
public sealed record LabDisk(string Disk, string Serial);

/// <summary>A computer of a test: it says of itself what it was told to say, and its disks are files.</summary>
public sealed class LabComputer(LabIdentity identity, IReadOnlyList<LabDisk> disks) : Computer
{
    public override bool IsLab => true;

    public override async Task<(HardwareIdentity Identity, Inventory Inventory)> ReadAsync(CancellationToken cancel)
    {
        var present = await DisksAsync(cancel);
        return (
            new HardwareIdentity(identity.SystemUuid, identity.SystemSerial, identity.BoardSerial, identity.Macs),
            new Inventory(identity.Vendor, identity.Model, identity.Firmware, identity.MemoryBytes, [.. present.Select(disk => disk.Disk)], []));
    }

    public override async Task<IReadOnlyList<PresentDisk>> DisksAsync(CancellationToken cancel)
    {
        var present = new List<PresentDisk>();
        foreach (var (path, serial) in disks.Where(disk => File.Exists(disk.Disk)))
        {
            var disk = await DiskInspector.IdentifyAsync(path, cancel);
            present.Add(PresentDisk.Of(disk with { Model = "lab", Serial = serial, Wwn = null }));
        }

        return present;
    }

    public override UserErrorException? WhyNoReboot() => null;

    public override Task RebootAsync(CancellationToken cancel) => Task.CompletedTask;

    public override Task PowerOffAsync(CancellationToken cancel) => Task.CompletedTask;
}
