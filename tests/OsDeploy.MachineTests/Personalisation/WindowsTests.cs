using System.Text;
using OsDeploy.Api.Configurations;
using OsDeploy.MachineTests.Disks;
using OsDeploy.MachineTests.Imaging;
using OsDeploy.Personalisation;
using OsDeploy.Templates;
using OsDeploy.Tests.Personalisation;
using OsDeploy.Tests.Windows;
using OsDeploy.Text;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.MachineTests.Personalisation;

/// <summary>
/// A restored NTFS volume becomes one host's own, as other people's programs see it. No Windows is started: the volume has the folders of one,
/// and hives that osdeploy and hivexsh have made.
/// </summary>
public sealed class WindowsTests
{
    private const int System = 1;
    private const string Password = "canary-5e1c&<>'";

    private static readonly PersonalSecrets s_account = new([new PartitionProductId(1, System, "ABCDE-FGHIJ-KLMNO-PQRST-UVWXY")], "joiner", Password);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public WindowsTests() => Root.OrSkip();

    [Theory]
    [InlineData(OperatingSystem.Win2K, "WINNT", "Sysprep/SYSPREP.INF")]
    [InlineData(OperatingSystem.WinXP, "WINDOWS", "Sysprep/SYSPREP.INF")]
    [InlineData(OperatingSystem.Win7, "Windows", "Windows/Panther/Unattend.xml")]
    [InlineData(OperatingSystem.Win10, "Windows", "Windows/Panther/Unattend.xml")]
    [InlineData(OperatingSystem.Win11, "WINDOWS", "Windows/Panther/UNATTEND.XML")]
    public async Task The_answer_file_replaces_the_masters_and_is_for_administrators_only(OperatingSystem os, string root, string before)
    {
        await using var disk = await MasterAsync(root, (before.Replace("Windows/", root + "/", StringComparison.Ordinal), "the master's"));
        var lab = new PersonalLab();

        await lab.RunAsync(disk, Host(lab, os, JoinMode.Domain), s_account);

        var path = before.Replace("Windows/", root + "/", StringComparison.Ordinal);
        var answers = ForeignText.Of(await ReadAsync(disk, path));
        Assert.Contains("r101-pc05", answers, StringComparison.Ordinal);
        Assert.Contains("ABCDE-FGHIJ-KLMNO-PQRST-UVWXY", answers, StringComparison.Ordinal);
        Assert.Equal(1, lab.Releases);
        Assert.DoesNotContain(lab.Changes, change => change.ToString().Contains("canary", StringComparison.Ordinal));
        Assert.Equal(os is OperatingSystem.Win10 or OperatingSystem.Win11, lab.Changes.Any(change => change.Where.EndsWith(@"ControlSet001\Control\BitLocker\PreventDeviceEncryption", StringComparison.Ordinal)));
        Assert.EndsWith("mode 0700", await RightsAsync(disk, path), StringComparison.Ordinal);
        await FileSystemCheck.RunAsync(disk, System);
    }

    [Fact]
    public async Task A_master_without_sysprep_is_renamed_in_every_control_set_and_joins_at_its_first_start()
    {
        await using var disk = await MasterAsync("Windows");
        var lab = new PersonalLab();

        await lab.RunAsync(disk, Host(lab, OperatingSystem.Win10, JoinMode.Simple), s_account);

        var (hivex, reged) = await RegistryAsync(disk, "SYSTEM");
        foreach (var set in new[] { "ControlSet001", "ControlSet002" })
        {
            Assert.Contains($"[HKLM\\SYSTEM\\{set}\\Control\\ComputerName\\ComputerName]\n\"ComputerName\"=str(1):\"R101-PC05\"", hivex, StringComparison.Ordinal);
            Assert.Contains($"{set}\\Control\\ComputerName\\ComputerName]\r\n\"ComputerName\"=\"R101-PC05\"", reged, StringComparison.Ordinal);
            Assert.Contains($"[HKLM\\SYSTEM\\{set}\\Services\\Tcpip\\Parameters]", hivex, StringComparison.Ordinal);
        }

        Assert.Contains("\"CmdLine\"=str(1):\"cmd.exe /c C:\\Windows\\Setup\\Scripts\\osdeploy-first.cmd\"", hivex, StringComparison.Ordinal);
        Assert.Contains("\"EnableLUA\"=dword:00000001", (await RegistryAsync(disk, "SOFTWARE")).Hivex, StringComparison.Ordinal);
        Assert.Contains("canary-5e1c&<>''", ForeignText.Of(await ReadAsync(disk, "Windows/Setup/Scripts/osdeploy-join.ps1")), StringComparison.Ordinal);
        Assert.EndsWith("mode 0700", await RightsAsync(disk, "Windows/Setup/Scripts/osdeploy-join.ps1"), StringComparison.Ordinal);
        Assert.EndsWith("mode 0755", await RightsAsync(disk, "Windows/Setup/Scripts/osdeploy-first.cmd"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_and_files_of_the_school_are_merged_and_copied()
    {
        await using var disk = await MasterAsync("Windows");
        var lab = new PersonalLab();
        var host = Host(lab, OperatingSystem.Win10, JoinMode.Domain) with
        {
            Files =
            [
                lab.File(PersonalFileKind.Registry, "proxy.reg", "REGEDIT4\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\School]\r\n\"Proxy\"=\"http://proxy\"\r\n\"Old\"=-\r\n\r\n[-HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters]\r\n"),
                lab.File(PersonalFileKind.Setup, "install.cmd", "echo install"),
                lab.File(PersonalFileKind.Driver, "net/card.inf", "driver"),
            ],
        };

        await lab.RunAsync(disk, host, s_account);

        var software = (await RegistryAsync(disk, "SOFTWARE")).Hivex;
        Assert.Contains("\"Proxy\"=str(1):\"http://proxy\"", software, StringComparison.Ordinal);
        Assert.Contains("\"DevicePath\"=str(2):\"%SystemRoot%\\inf;%SystemDrive%\\Drivers\\osdeploy\\net\"", software, StringComparison.Ordinal);
        Assert.DoesNotContain("Tcpip\\Parameters]", (await RegistryAsync(disk, "SYSTEM")).Hivex, StringComparison.Ordinal);
        Assert.Equal("echo install"u8.ToArray(), await ReadAsync(disk, "config/install.cmd"));
        Assert.Equal("driver"u8.ToArray(), await ReadAsync(disk, "Drivers/osdeploy/net/card.inf"));
        Assert.Contains("config\\install.cmd", Encoding.ASCII.GetString(await ReadAsync(disk, "Windows/Setup/Scripts/SetupComplete.cmd")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_says_every_file_and_value_and_writes_nothing()
    {
        await using var disk = await MasterAsync("Windows");
        var lab = new PersonalLab();
        var before = await disk.HashAsync();

        await lab.RunAsync(disk, Host(lab, OperatingSystem.Win10, JoinMode.Simple), s_account, isDryRun: true);

        Assert.Equal(before, await disk.HashAsync());
        var said = lab.Changes.ToList();
        Assert.Contains(said, change => change.What == "\"MASTER\" -> \"R101-PC05\"");
        await lab.RunAsync(disk, Host(lab, OperatingSystem.Win10, JoinMode.Simple), s_account);
        Assert.Equal(said, lab.Changes);
        await lab.RunAsync(disk, Host(lab, OperatingSystem.Win10, JoinMode.Simple), s_account);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task A_registry_that_was_not_closed_is_refused_and_the_disk_does_not_start()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync("Windows");
        await using (var mount = await master.MountAsync(System))
        {
            MinimalHive.Write(mount.Folder + "/Windows/System32/config/SYSTEM", isDirty: true);
        }

        await lab.CaptureAsync(master);
        await using var host = await TestDisk.CreateAsync(200L << 20);
        var personal = new PersonalLab();

        var failure = await Assert.ThrowsAsync<UserErrorException>(() => lab.RestoreAsync(host, ImagingLab.Restoring with { Personal = personal.Personaliser(Host(personal, OperatingSystem.Win10, JoinMode.Simple), s_account) }));

        Assert.Equal("hive-dirty", failure.Code);
        Assert.Empty((await host.InspectAsync()).Partitions);
    }

    [Fact]
    public async Task Two_hosts_of_one_image_differ_in_their_own_files_and_in_nothing_else()
    {
        await using var lab = new ImagingLab();
        await using var master = await MasterAsync("Windows", ("Windows/Panther/unattend.xml", "the master's"));
        await lab.CaptureAsync(master);
        var hosts = new List<Dictionary<string, string>>();
        foreach (var name in new[] { "r101-pc05", "r101-pc06" })
        {
            await using var host = await TestDisk.CreateAsync(260L << 20);
            var personal = new PersonalLab();
            await lab.RestoreAsync(host, ImagingLab.Restoring with { Personal = personal.Personaliser(Host(personal, OperatingSystem.Win10, JoinMode.Domain) with { Name = ComputerName.Parse(name) }, s_account) });
            hosts.Add(await FilesAsync(host));
        }

        var original = await FilesAsync(master);
        Assert.Equal(hosts[0].Keys, hosts[1].Keys);
        Assert.Equal(["Windows/Panther/unattend.xml"], hosts[0].Keys.Where(path => hosts[0][path] != hosts[1][path]));
        Assert.Equal(
            ["Windows/Panther/unattend.xml", "Windows/System32/config/SYSTEM"],
            hosts[0].Keys.Where(path => original.GetValueOrDefault(path) != hosts[0][path]));
    }

    private static Personality Host(PersonalLab lab, OperatingSystem os, JoinMode join) => new()
    {
        Name = ComputerName.Parse("r101-pc05"),
        SchoolName = "Grundschule Süd & Co.",
        SchoolLanguage = "de-DE",
        Joining = new Joining("school.example"),
        Systems = [new PersonalSystem(1, System, os, join, TemplateName.For(os, join) is { } name ? lab.Add(Encoding.UTF8.GetBytes(Originals.Of(name))) : null)],
    };

    private static async Task<TestDisk> MasterAsync(string root, params IReadOnlyList<(string Path, string Text)> files)
    {
        var disk = await TestDisk.CreateAsync(200L << 20, "label: gpt\nsize=180MiB,type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7\n");
        await disk.FormatAsync(System, "ntfs");
        await using var mount = await disk.MountAsync(System);
        WindowsTree.Fill(mount.Folder, root);
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(mount.Folder, path))!);
            await File.WriteAllTextAsync(Path.Combine(mount.Folder, path), text, Cancel);
        }

        return disk;
    }

    private static async Task<byte[]> ReadAsync(TestDisk disk, string path)
    {
        await using var mount = await disk.MountAsync(System, isReadOnly: true);
        return await File.ReadAllBytesAsync(Path.Combine(mount.Folder, path), Cancel);
    }

    private static async Task<(string Hivex, string Reged)> RegistryAsync(TestDisk disk, string hive)
    {
        var copy = Directory.CreateTempSubdirectory("osdeploy-hive-");
        try
        {
            var file = Path.Combine(copy.FullName, hive);
            await File.WriteAllBytesAsync(file, await ReadAsync(disk, $"Windows/System32/config/{hive}"), Cancel);
            return (await HiveTools.ExportAsync(file, @"HKLM\" + hive), await HiveTools.RegedAsync(file, @"HKEY_LOCAL_MACHINE\" + hive));
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    // ntfssecaudit reads the descriptor from the volume itself; what others than administrators may do are the last digits.
    private static async Task<string> RightsAsync(TestDisk disk, string path)
    {
        await using var device = await disk.AttachAsync(System, isReadOnly: true);
        var audit = await new Command("ntfssecaudit", device.Path, path).RunAsync(Cancel);
        return audit.Output.Split('\n').Single(line => line.StartsWith("Interpreted Unix", StringComparison.Ordinal));
    }

    private static async Task<Dictionary<string, string>> FilesAsync(TestDisk disk)
    {
        await using var mount = await disk.MountAsync(System, isReadOnly: true);
        return Directory.EnumerateFiles(mount.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .ToDictionary(path => Path.GetRelativePath(mount.Folder, path), path => ContentId.Of(File.ReadAllBytes(path)).ToString());
    }
}
