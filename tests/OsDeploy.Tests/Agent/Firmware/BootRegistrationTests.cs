using OsDeploy.Agent.Firmware;
using OsDeploy.Api.Hosts;
using OsDeploy.Disks;
using OsDeploy.Tui.Tests;
using Xunit;

namespace OsDeploy.Tests.Agent.Firmware;

public sealed class BootRegistrationTests
{
    private static readonly HostDisk s_disk = new("nvme0n1", "Disk", "LAB-1", null, "nvme", 1L << 37, 512, IsRemovable: false);

    [Fact]
    public async Task A_restore_asks_efibootmgr_for_this_and_nothing_else()
    {
        var firmware = new ScriptedFirmware(FirmwareSamples.Version18);
        var said = new List<string> { await new BootRegistration(firmware.Run, isFromNetwork: true).RunAsync(System("/EFI/ubuntu/shimx64.efi")) };
        said.Add(await new BootRegistration(firmware.Run, isFromNetwork: true).RunAsync(System("/EFI/ubuntu/shimx64.efi")));
        said.Add(await new BootRegistration(firmware.Run, isFromNetwork: true).RunAsync(System("/EFI/Microsoft/Boot/bootmgfw.efi")));

        Golden.Check(string.Join('\n', [.. firmware.Asked, "", .. said, "", .. firmware.Entries.Select(entry => $"{entry.Number} {entry.Label}"), string.Join(' ', firmware.Order), ""]), "efibootmgr");
    }

    [Fact]
    public async Task Hundred_restores_leave_one_entry_and_do_not_touch_those_of_others()
    {
        var firmware = new ScriptedFirmware(FirmwareSamples.Version17);
        var others = firmware.Entries.Where(entry => entry.Number != "000A").ToList();
        for (var i = 0; i < 100; i++)
        {
            await new BootRegistration(firmware.Run, isFromNetwork: true).RunAsync(System(i % 3 == 0 ? "/EFI/debian/shimx64.efi" : "/EFI/BOOT/BOOTX64.EFI"));
        }

        Assert.Equal(others, firmware.Entries.Intersect(others));
        Assert.Equal("osdeploy LAB-1: debian", Assert.Single(firmware.Entries.Except(others)).Label);
        Assert.Equal("0003", firmware.Order[0]);
    }

    [Fact]
    public async Task The_entry_of_another_disk_stays()
    {
        var firmware = new ScriptedFirmware(FirmwareSamples.Version17);
        await new BootRegistration(firmware.Run, isFromNetwork: true).RunAsync(System("/EFI/debian/shimx64.efi") with { Name = "LAB-2" });
        Assert.Equal(["osdeploy LAB-1: debian", "osdeploy LAB-2: debian"], firmware.Entries.Select(entry => entry.Label).Where(label => label.StartsWith("osdeploy", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task A_firmware_that_keeps_its_own_order_is_named()
    {
        var firmware = new ScriptedFirmware(FirmwareSamples.Version17) { IsStubborn = true };
        var error = await Assert.ThrowsAsync<UserErrorException>(() => new BootRegistration(firmware.Run, isFromNetwork: true).RunAsync(System("/EFI/debian/shimx64.efi")));
        Assert.Equal("boot-entry-lost", error.Code);
    }

    [Fact]
    public async Task A_firmware_without_an_answer_is_named()
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() => new BootRegistration(_ => Task.FromResult(""), isFromNetwork: true).RunAsync(System("/EFI/debian/shimx64.efi")));
        Assert.Equal("boot-entry-lost", error.Code);
    }

    [Theory]
    [InlineData("S4X9 NF0M/\u001b[2J", "osdeploy S4X9NF0M2J: ubuntu")]
    [InlineData("ÄÖÜ", "osdeploy disk: ubuntu")]
    [InlineData(null, "osdeploy disk: ubuntu")]
    public void A_label_has_letters_that_every_firmware_shows(string? serial, string label) =>
        Assert.Equal(label, RestoredSystem.Of(s_disk with { Serial = serial }, "/dev/sda", 512, Partition(), "/EFI/ubuntu/shimx64.efi").Label);

    [Fact]
    public void A_disk_without_a_name_has_only_the_entries_on_its_own_partition()
    {
        var system = RestoredSystem.Of(s_disk with { Serial = null }, "/dev/sda", 512, Partition(), "/EFI/ubuntu/shimx64.efi");
        Assert.True(system.IsOurs(new BootEntry("0001", true, "osdeploy disk: debian", system.Place + @"File(\EFI\debian\shimx64.efi)")));
        Assert.False(system.IsOurs(new BootEntry("0002", true, "osdeploy disk: debian", @"HD(2,GPT,11111111-2222-3333-4444-555555555555,0x800,0x32000)/File(\EFI\debian\shimx64.efi)")));
    }

    [Fact]
    public void The_first_loader_that_is_there_is_meant_and_one_that_knows_of_windows_before_windows()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(FirmwareBoot.LoaderIn(folder.Path));
        foreach (var loader in new[] { "/EFI/BOOT/BOOTX64.EFI", "/EFI/Microsoft/Boot/bootmgfw.efi", "/EFI/debian/shimx64.efi" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.Path + loader)!);
            File.WriteAllText(folder.Path + loader, "MZ");
            Assert.Equal(loader, FirmwareBoot.LoaderIn(folder.Path));
        }
    }

    private static RestoredSystem System(string loader) => RestoredSystem.Of(s_disk, "/dev/nvme0n1", 512, Partition(), loader);

    private static PartitionLayout Partition() => new(
        1, 0x800 * 512, 0x32000 * 512, "C12A7328-F81F-11D2-BA4B-00A0C93EC93B", FirmwareSamples.Guid.ToUpperInvariant(), null, IsContainer: false, "vfat", null, null, null);
}
