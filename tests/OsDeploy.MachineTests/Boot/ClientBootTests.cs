using OsDeploy.Lab.Pcs;
using OsDeploy.MachineTests.Disks;
using OsDeploy.MachineTests.Imaging;
using OsDeploy.MachineTests.Rooms;
using OsDeploy.Tests.Personalisation;
using OsDeploy.Tests.Windows;

namespace OsDeploy.MachineTests.Boot;

/// <summary>The client image, started without a loader, against a real appliance on this computer.</summary>
public sealed class ClientBootTests : IDisposable
{
    private const long DiskSize = 100L << 20;
    private const string Mac = "52:54:00:00:00:21";
    private static readonly TimeSpan s_boot = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osd-pc-");

    public ClientBootTests() => ClientImageFiles.OrSkip();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    // UEFI keeps some of it for itself.
    [Theory]
    [InlineData("Bios", 320, "bios")]
    [InlineData("Uefi", 416, "uefi")]
    public async Task A_computer_with_little_memory_asks_to_be_registered(string firmware, int memory, string said)
    {
        await using var room = await RoomLab.OpenAsync();
        await using var pc = QemuPc.SwitchOn(_folder.FullName, Parts(memory, $"osdeploy.server={AddressOf(room)}", $"osdeploy.pin={room.Pin}", "osdeploy.language=en", "osdeploy.nonsense=1") with
        {
            Firmware = Enum.Parse<PcFirmware>(firmware),
        });
        await pc.WaitForAsync("is not understood and left out", s_boot, Cancel);
        await pc.WaitForAsync("Login", s_boot, Cancel);

        var pending = Assert.Single((await room.AskAsync("host", "list", "--pending")).EnumerateArray());
        Assert.Contains(Mac, pending.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"\"{said}\"", pending.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("No network cable", pc.Serial, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_with_another_key_is_named_and_not_obeyed()
    {
        await using var room = await RoomLab.OpenAsync();
        await using var pc = QemuPc.SwitchOn(_folder.FullName, Parts(1024, $"osdeploy.server={AddressOf(room)}", $"osdeploy.pin={new string('a', 64)}", "osdeploy.language=en"));
        await pc.WaitForAsync("is not the server that", s_boot, Cancel);
        Assert.Empty((await room.AskAsync("host", "list", "--pending")).EnumerateArray());
    }

    [Fact]
    public async Task Too_little_memory_is_said_in_words()
    {
        await using var pc = QemuPc.SwitchOn(_folder.FullName, Parts(200));
        await pc.WaitForAsync("too little memory", s_boot, Cancel);
    }

    [Fact]
    public async Task One_computer_with_512_MiB_is_captured_and_another_becomes_the_same_under_its_own_name_and_restarts()
    {
        Root.OrSkip();
        await using var files = new ImagingLab();
        await using var room = await RoomLab.OpenAsync();
        await using var master = await TestDisk.CreateAsync(DiskSize, "label: dos\nsize=60MiB,type=83\nsize=30MiB,type=7\n");
        await using var target = await TestDisk.CreateAsync(DiskSize);
        await master.FormatAsync(1, "ext4");
        await master.FormatAsync(2, "ntfs");
        await master.CopyInAsync(1, await SampleTree.CreateAsync(files.NewFolder(), 31, hasUnixFeatures: true, megabytes: 30));
        await master.CopyInAsync(2, await SampleTree.CreateAsync(files.NewFolder(), 32, hasUnixFeatures: false, megabytes: 10));
        await using (var windows = await master.MountAsync(2))
        {
            WindowsTree.Fill(windows.Folder, "Windows");
        }

        await room.DoAsync("config", "set", "lab", "--partition", "2:os=Win10,join=Simple");
        await using (SwitchOn(room, new PcDisk(master.ImageFile, "MASTER"), number: 1))
        {
            await room.DoAsync("config", "master", "lab", await room.RegisterAsync(1));
            await room.DoAsync("job", "start", "capture", "r101-01", "--yes", "--watch");
        }

        await using var pc = SwitchOn(room, new PcDisk(target.ImageFile, "TARGET", "nvme"), number: 2);
        await room.RegisterAsync(2);
        await room.DoAsync("job", "start", "restore", "r101-02", "--yes", "--watch");
        await pc.WaitForOffAsync(s_boot, Cancel);

        Assert.Equal(await Volumes.FilesAsync(master, 1), await Volumes.FilesAsync(target, 1));
        Assert.Equal(await Volumes.FilesAsync(master, 2, "./Windows"), await Volumes.FilesAsync(target, 2, "./Windows"));
        await using var mount = await target.MountAsync(2, isReadOnly: true);
        Assert.Contains("\"ComputerName\"=str(1):\"R101-02\"", await HiveTools.ExportAsync(Path.Combine(mount.Folder, "Windows/System32/config/SYSTEM"), @"HKLM\SYSTEM"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_firmware_of_a_restored_computer_is_told_of_its_system_and_once()
    {
        Root.OrSkip();
        await using var files = new ImagingLab();
        await using var room = await RoomLab.OpenAsync();
        await using var master = await TestDisk.CreateAsync(DiskSize, "label: gpt\nsize=40MiB,type=U\nsize=30MiB,type=L\n");
        await using var target = await TestDisk.CreateAsync(DiskSize);
        await master.FormatAsync(1, "fat16");
        await master.FormatAsync(2, "ext4");
        var esp = files.NewFolder();
        Directory.CreateDirectory(Path.Combine(esp, "EFI/debian"));
        await File.WriteAllTextAsync(Path.Combine(esp, "EFI/debian/shimx64.efi"), "MZ", Cancel);
        await master.CopyInAsync(1, esp);

        await using (SwitchOn(room, new PcDisk(master.ImageFile, "MASTER"), number: 1, PcFirmware.Uefi))
        {
            await room.DoAsync("config", "master", "lab", await room.RegisterAsync(1));
            await room.DoAsync("job", "start", "capture", "r101-01", "--yes", "--watch");
        }

        await using var pc = SwitchOn(room, new PcDisk(target.ImageFile, "TARGET"), number: 2, PcFirmware.Uefi, "osdeploy.auto=0");
        await room.RegisterAsync(2);
        await room.DoAsync("job", "start", "restore", "r101-02", "--yes", "--watch");
        await room.DoAsync("job", "start", "restore", "r101-02", "--yes", "--watch");

        var said = new List<string>();
        foreach (var job in new[] { "2", "3" })
        {
            said.Add((await room.DoAsync("job", "show", job, "--log")).Split('\n').Single(line => line.Contains("The firmware starts osdeploy TARGET: debian (Boot", StringComparison.Ordinal)).Split("The firmware")[1]);
        }

        Assert.Equal(said[0], said[1]);
        Assert.Contains("\"uefi\"", (await room.AskAsync("host", "show", "r101-02")).ToString(), StringComparison.Ordinal);
    }

    // QEMU's own network shows it this computer's loopback as 10.0.2.2.
    private static string AddressOf(RoomLab room) => room.Url.Replace("127.0.0.1", "10.0.2.2", StringComparison.Ordinal);

    private QemuPc SwitchOn(RoomLab room, PcDisk disk, int number, PcFirmware firmware = PcFirmware.Bios, string parameter = "osdeploy.auto=1") => QemuPc.SwitchOn(_folder.FullName, new PcParts($"pc{number}")
    {
        Memory = firmware == PcFirmware.Bios ? 512 : 768,
        Firmware = firmware,
        Kernel = ClientImageFiles.Kernel($"osdeploy.server={AddressOf(room)}", $"osdeploy.pin={room.Pin}", parameter),
        Cards = [new PcCard($"02:00:00:00:00:{number:x2}")],
        Disks = [disk],
    });

    private static PcParts Parts(int memory, params string[] parameters) => new("pc1")
    {
        Memory = memory,
        Kernel = ClientImageFiles.Kernel(parameters),
        Cards = [new PcCard(Mac)],
    };
}
