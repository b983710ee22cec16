using System.Text;
using Mono.Unix.Native;
using OsDeploy.Api.Configurations;
using OsDeploy.Images;
using OsDeploy.Imaging;
using OsDeploy.MachineTests.Disks;
using OsDeploy.MachineTests.Imaging;
using OsDeploy.Personalisation;
using OsDeploy.Tests.Personalisation;
using OsDeploy.Windows;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.MachineTests.Personalisation;

/// <summary>Whether a Windows on a real NTFS volume may become an image, and what an edit of its registry leaves as it was.</summary>
public sealed class MasterTests
{
    private const int System = 1;
    private const string State = @"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State";

    private static readonly CaptureOptions s_planned = ImagingLab.Capturing with
    {
        Systems = new Dictionary<int, PlannedSystem> { [System] = new(OperatingSystem.Win11, JoinMode.Domain) },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public MasterTests() => Root.OrSkip();

    [Fact]
    public async Task A_Windows_that_was_not_generalised_is_captured_only_by_those_who_insist()
    {
        await using var lab = new ImagingLab();
        await using var disk = await MasterAsync("IMAGE_STATE_COMPLETE");
        var before = await disk.HashAsync();

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => lab.CaptureAsync(disk, s_planned));
        var insisted = await lab.CaptureAsync(disk, s_planned with { AllowUnprepared = true });
        var unplanned = await lab.CaptureAsync(disk);

        Assert.Equal("windows-not-generalized", refusal.Code);
        Assert.Contains("partition sda1", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([refusal.Message], insisted.Warnings);
        Assert.Equal([refusal.Message], unplanned.Warnings);
        Assert.Equal(before, await disk.HashAsync());
    }

    [Fact]
    public async Task One_that_is_ready_is_captured_without_a_word()
    {
        await using var lab = new ImagingLab();
        await using var disk = await MasterAsync("IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE");

        Assert.Empty((await lab.CaptureAsync(disk, s_planned)).Warnings);
    }

    [Fact]
    public async Task A_password_left_behind_is_refused_whatever_the_plan_and_a_backup_takes_it()
    {
        await using var lab = new ImagingLab();
        await using var disk = await MasterAsync("IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE");
        await using (var mount = await disk.MountAsync(System))
        {
            await File.WriteAllTextAsync(mount.Folder + "/Windows/Panther/UNATTEND.xml", "<u><AutoLogon><Password><Value>canary</Value></Password></AutoLogon></u>", Cancel);
        }

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => lab.CaptureAsync(disk));

        Assert.Equal("windows-secret", refusal.Code);
        Assert.Contains(@"AutoLogon/Password in Windows\Panther\UNATTEND.xml", refusal.Message, StringComparison.Ordinal);
        Assert.Empty((await lab.CaptureAsync(disk, ImagingLab.Capturing with { Kind = ImageKind.Manual, Partitions = new HashSet<int> { System } })).Warnings);
    }

    [Fact]
    public async Task An_edited_hive_keeps_its_rights_and_flags_and_its_logs_are_empty()
    {
        await using var disk = await MasterAsync("IMAGE_STATE_COMPLETE");
        await using (var mount = await disk.MountAsync(System))
        {
            var hive = mount.Folder + "/Windows/System32/config/SOFTWARE";
            await File.WriteAllTextAsync(hive + ".LOG1", "log", Cancel);
            var rights = NtfsSecurity.Make(FileAccessKind.Secret, isFolder: false);
            NtfsSecurity.Set(hive, rights, FileAccessKind.Secret);
            Assert.Equal(0, Syscall.lsetxattr(hive, "system.ntfs_attrib", [0x06, 0, 0, 0])); // hidden, system

            WindowsRegistry.OfFolder(mount.Folder).Apply([new(State, false, [new("School", RegistryType.Number, [1, 0, 0, 0])])]);

            Assert.Equal(rights, NtfsSecurity.Of(hive));
            Assert.True(Syscall.lgetxattr(hive, "system.ntfs_attrib", out var flags) > 0);
            Assert.Equal(0x06, flags[0] & 0x06);
            Assert.Equal(0, new FileInfo(hive + ".LOG1").Length);
        }

        await FileSystemCheck.RunAsync(disk, System);
    }

    private static async Task<TestDisk> MasterAsync(string state)
    {
        var disk = await TestDisk.CreateAsync(100L << 20, "label: gpt\nsize=80MiB,type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7\n");
        await disk.FormatAsync(System, "ntfs");
        await using var mount = await disk.MountAsync(System);
        WindowsTree.Fill(mount.Folder, "Windows");
        WindowsRegistry.OfFolder(mount.Folder).Apply([new(State, false, [new("ImageState", RegistryType.Text, [.. Encoding.Unicode.GetBytes(state), 0, 0])])]);
        return disk;
    }
}
