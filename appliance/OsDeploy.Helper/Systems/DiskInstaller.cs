using OsDeploy.Api.Appliance;
using OsDeploy.Api.Helper;
using OsDeploy.Helper.Storage;
using OsDeploy.SetUp;
using OsDeploy.SystemImages;

namespace OsDeploy.Helper.Systems;

/// <summary>Installs the system that runs on a disk: loaders, two places for systems, and the appliance's volume.</summary>
/// <param name="owner">User that the volume belongs to.</param>
/// <param name="work">Folder of root's own.</param>
/// <param name="run">Runs a program to its end.</param>
internal sealed class DiskInstaller(DataDisks disks, uint owner, uint group, string work, Func<Command, CancellationToken, Task> run)
{
    /// <summary>Looks whether it can be done. Nothing is written.</summary>
    /// <returns>Whether the disk gets the appliance's volume too: there must be one, and not two.</returns>
    /// <exception cref="UserErrorException"><c>data-disk-changed</c>, <c>data-disk-refused</c>, <c>data-disk-not-confirmed</c>, <c>system-disk-small</c></exception>
    public async Task<bool> RequireAsync(SystemInstallRequest wanted, CancellationToken cancel)
    {
        var disk = await DataDisks.LookAsync(await FindAsync(wanted, cancel), cancel);
        DataDiskMaker.Require(disk, new DataDiskPrepareRequest(wanted.Path, wanted.Serial, wanted.Size, wanted.Confirm));
        var hasData = !(await disks.VolumesAsync(cancel)).Any(one => one.Disk.Path != wanted.Path);
        return disk.Size >= SystemDisk.LeastSize(hasData) ? hasData : throw Errors.SystemDiskSmall(disk, SystemDisk.LeastSize(hasData));
    }

    /// <summary>
    /// Everything on the disk is lost. Cut short, it holds nothing that starts: what a BIOS and what UEFI start from comes last, when all of it
    /// was read back.
    /// </summary>
    /// <param name="words">Of the kernel's command line that is to be kept: by <see cref="GrubEnvironment"/>'s names.</param>
    /// <exception cref="UserErrorException"><c>system-image-not-written</c>, those of the medium and of the programs.</exception>
    public async Task InstallAsync(
        SystemInstallRequest wanted, bool hasData, SignedSystem system, string publicKey, IReadOnlyDictionary<string, string> words, Action<SystemStep> at, Action<long> done, CancellationToken cancel)
    {
        at(SystemStep.Check);
        await system.VerifyAsync(SystemFiles.Names, done, cancel);

        at(SystemStep.Prepare);

        // Minutes have gone by: another disk may have its name by now.
        var disk = await RequireAsync(wanted, cancel) == hasData ? new SystemDisk(wanted.Path) : throw Errors.DiskChanged(wanted.Path);
        var (bios, efi) = (new BiosLoader(disk.Path), new EfiVolume(disk.Efi, EmptyFolder(), run));
        bios.Clear();
        await PartitionAsync(disk, hasData, cancel);
        await MakeVolumeAsync(disk, hasData, cancel);

        var environment = EnvironmentOf(words);
        await new SlotWriter(Path.Combine(work, "slot"), run).WriteAsync(disk.Slot(SystemDisk.SlotA), SystemDisk.SlotA, environment[GrubEnvironment.IdName(SystemDisk.SlotA)], system, publicKey, at, done, cancel);
        await run(
            new Command("mkfs.ext4", "-q", "-F", "-m", "0", "-U", environment[GrubEnvironment.IdName(SystemDisk.SlotB)], "-L", "osdeploy-b", disk.Slot(SystemDisk.SlotB)), cancel);
        await efi.MakeAsync(system, environment, SystemDisk.EfiSize, done, cancel);
        await efi.ReadBackAsync(system.Manifest, environment, cancel);
        await bios.WriteCoreAsync(system, run, cancel);

        if (hasData)
        {
            await run(new Command("e2label", disk.Data, DataVolume.Label), cancel);
        }

        // Commit points. Both start what is whole by now.
        await efi.CommitAsync(cancel);
        await bios.CommitAsync(system, cancel);
    }

    private static GrubEnvironment EnvironmentOf(IReadOnlyDictionary<string, string> words) => words.Aggregate(
        GrubEnvironment.Empty
            .With(GrubEnvironment.SlotName, SystemDisk.SlotA)
            .With(GrubEnvironment.TryName, "")
            .With(GrubEnvironment.IdName(SystemDisk.SlotA), Guid.NewGuid().ToString())
            .With(GrubEnvironment.IdName(SystemDisk.SlotB), Guid.NewGuid().ToString()),
        (all, word) => all.With(word.Key, word.Value));

    private async Task<BlockDevice> FindAsync(SystemInstallRequest wanted, CancellationToken cancel) =>
        (await disks.DevicesAsync(cancel)).FirstOrDefault(device => device.Path == wanted.Path) ?? throw Errors.DiskChanged(wanted.Path);

    private async Task PartitionAsync(SystemDisk disk, bool hasData, CancellationToken cancel)
    {
        await run(new Command("wipefs", "--all", "--force", disk.Path), cancel);
        await run(new Command("sfdisk", "--quiet", "--lock=yes", "--wipe", "always", "--wipe-partitions", "always", disk.Path).WithInput(SystemDisk.TableOf(hasData)), cancel);
        await DataDiskMaker.SettleAsync(disk.Path, run, cancel);
    }

    // Without its label, which comes when the rest is there: until then it is no appliance's volume.
    private async Task MakeVolumeAsync(SystemDisk disk, bool hasData, CancellationToken cancel)
    {
        if (hasData)
        {
            await run(DataDiskMaker.FileSystemOn(disk.Data, owner, group), cancel);
        }
    }

    private string EmptyFolder()
    {
        var folder = Path.Combine(work, "efi");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Directory.CreateDirectory(folder).FullName;
    }
}
