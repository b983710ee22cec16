using OsDeploy.Api.Configurations;
using OsDeploy.Boot;
using OsDeploy.Lab.Disks;
using OsDeploy.Lab.Pcs;
using OsDeploy.MachineTests.Boot;
using OsDeploy.MachineTests.Disks;
using OsDeploy.MachineTests.Imaging;
using OsDeploy.Personalisation;
using OsDeploy.Text;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.MachineTests.Personalisation;

/// <summary>A disk with an MBR, as BIOS computers have it: captured, restored onto a larger one as another host, and started from its own boot code.</summary>
public sealed class StartTests : IDisposable
{
    private const long MiB = 1 << 20;
    private const int Sector = 512;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osd-mbr-");

    public StartTests() => Root.OrSkip();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_BIOS_starts_the_restored_disk_and_it_knows_its_name()
    {
        var (_, client) = ClientImageFiles.OrSkip();
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync(client);
        await lab.CaptureAsync(master);
        await using var disk = await TestDisk.CreateAsync(320 * MiB);
        var host = new Personality { Name = ComputerName.Parse("r101-pc05"), Systems = [new PersonalSystem(1, 1, OperatingSystem.Linux, JoinMode.No)] };
        await lab.RestoreAsync(disk, ImagingLab.Restoring with { Personal = new PersonalLab().Personaliser(host) });

        await using var pc = QemuPc.SwitchOn(_folder.FullName, new PcParts("pc") { Disks = [new PcDisk(disk.ImageFile, "TARGET", "ide-hd")] });
        await pc.WaitForAsync(LabLinux.Marker + "r101-pc05 on /dev/sda1", TimeSpan.FromMinutes(4), Cancel);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // GRUB reads ext2 of any age, and not what ext4 has learned since.
    private async Task<TestDisk> MasterAsync(string client)
    {
        var disk = await TestDisk.CreateAsync(240 * MiB, "label: dos\nstart=2048,size=220MiB,type=83,bootable\n");
        await disk.FormatAsync(1, "ext2", "-L", LabLinux.RootLabel);
        await BiosStart.InstallAsync(disk.ImageFile, Sector, "(hd0,msdos1)/grub", _folder.FullName, Cancel);
        await using var mount = await disk.MountAsync(1);
        foreach (var folder in new[] { "etc", "grub" })
        {
            Directory.CreateDirectory(Path.Combine(mount.Folder, folder));
        }

        await File.WriteAllTextAsync(Path.Combine(mount.Folder, "etc/hostname"), "master\n", Cancel);
        await File.WriteAllTextAsync(Path.Combine(mount.Folder, "grub/grub.cfg"), LabLinux.GrubScript, Cancel);
        await LabLinux.WriteInitrdAsync(Path.Combine(mount.Folder, "lab.img"), _folder.CreateSubdirectory("work").FullName, Cancel);
        File.Copy(Path.Combine(client, ClientBuild.Kernel), Path.Combine(mount.Folder, "vmlinuz"));
        File.Copy(Path.Combine(client, ClientBuild.Initrd), Path.Combine(mount.Folder, "initrd.img"));
        return disk;
    }
}
