using OsDeploy.Api.Configurations;
using OsDeploy.Boot;
using OsDeploy.ImageBuilder.Debian;
using OsDeploy.Lab.Disks;
using OsDeploy.Lab.Pcs;
using OsDeploy.MachineTests.Boot;
using OsDeploy.MachineTests.Disks;
using OsDeploy.MachineTests.Imaging;
using OsDeploy.Personalisation;
using OsDeploy.Text;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.MachineTests.Personalisation;

/// <summary>A real Debian, captured, restored as another host, and started.</summary>
public sealed class DebianTests : IDisposable
{
    private const int System = 1;
    private const long Size = 1400L << 20;
    private const string MasterKey = "ssh-ed25519 AAAAmaster";
    private const string Marker = "probe: ";

    // Says what the running system knows of itself, and switches it off.
    private const string Probe = $"""
        [Unit]
        After=ssh.service
        [Service]
        Type=oneshot
        ExecStart=/bin/sh -c 'echo "{Marker}$(hostname) $(hostname -f) $(cat /etc/machine-id) $(cat /etc/ssh/ssh_host_ed25519_key.pub)" >/dev/ttyS0; systemctl --no-block poweroff'

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osd-deb-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public DebianTests() => Root.OrSkip();

    [Fact]
    public async Task It_starts_under_its_new_name_with_an_id_and_keys_of_its_own()
    {
        var (_, client) = ClientImageFiles.OrSkip();
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync();
        await lab.CaptureAsync(master);
        await using var disk = await TestDisk.CreateAsync(Size);
        var host = new Personality
        {
            Name = ComputerName.Parse("R101-PC05"),
            Joining = new Joining(Domain: "school.example"),
            Systems = [new PersonalSystem(1, System, OperatingSystem.Linux, JoinMode.No)],
        };
        await lab.RestoreAsync(disk, ImagingLab.Restoring with { Personal = new PersonalLab().Personaliser(host) });

        await using var pc = QemuPc.SwitchOn(_folder.FullName, new PcParts("pc")
        {
            Disks = [new PcDisk(disk.ImageFile, "TARGET")],
            Kernel = new PcKernel(Path.Combine(client, ClientBuild.Kernel), await InitrdAsync(client), "console=ttyS0 rdinit=/lab/init panic=-1 systemd.show_status=no"),
        });
        await pc.WaitForOffAsync(TimeSpan.FromMinutes(6), Cancel);

        Assert.True(pc.Serial.Contains(Marker, StringComparison.Ordinal), pc.Serial);
        var said = pc.Serial.Split('\n').Single(line => line.Contains(Marker, StringComparison.Ordinal));
        var words = said[(said.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)..].Split(' ');
        Assert.Equal(["r101-pc05", "r101-pc05.school.example"], words[..2]);
        Assert.Matches("^[0-9a-f]{32}$", words[2]);
        Assert.NotEqual(new string('a', 32), words[2]);
        Assert.Equal("ssh-ed25519", words[3]);
        Assert.DoesNotContain("master", words[4], StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<TestDisk> MasterAsync()
    {
        var disk = await TestDisk.CreateAsync(Size, "label: dos\nsize=1380MiB,type=83\n");
        await disk.FormatAsync(System, "ext4", "-L", LabLinux.RootLabel);
        await using var mount = await disk.MountAsync(System);
        var mirror = DebianMirror.Choose(null, AptSources.OfThisComputer());
        await new Command("mmdebstrap", "--variant=minbase", "--architectures=amd64", "--mode=root", "--quiet", "--include=systemd-sysv,openssh-server,hostname", "trixie", mount.Folder, "-")
            .WithInput(mirror.ToSources()).WithDeadline(TimeSpan.FromMinutes(10)).RunAsync(Cancel);
        Write(mount.Folder, "etc/hostname", "master\n");
        Write(mount.Folder, "etc/hosts", "127.0.0.1\tlocalhost\n127.0.1.1\tmaster\n");
        Write(mount.Folder, "etc/machine-id", new string('a', 32) + "\n");
        Write(mount.Folder, "etc/ssh/ssh_host_ed25519_key.pub", MasterKey + "\n");
        Write(mount.Folder, "etc/systemd/system/probe.service", Probe);
        File.CreateSymbolicLink(Path.Combine(mount.Folder, "etc/systemd/system/multi-user.target.wants/probe.service"), "/etc/systemd/system/probe.service");
        return disk;
    }

    private static void Write(string root, string path, string text) => File.WriteAllText(Path.Combine(root, path), text);

    // The kernel takes archives one behind the other for one, if each begins at a multiple of four.
    private async Task<string> InitrdAsync(string client)
    {
        var (own, both) = (Path.Combine(_folder.FullName, "start.img"), Path.Combine(_folder.FullName, "initrd.img"));
        await LabLinux.WriteStartAsync(own, Directory.CreateTempSubdirectory("osd-work-").FullName, Cancel);
        await using var initrd = File.Create(both);
        foreach (var part in new[] { Path.Combine(client, ClientBuild.Initrd), own })
        {
            await using var file = File.OpenRead(part);
            await file.CopyToAsync(initrd, Cancel);
            await initrd.WriteAsync(new byte[(4 - (initrd.Position % 4)) % 4], Cancel);
        }

        return both;
    }
}
