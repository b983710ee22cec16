using OsDeploy.Lab.Disks;
using OsDeploy.Lab.Pcs;

namespace OsDeploy.MachineTests.Boot;

/// <summary>From the power button to the screens: nothing is installed on these PCs, and everything they start comes over the wire.</summary>
public sealed class NetworkBootTests
{
    private static readonly TimeSpan s_boot = TimeSpan.FromMinutes(8);

    public NetworkBootTests() => ClientImageFiles.OrSkip();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Bios", false)]
    [InlineData("Uefi", false)]
    [InlineData("SecureBoot", false)]
    [InlineData("SecureBoot", true)]
    public async Task A_stranger_comes_to_the_screens_whatever_its_firmware(string firmware, bool hasSchool)
    {
        await using var classroom = await TestClassroom.OpenAsync(hasSchool, Enum.Parse<PcFirmware>(firmware));
        var pc = classroom.Lab.Pc(1).SwitchOn();
        await pc.WaitForAsync("Login", s_boot, Cancel);
        Assert.Contains(classroom.Lab.Pc(1).Mac, (await classroom.Appliance.DoAsync("host", "list", "--pending")), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Bios")]
    [InlineData("Uefi")]
    [InlineData("SecureBoot")]
    public async Task A_registered_computer_without_a_job_starts_its_own_disk_twice(string firmware)
    {
        await using var classroom = await TestClassroom.OpenAsync(hasSchool: false, Enum.Parse<PcFirmware>(firmware));
        await classroom.RegisterAsync(1);
        await classroom.Lab.Pc(1).PutMasterDiskAsync(classroom.Lab.Plan.Programs.Client, Cancel);
        for (var round = 0; round < 2; round++)
        {
            var pc = classroom.Lab.Pc(1).SwitchOn();
            await pc.WaitForAsync(LabLinux.Marker, s_boot, Cancel);
            await pc.WaitForOffAsync(s_boot, Cancel);
        }
    }
}
